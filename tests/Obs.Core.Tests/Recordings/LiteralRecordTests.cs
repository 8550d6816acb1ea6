using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>The original project's records as Python dicts and as JSON lines.</summary>
internal sealed class LiteralRecordTests
{
    private const string Book =
        "{'timestamp': 1730386800033, 'total_ask_size': 3.5, 'total_bid_size': 2.25, 'orderbook_units': [{'ask_price': 101000.0, 'bid_price': 100000.0, 'ask_size': 1.5, 'bid_size': 0.25}, {'ask_price': 102000.0, 'bid_price': 99000.0, 'ask_size': 2.0, 'bid_size': 2.0}]}";

    private const string Trade =
        "{'timestamp': 1730386800034, 'trade_price': 101000.0, 'trade_volume': 7.523e-05, 'prev_closing_price': 99000.0, 'change_price': 2000.0, 'ask_bid': 'ASK'}";

    private Recorded _recorded = null!;

    [SetUp]
    public void SetUp() => _recorded = new Recorded();

    [TearDown]
    public void TearDown() => _recorded.Dispose();

    [Test]
    public void A_book_becomes_a_full_book_with_exact_levels()
    {
        CollectedEvent book = Only(Book);
        Assert.That(book.Head.Kind, Is.EqualTo(MarketEventKind.FullBook));
        Assert.That(book.Bids, Is.EqualTo(new[] { (1_000_000_000L, 25_000_000L), (990_000_000L, 200_000_000L) }));
        Assert.That(book.Asks, Is.EqualTo(new[] { (1_010_000_000L, 150_000_000L), (1_020_000_000L, 200_000_000L) }));
        Assert.That((book.Head.TotalAskSize, book.Head.TotalBidSize), Is.EqualTo((3.5, 2.25)));
        Assert.That((book.ReceiveNs, book.Head.VenueNs, book.Head.MatchNs), Is.EqualTo((Recorded.TimeNs, Recorded.TimeNs, Recorded.TimeNs)));
        Assert.That(book.Head.Flags, Is.EqualTo(MarketEventFlags.None), "its venue time rises: stale frames can be told by it");
    }

    [Test]
    public void A_trade_becomes_a_trade_of_the_takers_side()
    {
        CollectedEvent trade = Only(Trade);
        Assert.That((trade.Head.Kind, trade.Head.Price.Mantissa, trade.Head.Size.Mantissa, trade.Head.Aggressor),
            Is.EqualTo((MarketEventKind.Trade, 1_010_000_000L, 7523L, Side.Ask)));
        Assert.That(Only(Trade.Replace("'ASK'", "'BID'", System.StringComparison.Ordinal)).Head.Aggressor, Is.EqualTo(Side.Bid));
    }

    [TestCase(Book)]
    [TestCase(Trade)]
    public void Json_of_the_same_record_gives_the_same_event(string python)
    {
        CollectedEvent expected = Only(python);
        CollectedEvent json = Only(python.Replace('\'', '"'));
        Assert.That(json.Head, Is.EqualTo(expected.Head));
        Assert.That(json.Levels, Is.EqualTo(expected.Levels));
        CollectedEvent tight = Only(python.Replace('\'', '"').Replace(" ", "", System.StringComparison.Ordinal));
        Assert.That(tight.Head, Is.EqualTo(expected.Head));
    }

    [Test]
    public void Key_order_and_unknown_members_change_nothing()
    {
        CollectedEvent shuffled = Only("{'stream_type': 'REALTIME', 'nested': {'a': [1, {'b': None}], 'c': 'it\\'s'}, 'ask_bid': 'ASK', 'flag': True, 'trade_volume': '7.523e-05', 'trade_price': 101000, 'timestamp': 1730386800034}");
        Assert.That(shuffled.Head, Is.EqualTo(Only(Trade).Head));
    }

    [Test]
    public void A_list_of_records_on_one_line_is_all_of_them()
    {
        CollectingSink sink = Import($"[{Trade}, {Book}]", "[" + Trade + "]");
        Assert.That(sink.Events.Select(static e => e.Head.Kind), Is.EqualTo(new[] { MarketEventKind.Trade, MarketEventKind.FullBook, MarketEventKind.Trade }));
    }

    [Test]
    public void A_record_may_name_its_market_and_new_markets_are_announced_before_they_are_used()
    {
        CollectingSink sink = Import(
            Trade,
            Trade.Replace("{'timestamp'", "{'market': 'KRW-ETH', 'timestamp'", System.StringComparison.Ordinal),
            Trade.Replace("{'timestamp'", "{'code': 'KRW-BTC', 'timestamp'", System.StringComparison.Ordinal));
        Assert.That(sink.Events.Select(static e => e.Head.Instrument), Is.EqualTo(new ushort[] { 0, 1, 0 }));
        Assert.That(sink.Configurations.Select(static c => (c.Before, string.Join(' ', c.Configuration.Instruments.Select(static i => i.Symbol)))),
            Is.EqualTo(new[] { (0, "KRW-BTC"), (1, "KRW-BTC KRW-ETH") }));
    }

    [Test]
    public void Optional_times_and_ids_are_taken()
    {
        CollectedEvent trade = Only("{\"timestamp\":1730386800034,\"local_timestamp\":1730386800050000001,\"trade_timestamp\":1730386800030,\"trade_price\":1,\"trade_volume\":1,\"ask_bid\":\"BID\",\"sequential_id\":17303868000330000}");
        Assert.That((trade.ReceiveNs, trade.Head.VenueNs, trade.Head.MatchNs, trade.Head.LastUpdateId),
            Is.EqualTo((1730386800050000001, 1730386800034000000, 1730386800030000000, 17303868000330000)));
    }

    [Test]
    public void Padded_levels_of_a_thin_book_are_left_out()
    {
        CollectedEvent book = Only("{'timestamp': 1730386800033, 'orderbook_units': [{'ask_price': 2, 'bid_price': 1, 'ask_size': 1, 'bid_size': 1}, {'ask_price': 0.0, 'bid_price': 0, 'ask_size': 0.0, 'bid_size': 0}, {'ask_price': 3, 'ask_size': 1, 'bid_price': None, 'bid_size': None}]}");
        Assert.That((book.Bids.Length, book.Asks.Length), Is.EqualTo((1, 2)));
        Assert.That(book.Head.TotalAskSize, Is.NaN, "no statement is not zero");
    }

    private static IEnumerable<TestCaseData> BadLines()
    {
        yield return Bad("{'timestamp': 1730386800033", "Malformed");
        yield return Bad("{'timestamp' 1730386800033}", "Malformed");
        yield return Bad("{'timestamp': 1730386800033}}", "Malformed");
        yield return Bad("{}", "MissingField (timestamp)");
        yield return Bad("{'timestamp': None, 'trade_price': 1}", "MissingField (timestamp)");
        yield return Bad("{'timestamp': 1730386800, 'trade_price': 1}", "TimeUnitUnknown (timestamp)");
        yield return Bad("{'timestamp': 'yesterday', 'trade_price': 1}", "Malformed (timestamp)");
        yield return Bad("{'timestamp': 1730386800033}", "MissingField (orderbook_units or trade_price)");
        yield return Bad("{'timestamp': 1730386800033, 'orderbook_units': 5}", "WrongType (orderbook_units)");
        yield return Bad("{'timestamp': 1730386800033, 'orderbook_units': []}", "MissingField (orderbook_units)");
        yield return Bad("{'timestamp': 1730386800033, 'orderbook_units': [1]}", "Malformed (orderbook_units)");
        yield return Bad("{'timestamp': [1], 'trade_price': 1}", "WrongType (Timestamp)");
        yield return Bad(Trade.Replace("101000.0", "0", System.StringComparison.Ordinal), "BadPrice (trade_price)");
        yield return Bad(Trade.Replace("101000.0", "-5", System.StringComparison.Ordinal), "BadPrice (trade_price)");
        yield return Bad(Trade.Replace("101000.0", "1e308", System.StringComparison.Ordinal), "Overflow (trade_price)");
        yield return Bad(Trade.Replace("101000.0", "1e12", System.StringComparison.Ordinal), "BadPrice (trade_price)");
        yield return Bad(Trade.Replace("101000.0", "0.00001", System.StringComparison.Ordinal), "OffScale (trade_price)");
        yield return Bad(Trade.Replace("101000.0", "nan", System.StringComparison.Ordinal), "Malformed (trade_price)");
        yield return Bad(Trade.Replace("7.523e-05", "0", System.StringComparison.Ordinal), "BadSize (trade_volume)");
        yield return Bad(Trade.Replace("7.523e-05", "-1", System.StringComparison.Ordinal), "BadSize (trade_volume)");
        yield return Bad(Trade.Replace("'ASK'", "'LONG'", System.StringComparison.Ordinal), "UnknownSide (ask_bid)");
        yield return Bad(Trade.Replace("'ASK'", "None", System.StringComparison.Ordinal), "MissingField (ask_bid)");
        yield return Bad(Trade.Replace("{'timestamp'", "{'code': 'KRW-NONE', 'timestamp'", System.StringComparison.Ordinal), "UnknownSymbol (KRW-NONE)");
        yield return Bad(Book.Replace("'ask_price': 102000.0", "'ask_price': 101000.0", System.StringComparison.Ordinal), "Unsorted (orderbook_units)");
        yield return Bad(Book.Replace("'bid_price': 99000.0", "'bid_price': 100500.0", System.StringComparison.Ordinal), "Unsorted (orderbook_units)");
        yield return Bad(Book.Replace("'ask_size': 1.5", "'ask_size': -1.5", System.StringComparison.Ordinal), "BadSize (ask_size)");
        yield return Bad(Book.Replace("'bid_price': 99000.0", "'bid_price': 0", System.StringComparison.Ordinal), "BadPrice (bid_price)");
        yield return Bad(Book.Replace("'bid_size': 0.25", "'bid_size': 0.123456789", System.StringComparison.Ordinal), "OffScale (bid_size)");
    }

    [TestCaseSource(nameof(BadLines))]
    public void Bad_line(string line, string expected)
    {
        string path = _recorded.Text("book.txt", Trade, line, Trade);
        ImportOptions options = Recorded.Options() with { QuarantineDirectory = _recorded.Folder };
        (ImportResult result, CollectingSink sink) = Recorded.Import(options, path);
        Assert.That((result.Lines, result.BadLines, sink.Records.Count), Is.EqualTo((3L, 1L, 2)));
        Assert.That(File.ReadAllText(path + ".quarantine"), Is.EqualTo($"2\t{expected}\t{line}\n"));
    }

    [Test]
    public void Bytes_of_another_encoding_make_the_line_bad()
    {
        byte[] latin = Encoding.Latin1.GetBytes(Trade.Replace("'ASK'", "'ASK', 'note': 'é'", System.StringComparison.Ordinal) + "\n");
        (ImportResult result, _) = Recorded.Import(Recorded.Options(), _recorded.Bytes("trades.txt", [.. latin, .. Encoding.UTF8.GetBytes(Trade)]));
        Assert.That(result.Reasons, Is.EqualTo(new Dictionary<BadLineReason, long> { [BadLineReason.WrongEncoding] = 1 }));
        Assert.That(result.Records, Is.EqualTo(1));
    }

    [Test]
    public void A_line_cut_at_any_byte_gives_no_record([Values(Book, Trade)] string line)
    {
        List<string> lines = [Trade];
        lines.AddRange(Enumerable.Range(1, line.Length - 1).Select(length => line[..length]));
        (ImportResult result, _) = Recorded.Import(Recorded.Options(), _recorded.Text("cut.txt", [.. lines]));
        Assert.That((result.Records, result.BadLines), Is.EqualTo((1L, lines.Count - 1L)));
    }

    [Test]
    public void Without_a_symbol_the_caller_is_told_to_name_it()
    {
        string path = _recorded.Text("book.txt", Trade);
        ImportException failure = Assert.Throws<ImportException>(() => Recorded.Import(Recorded.Options(symbol: null), path))!;
        Assert.That((failure.Problem, failure.Message), Is.EqualTo((ImportProblem.SymbolNeeded, $"{path}: the lines name no market; say which it is (--symbol).")));
        failure = Assert.Throws<ImportException>(() => Recorded.Import(Recorded.Options(symbol: "KRW-NONE"), path))!;
        Assert.That(failure.Message, Does.Contain("KRW-NONE").And.Contain("--tick"));
    }

    private CollectedEvent Only(string line) => Import(line).Events.Single();

    private CollectingSink Import(params string[] lines)
    {
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(), _recorded.Text("records.txt", lines));
        Assert.That(result.Reasons, Is.Empty);
        return sink;
    }

    private static TestCaseData Bad(string line, string reason) => new TestCaseData(line, reason).SetName($"Bad record: {reason} {line.Length} bytes");
}
