using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;

namespace Obs.Bench.Suites.Features;

/// <summary>A seeded market of one diff per 100 ms with 3–6 levels, the best ones among them, a mid that moves at two frames of 24, and a trade before every fourth diff.</summary>
internal sealed class FeatureWorkload
{
    private const long StepNs = 100_000_000;
    private const int Levels = 20;
    private long _passes;

    /// <summary>Makes the workload of a number of frames.</summary>
    public FeatureWorkload(int frames, int seed = 5)
    {
        (Events, Changes, Books, Trades) = (new MarketEvent[frames], new BookLevel[frames][], new FrameBook[frames], new MarketEvent[frames]);
        Random random = new(seed);
        SortedDictionary<long, long> bids = new(Comparer<long>.Create(static (long a, long b) => b.CompareTo(a)));
        SortedDictionary<long, long> asks = [];
        long mid = 60_000_000;
        for (int level = 1; level <= 60; level++)
            bids[mid - (level * 100)] = asks[mid + (level * 100)] = 1_000_000;
        for (int frame = 0; frame < frames; frame++)
        {
            long move = frame % 8 == 7 ? random.Next(-1, 2) * 100 : 0;
            mid += move;
            MakeFrame(random, frame, mid, bids, asks);
            Trades[frame] = Event(MarketEventKind.Trade, frame) with
            {
                Price = new Price(mid + random.Next(-100, 101)),
                Size = new Size(random.NextInt64(1, 100_000)),
                Aggressor = (Side)random.Next(2),
            };
        }
    }

    /// <summary>The market.</summary>
    public static Instrument Instrument { get; } = new()
    {
        Venue = VenueId.BinanceUsdm,
        Symbol = "BTCUSDT",
        QuoteCurrency = "USDT",
        PriceDecimals = 3,
        SizeDecimals = 5,
        Ticks = TickTable.Constant(new Price(100)),
        Lot = new Size(1),
        MaxPrice = new Price(10_000_000_000),
        MinOrderValue = 5,
        MakerFee = 0,
        TakerFee = 0,
        ShortAllowed = true,
    };

    /// <summary>The diffs.</summary>
    public MarketEvent[] Events { get; }

    /// <summary>Levels of each diff.</summary>
    public BookLevel[][] Changes { get; }

    /// <summary>The book after each diff.</summary>
    public FrameBook[] Books { get; }

    /// <summary>A trade for each diff; every fourth is used.</summary>
    public MarketEvent[] Trades { get; }

    /// <summary>How much later the events of the next pass are, in ns: receive times never fall from pass to pass.</summary>
    public long NextPassNs() => _passes++ * Events.Length * StepNs;

    private static MarketEvent Event(MarketEventKind kind, int frame) => new()
    {
        Kind = kind,
        ReceiveNs = 1_700_000_000_000_000_000 + (frame * StepNs),
        TotalBidSize = double.NaN,
        TotalAskSize = double.NaN,
    };

    // The levels a moved mid ran over go, the ones behind it appear, and a few others change.
    private void MakeFrame(Random random, int frame, long mid, SortedDictionary<long, long> bids, SortedDictionary<long, long> asks)
    {
        Dictionary<long, long> bidChanges = bids.Keys.TakeWhile((long price) => price >= mid).ToDictionary(static (long price) => price, static (long _) => 0L);
        Dictionary<long, long> askChanges = asks.Keys.TakeWhile((long price) => price <= mid).ToDictionary(static (long price) => price, static (long _) => 0L);
        bidChanges[mid - 100] = random.NextInt64(1, 5_000_000);
        askChanges[mid + 100] = random.NextInt64(1, 5_000_000);
        for (int change = random.Next(1, 5); change > 0; change--)
        {
            int distance = random.Next(2) == 0 ? random.Next(2, 16) : random.Next(16, 61);
            bool isBid = random.Next(2) == 0;
            (isBid ? bidChanges : askChanges)[mid + ((isBid ? -distance : distance) * 100)] = random.NextInt64(1, 5_000_000);
        }
        Changes[frame] = [.. Apply(bids, bidChanges), .. Apply(asks, askChanges)];
        Books[frame] = new FrameBook(Best(bids), Best(asks));
        Events[frame] = Event(MarketEventKind.Diff, frame) with { BidCount = bidChanges.Count, AskCount = askChanges.Count };
    }

    private static IEnumerable<BookLevel> Apply(SortedDictionary<long, long> side, Dictionary<long, long> changes)
    {
        foreach ((long price, long size) in changes)
        {
            if (size == 0)
                side.Remove(price);
            else
                side[price] = size;
            yield return new BookLevel(new Price(price), new Size(size));
        }
    }

    private static BookLevel[] Best(SortedDictionary<long, long> side) =>
        [.. side.Take(Levels).Select(static (KeyValuePair<long, long> level) => new BookLevel(new Price(level.Key), new Size(level.Value)))];
}
