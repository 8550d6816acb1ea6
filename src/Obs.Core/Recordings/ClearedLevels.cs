using System;
using System.Collections.Generic;
using Obs.Core.Market;

namespace Obs.Core.Recordings;

/// <summary>The prices that have a level, so that a clear can be written as removals. About 0.2 µs a change.</summary>
internal sealed class ClearedLevels
{
    private readonly SortedSet<long>[] _prices = [[], []];

    /// <summary>Notes a level set or removed.</summary>
    public void Set(Side side, Price price, Size size)
    {
        if (size.Mantissa == 0)
            _prices[(int)side].Remove(price.Mantissa);
        else
            _prices[(int)side].Add(price.Mantissa);
    }

    /// <summary>Notes levels set or removed.</summary>
    public void Set(Side side, ReadOnlySpan<BookLevel> levels)
    {
        foreach (ref readonly BookLevel level in levels)
            Set(side, level.Price, level.Size);
    }

    /// <summary>The book is empty.</summary>
    public void Clear()
    {
        _prices[0].Clear();
        _prices[1].Clear();
    }

    /// <summary>Every price of a side that has a level, in rising order.</summary>
    public IReadOnlyCollection<Price> All(Side side) => [.. Copy(_prices[(int)side])];

    /// <summary>The levels from the best through a price, inclusive; all of the side when the price is 0.</summary>
    public Price[] Through(Side side, Price through)
    {
        SortedSet<long> prices = _prices[(int)side];
        if (prices.Count == 0)
            return [];
        (long low, long high) = side == Side.Bid
            ? (through.Mantissa, prices.Max)
            : (prices.Min, through.Mantissa == 0 ? long.MaxValue : through.Mantissa);
        return low > high ? [] : [.. Copy(prices.GetViewBetween(low, high))];
    }

    private static IEnumerable<Price> Copy(IEnumerable<long> prices)
    {
        foreach (long mantissa in prices)
            yield return new Price(mantissa);
    }
}
