using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Simulation;

/// <summary>One side of a generated book: always the same number of levels, best first, on tick, strictly ordered.</summary>
internal sealed class GeneratedSide
{
    private readonly TickTable _ticks;
    private readonly BookLevel[] _levels;

    /// <summary>Levels from a best price outwards; sizes are 0 until set.</summary>
    public GeneratedSide(Side side, TickTable ticks, int levels, Price best)
    {
        Side = side;
        _ticks = ticks;
        _levels = new BookLevel[levels];
        Price price = best;
        for (int index = 0; index < levels; index++)
        {
            _levels[index] = new BookLevel(price, Size.Zero);
            price = Worse(price);
        }
    }

    /// <summary>Which side.</summary>
    public Side Side { get; }

    /// <summary>The levels, best first.</summary>
    public ReadOnlySpan<BookLevel> Levels => _levels;

    /// <summary>The best level.</summary>
    public ref readonly BookLevel Best => ref _levels[0];

    /// <summary>Sum of the sizes.</summary>
    public Size Total
    {
        get
        {
            Size sum = Size.Zero;
            foreach (ref readonly BookLevel level in _levels.AsSpan())
                sum += level.Size;
            return sum;
        }
    }

    /// <summary>The next price away from the market.</summary>
    public Price Worse(Price price) => Side == Side.Ask ? Above(price) : Below(price);

    /// <summary>The next price towards the market.</summary>
    public Price Better(Price price) => Side == Side.Ask ? Below(price) : Above(price);

    /// <summary>Sets a level's size, above 0.</summary>
    public void SetSize(int index, Size size)
    {
        Debug.Assert(size > Size.Zero, "a shown level has a size");
        _levels[index] = new BookLevel(_levels[index].Price, size);
    }

    /// <summary>Takes the best level away; a new one comes in view at the far end, now and then one tick further.</summary>
    public void RemoveBest(Size farSize, bool gap)
    {
        Array.Copy(_levels, 1, _levels, 0, _levels.Length - 1);
        Price far = _levels.Length > 1 ? Worse(_levels[^2].Price) : Worse(_levels[0].Price);
        _levels[^1] = new BookLevel(gap ? Worse(far) : far, farSize);
        AssertOrdered();
    }

    /// <summary>Puts a new best one tick towards the market; the farthest level leaves the view.</summary>
    public void Improve(Size size)
    {
        Price better = Better(_levels[0].Price);
        Array.Copy(_levels, 0, _levels, 1, _levels.Length - 1);
        _levels[0] = new BookLevel(better, size);
        AssertOrdered();
    }

    private Price Above(Price price) => new(price.Mantissa + _ticks.StepAt(price).Mantissa);

    // at a band's lower end the step below applies
    private Price Below(Price price) => new(price.Mantissa - _ticks.StepAt(new Price(price.Mantissa - 1)).Mantissa);

    [Conditional("DEBUG")]
    private void AssertOrdered()
    {
        for (int index = 1; index < _levels.Length; index++)
            Debug.Assert(PaperOrder.KeyOf(Side, _levels[index - 1].Price) < PaperOrder.KeyOf(Side, _levels[index].Price), "levels are strictly ordered");
    }
}
