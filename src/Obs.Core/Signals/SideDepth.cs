using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Obs.Core.Market;

namespace Obs.Core.Signals;

/// <summary>The best levels of one side with their sums, read from the book only when a frame touched one of them.</summary>
/// <remarks>Engine thread, no allocation after construction. Reading n levels costs 2–3 ns each; a frame that touched none costs a comparison per level of the frame.</remarks>
internal sealed class SideDepth
{
    private const int SumShift = 53; // 1,000 sizes below 2^53 cannot overflow 64 bits
    private readonly Side _side;
    private readonly BookLevel[] _levels;
    private readonly int _totalLevels;
    private int _depth;
    private int _count;
    private bool _isValid;

    /// <summary>Creates the cache of a side whose <see cref="Total"/> counts <paramref name="totalLevels"/> levels.</summary>
    public SideDepth(Side side, int totalLevels)
    {
        Debug.Assert(totalLevels is >= 1 and <= 1000, "validated by FeatureOptions");
        (_side, _totalLevels, _levels) = (side, totalLevels, new BookLevel[Math.Max(5, totalLevels)]);
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

    /// <summary>Brings the levels up to date after a frame. <paramref name="changed"/> are its levels of this side; empty = unknown, when <paramref name="isKnown"/> is false.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TBook>(in TBook book, int depth, ReadOnlySpan<BookLevel> changed, bool isKnown)
        where TBook : struct, IOrderBook<TBook>
    {
        Debug.Assert(depth <= _levels.Length, "deeper than the cache");
        if (!_isValid || !isKnown || depth != _depth || IsTouched(changed))
            Read(in book, depth);
    }

    private bool IsTouched(ReadOnlySpan<BookLevel> changed)
    {
        if (_count < _depth)
            return changed.Length > 0; // the whole side is visible: any change is among it
        long edge = _levels[_count - 1].Price.Mantissa;
        foreach (BookLevel level in changed)
        {
            if (_side == Side.Bid ? level.Price.Mantissa >= edge : level.Price.Mantissa <= edge)
                return true;
        }
        return false;
    }

    private void Read<TBook>(in TBook book, int depth)
        where TBook : struct, IOrderBook<TBook>
    {
        (_depth, _isValid) = (depth, true);
        _count = book.CopyBest(_side, _levels.AsSpan(0, depth));
        Debug.Assert(_count <= depth, "a book copies at most what fits");
        if (_count == 0)
            return;
        ReadOnlySpan<BookLevel> levels = _levels.AsSpan(0, _count);
        Total3 = Sum(levels[..Math.Min(3, _count)]);
        Total5 = Sum(levels[..Math.Min(5, _count)]);
        Total = Sum(levels[..Math.Min(_totalLevels, _count)]);
        Setback5 = SetbackOf(levels[..Math.Min(5, _count)], Total5);
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
