using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;

namespace Obs.Core.Tests.Recordings;

/// <summary>A book of decimals by price, as plain as can be: the oracle of the importers.</summary>
internal sealed class PlainBook
{
    private readonly SortedDictionary<decimal, decimal>[] _sides = [[], []];

    /// <summary>Sets a level; size 0 removes it.</summary>
    public void Set(Side side, decimal price, decimal size)
    {
        if (size == 0)
            _sides[(int)side].Remove(price);
        else
            _sides[(int)side][price] = size;
    }

    /// <summary>Removes every level.</summary>
    public void Clear()
    {
        _sides[0].Clear();
        _sides[1].Clear();
    }

    /// <summary>Removes a side from its best through a price, inclusive; all of it without a price.</summary>
    public void ClearThrough(Side side, decimal? through)
    {
        foreach (decimal price in _sides[(int)side].Keys.ToArray())
        {
            if (through is null || (side == Side.Bid ? price >= through : price <= through))
                _sides[(int)side].Remove(price);
        }
    }

    /// <summary>Levels of a side, best first.</summary>
    public (decimal Price, decimal Size)[] Levels(Side side)
    {
        IEnumerable<KeyValuePair<decimal, decimal>> levels = side == Side.Bid ? _sides[0].Reverse() : _sides[1];
        return [.. levels.Select(static level => (level.Key, level.Value))];
    }

    /// <summary>Applies an imported event the way a book does that knows nothing of its source.</summary>
    public void Apply(CollectedEvent e, int priceDecimals, int sizeDecimals)
    {
        if (e.Head.Kind == MarketEventKind.FullBook || e.Head.Flags.HasFlag(MarketEventFlags.ClearFirst))
            Clear();
        for (int index = 0; index < e.Levels.Length; index++)
        {
            Side side = index < e.Head.BidCount ? Side.Bid : Side.Ask;
            Set(side, e.Levels[index].Price.Mantissa / PowersOfTen.AsDecimal[priceDecimals], e.Levels[index].Size.Mantissa / PowersOfTen.AsDecimal[sizeDecimals]);
        }
    }

    /// <summary>All of it as text, to compare and to print.</summary>
    public override string ToString() => $"bids {Text(Side.Bid)} asks {Text(Side.Ask)}";

    private string Text(Side side) => string.Join(' ', Levels(side).Select(static level => $"{level.Price:0.####}x{level.Size:0.########}"));
}
