using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>A seeded feed of complete books: most differ little from the one before, some altogether; sides empty out, cross, and grow; now and then levels
/// come in an order no venue sends.</summary>
internal sealed class FullBookFeed(int seed)
{
    private readonly Random _random = new(seed);
    private readonly SortedDictionary<long, long>[] _sides = [[], []];
    private long _middle = 10_000;

    /// <summary>The next book: bids, then asks.</summary>
    public (BookLevel[] Levels, int Bids) Next()
    {
        if (_random.Next(4) == 0)
            _middle += _random.Next(-3, 4);
        if (_random.Next(200) == 0)
            _sides[_random.Next(2)].Clear();
        for (int change = _random.Next(6); change > 0; change--)
            Change((Side)_random.Next(2));
        int depth = _random.Next(20) == 0 ? _random.Next(100) : 30;
        BookLevel[] bids = Shown(Side.Bid, depth), asks = Shown(Side.Ask, depth);
        if (_random.Next(50) == 0)
            Disturb(_random.Next(2) == 0 ? bids : asks);
        return ([.. bids, .. asks], bids.Length);
    }

    private void Change(Side side)
    {
        long distance = _random.Next(_random.Next(30) == 0 ? 200 : 40) - 1;
        long price = side == Side.Bid ? _middle - distance : _middle + 1 + distance;
        if (_random.Next(4) == 0)
            _sides[(int)side].Remove(price);
        else
            _sides[(int)side][price] = _random.NextInt64(1, long.MaxValue);
    }

    private BookLevel[] Shown(Side side, int depth)
    {
        IEnumerable<KeyValuePair<long, long>> levels = _sides[(int)side];
        return [.. (side == Side.Bid ? levels.Reverse() : levels).Take(depth).Select(level => MarketFixture.Level(level.Key, level.Value))];
    }

    private void Disturb(BookLevel[] side)
    {
        if (side.Length < 2)
            return;
        int at = _random.Next(side.Length - 1);
        (side[at], side[at + 1]) = (side[at + 1], side[at]);
    }
}
