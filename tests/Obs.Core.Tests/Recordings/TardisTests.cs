using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>Tardis CSV. Rows are made up; the headers are the real ones.</summary>
internal sealed class TardisTests
{
    private const string BookHeader = "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount";
    private const string TradeHeader = "exchange,symbol,timestamp,local_timestamp,id,side,price,amount";
    private Recorded _recorded = null!;

    [SetUp]
    public void SetUp() => _recorded = new Recorded();

    [TearDown]
    public void TearDown() => _recorded.Dispose();

    [Test]
    public void Rows_of_one_local_time_are_one_diff_and_a_snapshot_clears_first()
    {
        CollectingSink sink = Import(BookHeader,
            Book("1760000000123000", "1760000000131456", "true", "bid", "50000", "12"),
            Book("1760000000123000", "1760000000131456", "true", "ask", "50000.5", "3"),
            Book("1760000000124000", "1760000000131999", "true", "ask", "50001", "4"),
            Book("1760000000223000", "1760000000230111", "false", "bid", "50000", "0"),
            Book("1760000000223000", "1760000000230111", "false", "ask", "50000.5", "7"),
            Book("1760000000323000", "1760000000330111", "true", "bid", "49999", "1"));
        Assert.That(sink.Events.Select(static e => (e.ReceiveNs, e.Head.VenueNs, e.Bids.Length, e.Asks.Length, e.Head.Flags)), Is.EqualTo(new[]
        {
            (1760000000131456000, 1760000000123000000, 1, 1, MarketEventFlags.Unsequenced | MarketEventFlags.ClearFirst),
            (1760000000131999000, 1760000000124000000, 0, 1, MarketEventFlags.Unsequenced),
            (1760000000230111000, 1760000000223000000, 1, 1, MarketEventFlags.Unsequenced),
            (1760000000330111000, 1760000000323000000, 1, 0, MarketEventFlags.Unsequenced | MarketEventFlags.ClearFirst),
        }));
        Assert.That((sink.Events[2].Bids[0], sink.Events[2].Asks[0]), Is.EqualTo(((500_000L, 0L), (500_005L, 7L))));
        Assert.That(sink.Events.All(static e => e.Head.Kind == MarketEventKind.Diff), Is.True);
    }

    [Test]
    public void Rows_before_the_first_snapshot_are_passed_over()
    {
        (ImportResult result, CollectingSink sink) = Run(null, BookHeader,
            Book("1760000000123000", "1760000000131456", "false", "bid", "50000", "12"),
            Book("1760000000223000", "1760000000230111", "true", "bid", "50000", "1"),
            Book("1760000000223000", "1760000000230112", "false", "bid", "50000", "2"));
        Assert.That((result.Lines, result.Skipped, sink.Records.Count), Is.EqualTo((3L, 1L, 2)));
        Assert.That(result.Notes, Has.One.Contains("1 rows before the first snapshot"));
    }

    [Test]
    public void A_snapshot_and_a_change_of_one_local_time_stay_apart()
    {
        CollectingSink sink = Import(BookHeader,
            Book("1760000000123000", "1760000000131456", "true", "bid", "50000", "12"),
            Book("1760000000123000", "1760000000131456", "false", "bid", "50000", "13"));
        Assert.That(sink.Events.Select(static e => e.Head.Flags.HasFlag(MarketEventFlags.ClearFirst)), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void A_snapshot_larger_than_an_event_is_split_and_clears_once()
    {
        string[] rows = [.. Enumerable.Range(1, LevelBuffer.MostLevels + 1).Select(price => Book("1760000000123000", "1760000000131456", "true", "bid", $"{price}", "1"))];
        CollectingSink sink = Import([BookHeader, .. rows]);
        Assert.That(sink.Events.Select(static e => (e.Head.BidCount, e.Head.Flags.HasFlag(MarketEventFlags.ClearFirst))), Is.EqualTo(new[] { (LevelBuffer.MostLevels, true), (1, false) }));
    }

    [Test]
    public void The_book_restated_at_the_head_of_the_next_day_is_a_diff_and_no_resynchronisation()
    {
        string first = _recorded.Text("day1.csv", BookHeader,
            Book("1760000000123000", "1760000000131456", "true", "bid", "50000", "12"),
            Book("1760000000123000", "1760000000131456", "true", "ask", "50001", "3"),
            Book("1760000000223000", "1760000000230111", "false", "bid", "49999", "5"));
        string second = _recorded.Text("day2.csv", BookHeader,
            Book("1760000000323000", "1760000000330111", "true", "bid", "50000", "9"),
            Book("1760000000323000", "1760000000330111", "true", "ask", "50002", "4"),
            Book("1760000000423000", "1760000000430111", "false", "ask", "50002", "5"));
        (_, CollectingSink sink) = Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, null), first, second);
        Assert.That(sink.Events.Select(static e => e.Head.Flags.HasFlag(MarketEventFlags.ClearFirst)), Is.EqualTo(new[] { true, false, false, false }));
        Assert.That(sink.Events[2].Bids, Is.EqualTo(new[] { (500_000L, 9L), (499_990L, 0L) }), "what the restated book lacks is removed");
        Assert.That(sink.Events[2].Asks, Is.EqualTo(new[] { (500_020L, 4L), (500_010L, 0L) }));
        (_, CollectingSink alone) = Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, null), second);
        Assert.That(alone.Events[0].Head.Flags.HasFlag(MarketEventFlags.ClearFirst), Is.True, "the control: a day of its own begins with a clear");
    }

    [Test]
    public void A_restated_book_behind_a_larger_one_than_fits_an_event_is_split()
    {
        string[] large = [.. Enumerable.Range(1, LevelBuffer.MostLevels).Select(price => Book("1760000000123000", "1760000000131456", "true", "bid", $"{price}", "1"))];
        string first = _recorded.Text("day1.csv", [BookHeader, .. large]);
        string second = _recorded.Text("day2.csv", BookHeader, Book("1760000000323000", "1760000000330111", "true", "bid", "1", "2"), Book("1760000000323000", "1760000000330111", "true", "ask", "90000", "2"));
        (_, CollectingSink sink) = Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, null), first, second);
        Assert.That(sink.Events.Select(static e => (e.Bids.Length, e.Asks.Length)), Is.EqualTo(new[] { (LevelBuffer.MostLevels, 0), (LevelBuffer.MostLevels - 1, 1), (1, 0) }));
    }

    [Test]
    public void A_symbol_picks_its_rows_out_of_a_grouped_file()
    {
        string other = Book("1760000000123000", "1760000000131456", "true", "bid", "1", "1").Replace("BTC-PERPETUAL", "ETH-PERPETUAL", System.StringComparison.Ordinal);
        (ImportResult result, CollectingSink sink) = Run("BTC-PERPETUAL", BookHeader, Book("1760000000123000", "1760000000131456", "true", "bid", "50000", "12"), other);
        Assert.That((result.Skipped, result.BadLines, sink.Records.Count), Is.EqualTo((1L, 0L, 1)));
        (result, _) = Run(null, BookHeader, other);
        Assert.That(result.Reasons[BadLineReason.UnknownSymbol], Is.EqualTo(1), "nobody described that market");
    }

    [Test]
    public void Known_exchanges_bring_their_own_venue()
    {
        CollectingSink sink = Import(TradeHeader,
            "binance,BTCUSDT,1760000000123000,1760000000131456,1,buy,50000.01,0.00001",
            "binance-futures,BTCUSDT,1760000000123000,1760000000131457,1,buy,50000.1,0.001",
            "upbit,KRW-BTC,1760000000123000,1760000000131458,1,buy,50000,0.001");
        Assert.That(sink.Configurations[^1].Configuration.Instruments.Select(static i => (i.Venue, i.Symbol)), Is.EqualTo(new[]
        {
            (VenueId.BinanceSpot, "BTCUSDT"), (VenueId.BinanceUsdm, "BTCUSDT"), (VenueId.Upbit, "KRW-BTC"),
        }));
    }

    [Test]
    public void Trades_keep_number_ids_and_the_takers_side()
    {
        CollectingSink sink = Import(TradeHeader,
            "bitmex,XBTUSD,1583020803145000,1583020803307160,ccc3c1fa-212c-e8b0-1706-9b9c4f3d5ecf,sell,8531.5,2152",
            "bitmex,XBTUSD,1583020803145000,1583020803307161,42,buy,8532,1",
            "bitmex,XBTUSD,1583020803145000,1583020803307162,,unknown,8531,1",
            "bitmex,XBTUSD,1583020803145000,1583020803307163,,unknown,8531,1",
            "bitmex,XBTUSD,1583020803145000,1583020803307164,,unknown,8533.5,1");
        Assert.That(sink.Events.Select(static e => (e.Head.Aggressor, e.Head.LastUpdateId, e.Head.Price.Mantissa)), Is.EqualTo(new[]
        {
            (Side.Ask, 0L, 85_315L), (Side.Bid, 42L, 85_320L), (Side.Ask, 0L, 85_310L), (Side.Ask, 0L, 85_310L), (Side.Bid, 0L, 85_335L),
        }));
    }

    [Test]
    public void Snapshot_rows_are_whole_books_with_ask_before_bid()
    {
        const string header = "exchange,symbol,timestamp,local_timestamp,asks[0].price,asks[0].amount,bids[0].price,bids[0].amount,asks[1].price,asks[1].amount,bids[1].price,bids[1].amount";
        CollectingSink sink = Import(header,
            "binance-futures,BTCUSDT,1760000000123000,1760000000131456,100.5,1,100,2,101,3,,",
            "binance-futures,BTCUSDT,1760000000123000,1760000000131457,100.5,1,100,2,101,3,99,1",
            "binance-futures,BTCUSDT,1760000000131458,1760000000131458,100.5,1,100,2,101,3,99,1");
        Assert.That((sink.Events[0].Bids, sink.Events[0].Asks), Is.EqualTo((new[] { (10_000L, 2_000L) }, new[] { (10_050L, 1_000L), (10_100L, 3_000L) })));
        Assert.That(sink.Events.Select(static e => e.Head.Flags), Is.EqualTo(new[] { MarketEventFlags.None, MarketEventFlags.None, MarketEventFlags.Unsequenced }), "a venue time that is the local one vouches for nothing");
    }

    [TestCase(TradeHeader, "bitmex,XBTUSD,1583020803145000,1583020803307160,1,short,8531.5,1", BadLineReason.UnknownSide)]
    [TestCase(TradeHeader, "bitmex,XBTUSD,1583020803145000,1583020803307160,1,buy,8531.5,0", BadLineReason.BadSize)]
    [TestCase(TradeHeader, "bitmex,XBTUSD,1583020803145000,1583020803307160,1,buy,8531.55,1", BadLineReason.OffScale)]
    [TestCase(TradeHeader, "bitmex,XBTUSD,1583020803145000,1583020803,1,buy,8531.5,1", BadLineReason.TimeUnitUnknown)]
    [TestCase(TradeHeader, "bitmex,XBTUSD,,1583020803307160,1,buy,8531.5,1", BadLineReason.MissingField)]
    [TestCase(TradeHeader, "bitmex,,1583020803145000,1583020803307160,1,buy,8531.5,1", BadLineReason.MissingField)]
    [TestCase(TradeHeader, "bitmex,XBTUSD,1583020803145000", BadLineReason.ColumnCount)]
    [TestCase(BookHeader, "deribit,BTC-PERPETUAL,1583020803145000,1583020803307160,maybe,bid,1,1", BadLineReason.WrongType)]
    [TestCase(BookHeader, "deribit,BTC-PERPETUAL,1583020803145000,1583020803307160,true,buy,1,1", BadLineReason.UnknownSide)]
    [TestCase(BookHeader, "deribit,BTC-PERPETUAL,1583020803145000,1583020803307160,true,bid,1,-1", BadLineReason.BadSize)]
    [TestCase(BookHeader, "deribit,BTC-PERPETUAL,1583020803145000,1583020803307160,true,bid,0,1", BadLineReason.BadPrice)]
    public void Bad_row(string header, string row, BadLineReason expected)
    {
        (ImportResult result, CollectingSink sink) = Run(null, header, row);
        Assert.That((result.Reasons.Single().Key, sink.Records.Count), Is.EqualTo((expected, 0)));
    }

    [TestCase("exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount", "t.csv", "quotes")]
    [TestCase("exchange,symbol,timestamp,local_timestamp,funding_timestamp,funding_rate,predicted_funding_rate,open_interest,last_price,index_price,mark_price", "t.csv", "derivative ticker")]
    [TestCase("exchange,symbol,timestamp,local_timestamp,type,strike_price,expiration", "t.csv", "options chain")]
    [TestCase(TradeHeader, "deribit_liquidations_2024.csv", "liquidations")]
    [TestCase("exchange,symbol,timestamp,local_timestamp,foo", "t.csv", "not known")]
    public void Other_tables_are_refused_with_what_to_take_instead(string header, string name, string expected)
    {
        ImportException failure = Assert.Throws<ImportException>(() => Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, null), _recorded.Text(name, header, "x")))!;
        Assert.That((failure.Problem, failure.Line), Is.EqualTo((ImportProblem.NotSupported, 1L)));
        Assert.That(failure.Message, Does.Contain(expected).And.Contain("incremental_book_L2"));
    }

    private static string Book(string venueTime, string localTime, string snapshot, string side, string price, string amount) =>
        $"deribit,BTC-PERPETUAL,{venueTime},{localTime},{snapshot},{side},{price},{amount}";

    private (ImportResult Result, CollectingSink Sink) Run(string? symbol, params string[] lines) =>
        Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, symbol), _recorded.Text("t.csv", lines));

    private CollectingSink Import(params string[] lines)
    {
        (ImportResult result, CollectingSink sink) = Run(null, lines);
        Assert.That(result.Reasons, Is.Empty);
        return sink;
    }
}
