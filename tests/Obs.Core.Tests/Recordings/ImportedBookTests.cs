using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Tests.Recordings;

/// <summary>Imported events in the engine's own book: the same levels as in the plain one, nothing dropped, no resync that was none.</summary>
internal sealed class ImportedBookTests
{
    private static readonly Instrument Market = Recorded.Market(VenueId.BinanceUsdm, "BTCUSDT", 2, 3) with { MaxPrice = new Price(10_000_000) };
    private Recorded _recorded = null!;

    [SetUp]
    public void SetUp() => _recorded = new Recorded();

    [TearDown]
    public void TearDown() => _recorded.Dispose();

    [Test]
    public void Hftbacktest_with_clears([Range(1, 10)] int seed)
    {
        Random random = new(seed);
        HftRows rows = new();
        for (int message = 1; message <= 200; message++)
        {
            for (int count = random.Next(1, 6); count > 0; count--)
            {
                bool bid = random.Next(2) == 0;
                ulong kind = random.Next(10) == 0 ? 3u : 1u;
                rows.Add((bid ? 0xE000_0000 : 0xD000_0000) | kind, message, message, (bid ? 1000 : 1020) + random.Next(20), random.Next(4));
            }
        }
        (_, CollectingSink sink) = Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, "BTCUSDT"), _recorded.Bytes("day.npy", rows.ToNpy()));
        AssertSameBook(sink.Events, seed);
    }

    [Test]
    public void Tardis_with_a_reconnection([Range(1, 5)] int seed)
    {
        RandomMarket market = new(seed);
        List<string> lines = ["exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount"];
        int number = 0;
        foreach (RandomMarket.Message message in market.Messages.Where(static m => m.Trade is null))
        {
            bool snapshot = number++ % 40 == 0;
            IEnumerable<(Side Side, decimal Price, decimal Size)> rows = snapshot
                ? message.Bids.Select(static l => (Side.Bid, l.Price, l.Size)).Concat(message.Asks.Select(static l => (Side.Ask, l.Price, l.Size)))
                : message.Changes;
            foreach ((Side side, decimal price, decimal size) in rows)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"binance-futures,BTCUSDT,{message.TimeNs / 1000 - 5},{message.TimeNs / 1000},{(snapshot ? "true" : "false")},{(side == Side.Bid ? "bid" : "ask")},{price},{size}"));
        }
        (_, CollectingSink sink) = Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, null), _recorded.Text("t.csv", [.. lines]));
        MarketBook<LadderBook> book = AssertSameBook(sink.Events, seed);
        Assert.That(book.Book.Count(Side.Bid), Is.EqualTo(market.Messages[^1].Bids.Length));
    }

    [Test]
    public void Polled_books_with_a_stale_repeat_are_dropped_by_the_books_own_rule()
    {
        string[] lines =
        [
            "100,1,0,2022-05-18 00:00:00", "101,1,1,2022-05-18 00:00:00",
            "100,2,0,2022-05-18 00:00:01", "101,1,1,2022-05-18 00:00:01",
            "100,1,0,2022-05-18 00:00:02", "101,1,1,2022-05-18 00:00:02",
            "100,3,0,2022-05-18 00:00:03", "101,1,1,2022-05-18 00:00:03",
        ];
        (_, CollectingSink sink) = Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, "BTCUSDT"), _recorded.Text("b.csv", lines));
        MarketBook<LadderBook> book = new(Market, new UpbitSync());
        List<(long Size, BookQuality Quality)> seen = [];
        foreach (CollectedEvent e in sink.Events)
        {
            Show(book, e);
            seen.Add((book.Book.SizeAt(Side.Bid, new Price(10_000)).Mantissa, book.Quality));
        }
        Assert.That(seen, Is.EqualTo(new[] { (1000L, BookQuality.Synced), (2000L, BookQuality.Synced), (2000L, BookQuality.Suspect), (3000L, BookQuality.Synced) }));
    }

    private static MarketBook<LadderBook> AssertSameBook(IReadOnlyList<CollectedEvent> events, int seed)
    {
        MarketBook<LadderBook> book = new(Market, new UpbitSync());
        PlainBook plain = new();
        BookLevel[] levels = new BookLevel[256];
        for (int step = 0; step < events.Count; step++)
        {
            Show(book, events[step]);
            plain.Apply(events[step], 2, 3);
            foreach (Side side in Enum.GetValues<Side>())
            {
                int count = book.Book.CopyBest(side, levels);
                Assert.That(levels.Take(count).Select(static level => (level.Price.Mantissa / 100m, level.Size.Mantissa / 1000m)), Is.EqualTo(plain.Levels(side)), $"seed {seed}, step {step}");
            }
        }
        return book;
    }

    private static void Show(MarketBook<LadderBook> book, CollectedEvent e)
    {
        Blind visitor = default;
        MarketEvent head = e.Head;
        head.ReceiveNs = e.ReceiveNs;
        book.OnFrame(in head, e.Levels, ref visitor);
    }

    private readonly struct Blind : IBookVisitor
    {
        public bool WantsLevels => false;

        public void BeforeFrame(in MarketEvent frame)
        {
        }

        public void OnLevel(Side side, Price price, Size previous, Size now)
        {
        }

        public void AfterFrame(in MarketEvent frame, ReadOnlySpan<BookLevel> levels)
        {
        }

        public void OnSnapshot(in MarketEvent snapshot)
        {
        }

        public void OnResync(in MarketEvent cause)
        {
        }
    }
}
