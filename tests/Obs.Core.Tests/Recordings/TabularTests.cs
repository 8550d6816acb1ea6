using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Recordings;
using Obs.Core.Recordings.Tabular;

namespace Obs.Core.Tests.Recordings;

/// <summary>CSV of records, trade lists, polled books.</summary>
internal sealed class TabularTests
{
    private Recorded _recorded = null!;

    [SetUp]
    public void SetUp() => _recorded = new Recorded();

    [TearDown]
    public void TearDown() => _recorded.Dispose();

    [TestCase("a,b,c", "a|b|c")]
    [TestCase("a,,", "a||")]
    [TestCase("", "")]
    [TestCase("\"a,b\",c", "a,b|c")]
    [TestCase("\"say \"\"hi\"\"\",x", "say \"hi\"|x")]
    [TestCase("\"\",b", "|b")]
    public void Cells(string line, string expected)
    {
        CsvRow row = new();
        string text = Encoding.UTF8.GetString(row.Split(Encoding.UTF8.GetBytes(line), (byte)','));
        Assert.That(string.Join('|', Enumerable.Range(0, row.Count).Select(index => text.Substring(row[index].Start, row[index].Length))), Is.EqualTo(expected));
    }

    [Test]
    public void A_quote_that_does_not_close_makes_the_row_unusable()
    {
        CsvRow row = new();
        row.Split("a,\"b"u8, (byte)',');
        Assert.That(row.Count, Is.EqualTo(-1));
    }

    [Test]
    public void Trades_come_with_their_columns_in_any_order()
    {
        CollectingSink sink = Import("code,ask_bid,timestamp,trade_volume,extra,trade_price", "KRW-ETH,BID,1730386800033,0.5,x,100.5", "KRW-ETH,ASK,1730386800034,1,,101");
        Assert.That(sink.Events.Select(static e => (e.ReceiveNs, e.Head.Price.Mantissa, e.Head.Size.Mantissa, e.Head.Aggressor)), Is.EqualTo(new[]
        {
            (1730386800033000000, 1_005_000L, 50_000_000L, Side.Bid),
            (1730386800034000000, 1_010_000L, 100_000_000L, Side.Ask),
        }));
    }

    [Test]
    public void Books_come_as_numbered_columns_or_as_one_literal()
    {
        CollectingSink numbered = Import(
            "timestamp,total_ask_size,total_bid_size,ask_price_1,bid_price_1,ask_size_1,bid_size_1,ask_price_2,bid_price_2,ask_size_2,bid_size_2",
            "1730386800033,3,4,101,100,1,2,102,,2,");
        CollectingSink literal = Import(
            "timestamp,total_ask_size,total_bid_size,orderbook_units",
            "1730386800033,3,4,\"[{'ask_price': 101.0, 'bid_price': 100.0, 'ask_size': 1.0, 'bid_size': 2.0}, {'ask_price': 102.0, 'ask_size': 2.0}]\"");
        CollectingSink json = Import(
            "timestamp,total_ask_size,total_bid_size,orderbook_units",
            "1730386800033,3,4,\"[{\"\"ask_price\"\":101,\"\"bid_price\"\":100,\"\"ask_size\"\":1,\"\"bid_size\"\":2},{\"\"ask_price\"\":102,\"\"ask_size\"\":2}]\"");
        CollectedEvent expected = numbered.Events.Single();
        Assert.That((expected.Bids, expected.Asks), Is.EqualTo((new[] { (1_000_000L, 200_000_000L) }, new[] { (1_010_000L, 100_000_000L), (1_020_000L, 200_000_000L) })));
        foreach (CollectedEvent other in new[] { literal.Events.Single(), json.Events.Single() })
            Assert.That((other.Head, other.Levels), Is.EqualTo((expected.Head, expected.Levels)));
    }

    [Test]
    public void A_row_of_another_width_is_bad()
    {
        (ImportResult result, _) = Recorded.Import(Recorded.Options(), _recorded.Text("t.csv", "timestamp,trade_price,trade_volume,ask_bid", "1730386800033,1,1", "1730386800033,1,1,BID,1", "1730386800033,1,1,\"BID"));
        Assert.That((result.Records, result.Reasons[BadLineReason.ColumnCount], result.Reasons[BadLineReason.Malformed]), Is.EqualTo((0L, 2L, 1L)));
    }

    [Test]
    public void A_file_without_a_time_column_is_refused()
    {
        ImportException failure = Assert.Throws<ImportException>(() => Recorded.Import(Recorded.Options(), _recorded.Text("t.csv", "trade_price,trade_volume", "1,1")))!;
        Assert.That((failure.Problem, failure.Line), Is.EqualTo((ImportProblem.NotSupported, 1L)));
    }

    [Test]
    public void Trades_of_one_second_are_put_in_the_order_of_their_ids_and_take_the_ids_clock()
    {
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(), _recorded.Text("t.csv",
            "trade_price,trade_volume,ask_bid,sequential_id,timestamp",
            "22605000.0,0.5,1,1669368641064011,2022-11-25 09:30:41",
            "22605000.0,0.5,0,1669368641064010,2022-11-25 09:30:41",
            "22605000.0,0.5,1,1669368642000000,2022-11-25 09:30:42",
            "22605000.0,0.5,1,1669368641999000,2022-11-25 09:30:42"));
        Assert.That(sink.Events.Select(static e => (e.Head.LastUpdateId, e.ReceiveNs, e.Head.Aggressor)), Is.EqualTo(new[]
        {
            (1669368641064010, 1669368641064000000, Side.Bid),
            (1669368641064011, 1669368641064000000, Side.Ask),
            (1669368641999000, 1669368642000000000, Side.Ask),
            (1669368642000000, 1669368642000000000, Side.Ask),
        }), "an id whose time lies outside the row's second keeps the second");
        Assert.That(result.Notes, Has.Some.Contains("text times are UTC"));
    }

    [Test]
    public void Text_times_that_the_ids_call_korean_stay_korean()
    {
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(), _recorded.Text("t.csv",
            "trade_price,trade_volume,ask_bid,sequential_id,timestamp", "22605000.0,0.5,1,1669368641064011,2022-11-25 18:30:41"));
        Assert.That((sink.Events.Single().ReceiveNs, result.Notes.Count), Is.EqualTo((1669368641064000000, 0)));
    }

    [Test]
    public void Ids_without_a_clock_leave_the_second_as_it_is()
    {
        CollectingSink sink = Import("trade_price,trade_volume,ask_bid,sequential_id,timestamp", "1,0.5,1,7,2022-11-25 18:30:41", "1,0.5,1,6,2022-11-25 18:30:41");
        Assert.That(sink.Events.Select(static e => (e.Head.LastUpdateId, e.ReceiveNs)), Is.EqualTo(new[] { (6L, 1669368641000000000), (7L, 1669368641000000000) }));
    }

    [TestCase(true, "agree (tick rule)")]
    [TestCase(false, "disagree")]
    public void The_tick_rule_speaks_for_or_against_the_coding(bool buyersLift, string expected)
    {
        string[] rows = [.. Enumerable.Range(0, 300).Select(i => $"{100 + i % 2},1,{((i % 2 == 1) == buyersLift ? 0 : 1)},{1730386800033 + i}")];
        (ImportResult result, _) = Recorded.Import(Recorded.Options(), _recorded.Text("t.csv", ["trade_price,trade_volume,ask_bid,timestamp", .. rows]));
        Assert.That(result.Notes, Has.One.Contains(expected));
    }

    [Test]
    public void Polled_books_are_grouped_by_time_and_sorted_best_first([Values(",", "|")] string separator, [Values] bool header)
    {
        string[] rows =
        [
            "price,quantity,type,timestamp",
            "2661000,19.5,0,2022-05-18 00:00:00.002936", "2662000,0.5,0,2022-05-18 00:00:00.002936", "2665000,1,1,2022-05-18 00:00:00.002936", "2664000,2,1,2022-05-18 00:00:00.002936",
            "2662000,0.7,0,2022-05-18 00:00:01.174414", "2664000,3,1,2022-05-18 00:00:01.174414",
        ];
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(), _recorded.Text("b.csv", [.. rows.Skip(header ? 0 : 1).Select(row => row.Replace(",", separator, System.StringComparison.Ordinal))]));
        Assert.That((result.Lines, result.Records, result.BadLines), Is.EqualTo((6L, 2L, 0L)));
        CollectedEvent first = sink.Events[0];
        Assert.That(first.Bids, Is.EqualTo(new[] { (26_620_000_000L, 50_000_000L), (26_610_000_000L, 1_950_000_000L) }));
        Assert.That(first.Asks, Is.EqualTo(new[] { (26_640_000_000L, 200_000_000L), (26_650_000_000L, 100_000_000L) }));
        Assert.That((first.ReceiveNs, first.Head.Flags, first.Head.Kind), Is.EqualTo((1652799600002936000, MarketEventFlags.Unsequenced, MarketEventKind.FullBook)));
    }

    [Test]
    public void The_zone_of_text_times_is_an_option()
    {
        string path = _recorded.Text("b.csv", "2662000,0.5,0,2022-05-18 00:00:00.002936");
        (_, CollectingSink sink) = Recorded.Import(Recorded.Options() with { UtcOffsetMinutes = 0 }, path);
        Assert.That(sink.Events.Single().ReceiveNs, Is.EqualTo(1652832000002936000));
    }

    [TestCase("2661000,x,0,2022-05-18 00:00:01", BadLineReason.Malformed)]
    [TestCase("2661000,1,2,2022-05-18 00:00:01", BadLineReason.UnknownSide)]
    [TestCase("2661000,-1,0,2022-05-18 00:00:01", BadLineReason.BadSize)]
    [TestCase("0,1,0,2022-05-18 00:00:01", BadLineReason.BadPrice)]
    [TestCase("2661000,1,0", BadLineReason.ColumnCount)]
    [TestCase("2661000,1,0,soon", BadLineReason.NoTime)]
    [TestCase("2662000,1,0,2022-05-18 00:00:01", BadLineReason.Unsorted)]
    public void A_bad_line_spoils_its_book_and_no_other(string bad, BadLineReason expected)
    {
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(), _recorded.Text("b.csv",
            "2662000,0.5,0,2022-05-18 00:00:00", "2662000,0.6,0,2022-05-18 00:00:01", bad, "2664000,1,1,2022-05-18 00:00:01", "2662000,0.7,0,2022-05-18 00:00:02"));
        Assert.That(result.Reasons, Is.EqualTo(new System.Collections.Generic.Dictionary<BadLineReason, long> { [expected] = 1 }));
        Assert.That(sink.Events.Select(static e => e.Bids[0].Size), Is.EqualTo(new[] { 50_000_000L, 70_000_000L }));
        Assert.That(result.Notes, Has.One.Contains("1 books were left out"));
    }

    private CollectingSink Import(params string[] lines)
    {
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(), _recorded.Text("records.csv", lines));
        Assert.That(result.Reasons, Is.Empty);
        return sink;
    }
}
