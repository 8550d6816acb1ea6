using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>One made-up market, written by hand in every format, is the same market again after the import.</summary>
internal sealed class FormatEquivalenceTests
{
    private const int PriceDecimals = 2;
    private const int SizeDecimals = 3;
    private Recorded _recorded = null!;

    [SetUp]
    public void SetUp() => _recorded = new Recorded();

    [TearDown]
    public void TearDown() => _recorded.Dispose();

    [Test]
    public void Tardis_changes([Range(1, 10)] int seed)
    {
        RandomMarket market = new(seed);
        List<string> lines = ["exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount"];
        foreach (RandomMarket.Message message in market.Messages.Where(static m => m.Trade is null))
        {
            foreach ((Side side, decimal price, decimal size) in message.Changes)
                lines.Add(Invariant($"binance-futures,BTCUSDT,{message.TimeNs / 1000 - 5},{message.TimeNs / 1000},{(message == market.Messages[0] ? "true" : "false")},{(side == Side.Bid ? "bid" : "ask")},{price},{size}"));
        }
        AssertBooks(market, Import("t.csv", null, lines), seed);
    }

    [Test]
    public void Tardis_snapshots([Range(1, 10)] int seed)
    {
        RandomMarket market = new(seed);
        int depth = market.Messages.Max(static m => Math.Max(m.Bids.Length, m.Asks.Length));
        List<string> lines = ["exchange,symbol,timestamp,local_timestamp," + string.Join(',', Enumerable.Range(0, depth).Select(static i => $"asks[{i}].price,asks[{i}].amount,bids[{i}].price,bids[{i}].amount"))];
        foreach (RandomMarket.Message message in market.Messages.Where(static m => m.Trade is null))
        {
            IEnumerable<string> cells = Enumerable.Range(0, depth).Select(i => $"{Cell(message.Asks, i)},{Cell(message.Bids, i)}");
            lines.Add(Invariant($"binance-futures,BTCUSDT,{message.TimeNs / 1000 - 5},{message.TimeNs / 1000},{string.Join(',', cells)}"));
        }
        AssertBooks(market, Import("t.csv", null, lines), seed);

        static string Cell((decimal Price, decimal Size)[] levels, int index) => index < levels.Length ? Invariant($"{levels[index].Price},{levels[index].Size}") : ",";
    }

    [Test]
    public void Tardis_trades([Range(1, 5)] int seed)
    {
        RandomMarket market = new(seed);
        List<string> lines = ["exchange,symbol,timestamp,local_timestamp,id,side,price,amount"];
        foreach (RandomMarket.Message message in market.Messages)
        {
            if (message.Trade is { } trade)
                lines.Add(Invariant($"binance-futures,BTCUSDT,{message.TimeNs / 1000},{message.TimeNs / 1000},{lines.Count},{(trade.Taker == Side.Bid ? "buy" : "sell")},{trade.Price},{trade.Size}"));
        }
        AssertTrades(market, Import("t.csv", null, lines), seed);
    }

    [Test]
    public void Hftbacktest_changes_and_trades([Range(1, 10)] int seed)
    {
        RandomMarket market = new(seed);
        HftRows rows = new();
        foreach (RandomMarket.Message message in market.Messages)
        {
            foreach ((Side side, decimal price, decimal size) in message.Changes)
                rows.Add(side == Side.Bid ? HftRows.BidDepth : HftRows.AskDepth, Ms(message) - 3, Ms(message), (double)price, (double)size);
            if (message.Trade is { } trade)
                rows.Add(trade.Taker == Side.Bid ? HftRows.BuyTrade : HftRows.SellTrade, Ms(message) - 3, Ms(message), (double)trade.Price, (double)trade.Size);
        }
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, "BTCUSDT"), _recorded.Bytes("day.npy", rows.ToNpy()));
        Assert.That(result.BadLines, Is.Zero);
        AssertBooks(market, sink, seed, timed: false);
        AssertTrades(market, sink, seed, timed: false);

        int Ms(RandomMarket.Message message) => (int)((message.TimeNs - Recorded.TimeNs) / 1_000_000);
    }

    [Test]
    public void Hftbacktest_arrays_of_two_files_are_one_book([Range(1, 5)] int seed)
    {
        RandomMarket market = new(seed);
        string[] files = [_recorded.Bytes("1.npy", Rows(market.Messages.Take(100)).ToNpy()), _recorded.Bytes("2.npy", Rows(market.Messages.Skip(100)).ToNpy())];
        (_, CollectingSink sink) = Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, "BTCUSDT"), files);
        AssertBooks(market, sink, seed, timed: false);
        Assert.That(sink.Events.Count(static e => e.Head.Flags.HasFlag(MarketEventFlags.ClearFirst)), Is.EqualTo(1), "the seam clears nothing");

        static HftRows Rows(IEnumerable<RandomMarket.Message> messages)
        {
            HftRows rows = new();
            foreach (RandomMarket.Message message in messages)
            {
                foreach ((Side side, decimal price, decimal size) in message.Changes)
                    rows.Add(side == Side.Bid ? HftRows.BidDepth : HftRows.AskDepth, 0, (int)((message.TimeNs - Recorded.TimeNs) / 1_000_000), (double)price, (double)size);
            }
            return rows;
        }
    }

    [Test]
    public void Hftbacktest_clears_do_what_its_documents_say([Range(1, 20)] int seed)
    {
        Random random = new(seed);
        PlainBook expected = new();
        HftRows rows = new();
        List<string> books = [];
        for (int message = 1; message <= 100; message++)
        {
            for (int count = random.Next(1, 6); count > 0; count--)
            {
                Side side = (Side)random.Next(2);
                ulong flags = side == Side.Bid ? 0xE000_0000 : 0xD000_0000;
                decimal price = (side == Side.Bid ? 1000 : 1020) + random.Next(20);
                decimal size = random.Next(4);
                switch (random.Next(10))
                {
                    case 0:
                        expected.ClearThrough(side, price);
                        rows.Add(flags | 3, message, message, (double)price, 0);
                        break;
                    case 1:
                        expected.ClearThrough(side, null);
                        rows.Add(flags | 3, message, message, double.NaN, 0);
                        break;
                    default:
                        expected.Set(side, price, size);
                        rows.Add(flags | (random.Next(5) == 0 ? 4u : 1u), message, message, (double)price, (double)size);
                        break;
                }
            }
            books.Add(expected.ToString());
        }
        (_, CollectingSink sink) = Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, "BTCUSDT"), _recorded.Bytes("day.npy", rows.ToNpy()));
        AssertEachBook(books, sink.Events, seed);
    }

    [Test]
    public void Polled_lines([Range(1, 10)] int seed)
    {
        RandomMarket market = new(seed);
        List<string> lines = [];
        foreach (RandomMarket.Message message in market.Messages.Where(static m => m.Trade is null))
        {
            string time = DateTime.UnixEpoch.AddTicks(message.TimeNs / 100).AddHours(9).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
            lines.AddRange(message.Bids.Select(level => Invariant($"{level.Price},{level.Size},0,{time}")).Concat(message.Asks.Select(level => Invariant($"{level.Price},{level.Size},1,{time}"))).OrderBy(static line => line[line.Length / 3]));
        }
        AssertBooks(market, Import("b.csv", "BTCUSDT", lines), seed);
    }

    [Test]
    public void Records_as_dicts_and_as_json([Range(1, 10)] int seed, [Values] bool json)
    {
        RandomMarket market = new(seed);
        List<string> lines = [];
        foreach (RandomMarket.Message message in market.Messages)
        {
            string line = message.Trade is { } trade
                ? Invariant($"{{'timestamp': {message.TimeNs / 1_000_000}, 'trade_price': {trade.Price}, 'trade_volume': {trade.Size}, 'prev_closing_price': None, 'change_price': 0.0, 'ask_bid': '{(trade.Taker == Side.Bid ? "BID" : "ASK")}'}}")
                : Invariant($"{{'timestamp': {message.TimeNs / 1_000_000}, 'total_ask_size': {message.Asks.Sum(static l => l.Size)}, 'total_bid_size': {message.Bids.Sum(static l => l.Size)}, 'orderbook_units': [{Units(message)}]}}");
            lines.Add(json ? line.Replace('\'', '"').Replace("None", "null", StringComparison.Ordinal) : line);
        }
        CollectingSink sink = Import("records.txt", "BTCUSDT", lines);
        AssertBooks(market, sink, seed);
        AssertTrades(market, sink, seed);
        foreach (CollectedEvent book in sink.Events.Where(static e => e.Head.Kind == MarketEventKind.FullBook))
            Assert.That(book.Head.TotalAskSize, Is.EqualTo(book.Asks.Sum(static level => level.Size) / 1000.0).Within(1e-9));

        static string Units(RandomMarket.Message message) => string.Join(", ", Enumerable.Range(0, Math.Max(message.Bids.Length, message.Asks.Length)).Select(i => Invariant(
            $"{{'ask_price': {Value(message.Asks, i).Price}, 'bid_price': {Value(message.Bids, i).Price}, 'ask_size': {Value(message.Asks, i).Size}, 'bid_size': {Value(message.Bids, i).Size}}}")));

        static (decimal Price, decimal Size) Value((decimal Price, decimal Size)[] levels, int index) => index < levels.Length ? levels[index] : default;
    }

    [Test]
    public void The_comparison_sees_a_lost_change()
    {
        RandomMarket market = new(1);
        List<string> lines = ["exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount"];
        foreach ((Side side, decimal price, decimal size) in market.Messages[0].Changes.SkipLast(1))
            lines.Add(Invariant($"binance-futures,BTCUSDT,{market.Messages[0].TimeNs / 1000},{market.Messages[0].TimeNs / 1000},true,{(side == Side.Bid ? "bid" : "ask")},{price},{size}"));
        PlainBook book = new();
        book.Apply(Import("t.csv", null, lines).Events[0], PriceDecimals, SizeDecimals);
        Assert.That(book.ToString(), Is.Not.EqualTo(market.Messages[0].Book), "the control");
    }

    private CollectingSink Import(string name, string? symbol, List<string> lines)
    {
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, symbol), _recorded.Text(name, [.. lines]));
        Assert.That((result.BadLines, result.Skipped, result.ClockSteps), Is.EqualTo((0L, 0L, 0L)));
        return sink;
    }

    private static void AssertBooks(RandomMarket market, CollectingSink sink, int seed, bool timed = true)
    {
        RandomMarket.Message[] expected = [.. market.Messages.Where(static m => m.Trade is null)];
        CollectedEvent[] books = [.. sink.Events.Where(static e => e.Head.Kind != MarketEventKind.Trade)];
        AssertEachBook([.. expected.Select(static m => m.Book)], books, seed);
        if (timed)
            Assert.That(books.Select(static e => e.ReceiveNs), Is.EqualTo(expected.Select(static m => m.TimeNs)));
    }

    private static void AssertEachBook(List<string> expected, IReadOnlyList<CollectedEvent> events, int seed)
    {
        Assert.That(events, Has.Count.EqualTo(expected.Count), $"seed {seed}");
        PlainBook book = new();
        for (int step = 0; step < events.Count; step++)
        {
            book.Apply(events[step], PriceDecimals, SizeDecimals);
            Assert.That(book.ToString(), Is.EqualTo(expected[step]), $"seed {seed}, step {step}");
        }
    }

    private static void AssertTrades(RandomMarket market, CollectingSink sink, int seed, bool timed = true)
    {
        RandomMarket.Message[] expected = [.. market.Messages.Where(static m => m.Trade is not null)];
        CollectedEvent[] trades = [.. sink.Events.Where(static e => e.Head.Kind == MarketEventKind.Trade)];
        Assert.That(trades.Select(static e => (e.Head.Aggressor, e.Head.Price.Mantissa / 100m, e.Head.Size.Mantissa / 1000m)), Is.EqualTo(expected.Select(static m => m.Trade!.Value)), $"seed {seed}");
        if (timed)
            Assert.That(trades.Select(static e => e.ReceiveNs), Is.EqualTo(expected.Select(static m => m.TimeNs)));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
