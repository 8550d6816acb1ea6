using System;
using System.Collections.Generic;
using Obs.Core.Market;

namespace Obs.Core.Tests.Signals;

/// <summary>Instruments, events and seeded random histories for the feature tests.</summary>
internal static class MadeMarket
{
    public const long Start = 1_700_000_000_000_000_000;
    public const long Second = 1_000_000_000;

    public static Instrument Instrument { get; } = new()
    {
        Venue = VenueId.BinanceSpot,
        Symbol = "NEXOUSDT",
        QuoteCurrency = "USDT",
        PriceDecimals = 3,
        SizeDecimals = 2,
        Ticks = TickTable.Constant(new Price(1)),
        Lot = new Size(1),
        MaxPrice = new Price(1_000_000_000),
        MinOrderValue = 5,
        MakerFee = 0,
        TakerFee = 0,
        ShortAllowed = false,
    };

    public static MarketEvent Trade(long timeNs, long price, long size, Side aggressor) => new()
    {
        Kind = MarketEventKind.Trade,
        ReceiveNs = timeNs,
        Price = new Price(price),
        Size = new Size(size),
        Aggressor = aggressor,
        TotalBidSize = double.NaN,
        TotalAskSize = double.NaN,
    };

    public static MarketStep Diff(long timeNs, BookLevel[] bids, BookLevel[] asks) => new(
        new MarketEvent
        {
            Kind = MarketEventKind.Diff,
            ReceiveNs = timeNs,
            BidCount = bids.Length,
            AskCount = asks.Length,
            TotalBidSize = double.NaN,
            TotalAskSize = double.NaN,
        },
        [.. bids, .. asks]);

    public static BookLevel Level(long price, long size) => new(new Price(price), new Size(size));

    public static void Apply(SortedTestBook book, MarketStep step)
    {
        for (int index = 0; index < step.Levels.Length; index++)
            book.Set(index < step.Event.BidCount ? Side.Bid : Side.Ask, step.Levels[index].Price, step.Levels[index].Size);
    }

    /// <summary>A random walk of the mid with levels coming, changing and going, trades in bursts, quiet spells and gaps longer than a span.</summary>
    public static List<MarketStep> Random(int seed, int steps)
    {
        Random random = new(seed);
        List<MarketStep> history = [];
        SortedTestBook book = SortedTestBook.Create(Instrument);
        long mid = 1200;
        long time = Start;
        for (int step = 0; step < steps; step++)
        {
            time += random.Next(20) switch { 0 => random.NextInt64(40 * Second), < 6 => random.NextInt64(2 * Second), 6 => 0, _ => random.NextInt64(Second / 5) };
            if (random.Next(4) == 0)
            {
                history.Add(new MarketStep(Trade(time, mid + random.Next(-1, 2), random.Next(1, 100_000), (Side)random.Next(2)), []));
                continue;
            }
            mid = Math.Max(1000, mid + (random.Next(3) == 0 ? random.Next(-2, 3) : 0));
            MarketStep diff = RandomDiff(random, book, mid, time);
            Apply(book, diff);
            history.Add(diff);
        }
        return history;
    }

    // Levels on the wrong side of the mid are removed, so the book never crosses; a few far and a few near ones are set or removed.
    private static MarketStep RandomDiff(Random random, SortedTestBook book, long mid, long time)
    {
        List<BookLevel> bids = [];
        List<BookLevel> asks = [];
        for (; book.Has(Side.Bid) && book.Best(Side.Bid).Mantissa >= mid; book.Set(Side.Bid, book.Best(Side.Bid), Size.Zero))
            bids.Add(Level(book.Best(Side.Bid).Mantissa, 0));
        for (; book.Has(Side.Ask) && book.Best(Side.Ask).Mantissa <= mid; book.Set(Side.Ask, book.Best(Side.Ask), Size.Zero))
            asks.Add(Level(book.Best(Side.Ask).Mantissa, 0));
        for (int change = random.Next(1, 5); change > 0; change--)
        {
            int distance = random.Next(3) == 0 ? random.Next(1, 60) : random.Next(1, 6);
            long size = random.Next(4) == 0 ? 0 : random.Next(1, 1_000_000);
            if (random.Next(2) == 0)
                bids.Add(Level(mid - distance, size));
            else
                asks.Add(Level(mid + distance, size));
        }
        return Diff(time, [.. bids], [.. asks]);
    }
}
