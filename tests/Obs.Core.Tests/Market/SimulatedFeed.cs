using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>A seeded venue: a true book that changes update by update, and a feed of diffs and snapshots over it that loses, repeats and delays frames.</summary>
internal sealed class SimulatedFeed(int seed, bool isFutures)
{
    private readonly Random _random = new(seed);
    private readonly SortedDictionary<long, long>[] _truth = [[], []];
    private readonly Dictionary<long, ulong> _hashById = [];
    private readonly Dictionary<(Side Side, long Price), long> _changed = [];
    private long _id = 1_000;
    private long _firstId;
    private long _lastSentId = 1_000;

    /// <summary>Share of diffs that get lost, in percent.</summary>
    public int LostPercent { get; init; } = 2;

    /// <summary>Share of diffs that come twice, in percent.</summary>
    public int RepeatedPercent { get; init; } = 2;

    /// <summary>Frames sent so far, as they reach the client, the newest last.</summary>
    public List<(MarketEvent Event, BookLevel[] Levels)> Sent { get; } = [];

    /// <summary>The hash the true book had right after an update id; 0 when that id never ended a frame.</summary>
    public ulong HashAt(long id) => _hashById.GetValueOrDefault(id);

    /// <summary>Lets the market live for a frame's time and sends what the client gets: a diff, nothing, a diff twice, now and then a snapshot.</summary>
    public IEnumerable<(MarketEvent Event, BookLevel[] Levels)> Next(bool needsSnapshot)
    {
        List<(MarketEvent, BookLevel[])> got = [];
        (MarketEvent Event, BookLevel[] Levels) diff = Diff();
        if (_random.Next(100) >= LostPercent)
            got.Add(diff);
        if (_random.Next(100) < RepeatedPercent)
            got.Add(diff);
        if (needsSnapshot && _random.Next(3) == 0)
            got.Add(Snapshot());
        Sent.AddRange(got);
        return got;
    }

    private (MarketEvent Event, BookLevel[] Levels) Diff()
    {
        _changed.Clear();
        _firstId = isFutures ? _id + _random.Next(1, 4) : _id + 1; // futures ids are not contiguous
        _id = _firstId;
        int updates = _random.Next(1, 8);
        for (int update = 0; update < updates; update++)
        {
            _id += update == 0 ? 0 : 1;
            Change();
        }
        _hashById[_id] = TrueHash();
        MarketEvent e = new()
        {
            Kind = MarketEventKind.Diff,
            FirstUpdateId = _firstId,
            LastUpdateId = _id,
            PreviousUpdateId = isFutures ? _lastSentId : 0,
            ReceiveNs = _id,
        };
        _lastSentId = _id;
        return Framed(e, Levels(Side.Bid), Levels(Side.Ask));
    }

    /// <summary>A snapshot of the true book as it stands: at the last diff's id.</summary>
    private (MarketEvent Event, BookLevel[] Levels) Snapshot()
    {
        MarketEvent e = new() { Kind = MarketEventKind.Snapshot, LastUpdateId = _id, ReceiveNs = _id };
        return Framed(
            e, [.. _truth[0].Reverse().Select(l => MarketFixture.Level(l.Key, l.Value))], [.. _truth[1].Select(l => MarketFixture.Level(l.Key, l.Value))]);
    }

    private void Change()
    {
        Side side = (Side)_random.Next(2);
        long price = side == Side.Bid ? 1_000 - _random.Next(60) : 1_001 + _random.Next(60);
        long size = _random.Next(2) * _random.Next(1, 100);
        if (size == 0)
            _truth[(int)side].Remove(price);
        else
            _truth[(int)side][price] = size;
        _changed[(side, price)] = size;
    }

    private BookLevel[] Levels(Side side) => [.. _changed.Where(c => c.Key.Side == side).Select(c => MarketFixture.Level(c.Key.Price, c.Value))];

    private ulong TrueHash()
    {
        ulong hash = 1; // never 0
        foreach (Side side in new[] { Side.Bid, Side.Ask })
        {
            foreach ((long price, long size) in _truth[(int)side])
                hash = unchecked(hash + BookHash.OfLevel(side, new Price(price), new Size(size)));
        }
        return hash;
    }

    private static (MarketEvent Event, BookLevel[] Levels) Framed(MarketEvent e, BookLevel[] bids, BookLevel[] asks)
    {
        (e.BidCount, e.AskCount) = (bids.Length, asks.Length);
        return (e, [.. bids, .. asks]);
    }
}
