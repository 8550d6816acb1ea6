using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Obs.Core.Market;

namespace Obs.Core.Signals;

/// <summary>A copy of the best levels of one side with their sums, patched with a frame's own levels where they are at hand.</summary>
/// <remarks>Engine thread, no allocation after construction. The book is read (bench book, the best 15 levels) at the first frame, when the levels are not at hand, when they are
/// more than the copy holds, and when a visible level went, because the one that follows the last is known to the book only.</remarks>
internal sealed class SideDepth
{
    private const int SumShift = 53; // 1,000 sizes below 2^53 cannot overflow 64 bits
    private readonly Side _side;
    private readonly BookLevel[] _levels;
    private readonly int _totalLevels;
    private readonly bool _wantsFive;
    private int _depth;
    private int _count;
    private bool _isValid;

    /// <summary>Creates the cache of a side whose <see cref="Total"/> counts <paramref name="totalLevels"/> levels.</summary>
    /// <param name="side">The side.</param>
    /// <param name="totalLevels">Levels of <see cref="Total"/>, 1 to 1,000.</param>
    /// <param name="wantsFive">False: the figures of the best 3 and 5 are not asked for and stay 0.</param>
    public SideDepth(Side side, int totalLevels, bool wantsFive)
    {
        Debug.Assert(totalLevels is >= 1 and <= 1000, "validated by FeatureOptions");
        (_side, _totalLevels, _wantsFive, _levels) = (side, totalLevels, wantsFive, new BookLevel[Math.Max(5, totalLevels)]);
    }

    /// <summary>True when the side has a level.</summary>
    public bool HasBest => _count > 0;

    /// <summary>Best price and its size; only when <see cref="HasBest"/>.</summary>
    public BookLevel Best => _levels[0];

    /// <summary>Sum of the best levels that make <c>obi</c>, as far as they were read, in lots.</summary>
    public double Total { get; private set; }

    /// <summary>Sum of the best 3, in lots.</summary>
    public double Total3 { get; private set; }

    /// <summary>Sum of the best 5, in lots.</summary>
    public double Total5 { get; private set; }

    /// <summary>How far the volume-weighted price of the best 5 lies behind the best price, as a mantissa ≥ 0; 0 when their sizes sum to 0.</summary>
    public double Setback5 { get; private set; }

    /// <summary>The next frame is read in any case.</summary>
    public void Invalidate() => (_isValid, _count) = (false, 0);

    /// <summary>Brings the levels up to date after a frame. <paramref name="changed"/> are its levels of this side, when <paramref name="isKnown"/>.</summary>
    public void Update<TBook>(in TBook book, int depth, ReadOnlySpan<BookLevel> changed, bool isKnown)
        where TBook : struct, IOrderBook<TBook>
    {
        Debug.Assert(depth <= _levels.Length, "deeper than the cache");
        if (!_isValid || !isKnown || depth != _depth || changed.Length > depth || !TryPatch(changed))
            Read(in book, depth);
        Debug.Assert(_count > 0 == book.Has(_side), "the copy and the book agree that there is a level");
        Debug.Assert(_count == 0 || _levels[0].Price == book.Best(_side), "the copy and the book agree on the best price");
    }

    // Applies the frame's levels to the copy. False when a visible level went and the one that takes the last place is known to the book only.
    private bool TryPatch(ReadOnlySpan<BookLevel> changed)
    {
        bool isTouched = false;
        foreach (BookLevel level in changed)
        {
            int place = PlaceOf(level.Price);
            if (place == _depth)
                continue; // beyond what is visible
            bool isHeld = place < _count && _levels[place].Price == level.Price;
            if (level.Size.Mantissa == 0)
            {
                if (isHeld && _count == _depth)
                    return false;
                if (!isHeld)
                    continue;
                _levels.AsSpan(place + 1, --_count - place).CopyTo(_levels.AsSpan(place));
            }
            else
            {
                if (!isHeld)
                    Insert(place);
                _levels[place] = level;
            }
            isTouched = true;
        }
        if (isTouched)
            Measure();
        return true;
    }

    private int PlaceOf(Price price)
    {
        int place = 0;
        while (place < _count && (_side == Side.Bid ? _levels[place].Price > price : _levels[place].Price < price))
            place++;
        return place;
    }

    private void Insert(int place)
    {
        _count = Math.Min(_count + 1, _depth);
        _levels.AsSpan(place, _count - 1 - place).CopyTo(_levels.AsSpan(place + 1));
    }

    private void Read<TBook>(in TBook book, int depth)
        where TBook : struct, IOrderBook<TBook>
    {
        (_depth, _isValid) = (depth, true);
        _count = book.CopyBest(_side, _levels.AsSpan(0, depth));
        Debug.Assert(_count <= depth, "a book copies at most what fits");
        Measure();
    }

    private void Measure()
    {
        if (_count == 0)
            return;
        ReadOnlySpan<BookLevel> levels = _levels.AsSpan(0, _count);
        Total = Sum(levels[..Math.Min(_totalLevels, _count)]);
        if (_wantsFive)
            MeasureFive(levels[..Math.Min(5, _count)]);
    }

    private void MeasureFive(ReadOnlySpan<BookLevel> levels)
    {
        Total3 = Sum(levels[..Math.Min(3, levels.Length)]);
        Total5 = Sum(levels);
        Setback5 = SetbackOf(levels, Total5);
    }

    private static double Sum(ReadOnlySpan<BookLevel> levels)
    {
        long sum = 0;
        ulong any = 0;
        unchecked
        {
            foreach (BookLevel level in levels)
            {
                sum += level.Size.Mantissa;
                any |= (ulong)level.Size.Mantissa;
            }
        }
        return any >> SumShift == 0 ? sum : SumWide(levels);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double SumWide(ReadOnlySpan<BookLevel> levels)
    {
        Int128 sum = 0;
        foreach (BookLevel level in levels)
            sum += level.Size.Mantissa;
        return (double)sum;
    }

    private static double SetbackOf(ReadOnlySpan<BookLevel> levels, double total)
    {
        long best = levels[0].Price.Mantissa;
        double weighted = 0;
        foreach (BookLevel level in levels[1..])
            weighted += (double)Math.Abs(best - level.Price.Mantissa) * level.Size.Mantissa;
        return total > 0 ? weighted / total : 0;
    }
}
