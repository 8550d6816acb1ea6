using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>Whole recordings through decoder, synchronisation and book, against what an independent exact-decimal program found.</summary>
[TestFixture]
internal sealed class ExpectedBooksTests
{
    [TestCase("nexousdt_spot_first24h", VenueId.BinanceSpot, "NEXOUSDT", 12_198)]
    [TestCase("btcusdt_spot_0808_0809", VenueId.BinanceSpot, "BTCUSDT", 1_072)]
    [TestCase("btcusdt_usdm_0718_0719", VenueId.BinanceUsdm, "BTCUSDT", 625)]
    [TestCase("btcusdt_usdm_0808", VenueId.BinanceUsdm, "BTCUSDT", 629)]
    public void A_recorded_market_ends_as_expected_and_agrees_with_the_venues_own_top(string stream, VenueId venue, string symbol, int comparedTickers)
    {
        JsonElement expected = Expected(stream);
        RecordedMarket<LadderBook> run = Run(expected, venue, symbol);
        MarketBook<LadderBook> book = run.Books.Single().Value;
        TestContext.Out.WriteLine($"{stream}: {book.Tickers.Matches} bookTickers equal, {book.Tickers.Mismatches} different, {book.Counters.Applied} rows");
        Assert.Multiple(() =>
        {
            Assert.That((run.Frames, run.Rejected), Is.EqualTo((expected.GetProperty("frames").GetInt32(), 0)));
            Assert.That(book.Counters.Applied, Is.EqualTo(expected.GetProperty("applied").GetInt64()));
            Assert.That(book.Counters.Dropped(DropReason.InSnapshot), Is.EqualTo(expected.GetProperty("dropped_before_snapshot").GetInt64()));
            Assert.That(run.AppliedLevels, Is.EqualTo(expected.GetProperty("applied_level_changes").GetInt32()));
            Assert.That(book.Counters.Trades, Is.EqualTo(expected.GetProperty("trades").GetInt64()));
            Assert.That((book.Counters.Snapshots, book.Counters.Resyncs, run.RowsNotSynced), Is.EqualTo((1L, 0L, 0)));
            Assert.That(book.LastUpdateId, Is.EqualTo(expected.GetProperty("final_update_id").GetInt64()));
            Assert.That((book.Book.Count(Side.Bid), book.Book.Count(Side.Ask)), Is.EqualTo((expected.GetProperty("final_bid_levels").GetInt32(), expected.GetProperty("final_ask_levels").GetInt32())));
            Assert.That(Top(run, 'b'), Is.EqualTo(Top(expected, "final_top3_bids")));
            Assert.That(Top(run, 'a'), Is.EqualTo(Top(expected, "final_top3_asks")));
            Assert.That(run.Sha256(0), Is.EqualTo(expected.GetProperty("final_book_sha256").GetString()));
            Assert.That(book.Book.StateHash, Is.EqualTo(RecomputedHash.Of(book.Book)));
            Assert.That((book.Tickers.Matches, book.Tickers.Mismatches), Is.EqualTo(((long)comparedTickers, 0L)), "a check that compares nothing proves nothing");
        });
    }

    [Test]
    public void The_depth_book_ends_with_the_same_levels()
    {
        JsonElement expected = Expected("btcusdt_usdm_0718_0719");
        RecordedMarket<DepthBook> run = Run<DepthBook>(expected, VenueId.BinanceUsdm, "BTCUSDT");
        Assert.That(run.Sha256(0), Is.EqualTo(expected.GetProperty("final_book_sha256").GetString()));
    }

    [Test]
    public void A_book_that_misses_one_side_is_noticed_by_the_ticker_check()
    {
        JsonElement expected = Expected("nexousdt_spot_first24h");
        RecordedMarket<LadderBook> run = new(VenueId.BinanceSpot, "NEXOUSDT");
        int rows = 0;
        run.AfterRow = (book, _) =>
        {
            if (++rows == 500)
                book.Book.Set(Side.Bid, book.Book.Best(Side.Bid), new Size(1));
        };
        foreach (JsonElement file in expected.GetProperty("files").EnumerateArray())
            run.Run("data/" + file.GetString());
        Assert.That(run.Books[0].Tickers.Mismatches, Is.Positive, "the control case must fail");
    }

    [Test]
    public void Every_upbit_book_equals_the_frame_that_made_it_and_none_is_suspect()
    {
        RecordedMarket<DepthBook> run = new(VenueId.Upbit, "KRW-BTC");
        int rows = 0;
        run.AfterRow = (book, frame) =>
        {
            rows++;
            Assert.That((book.Book.Count(Side.Bid), book.Book.Count(Side.Ask)), Is.EqualTo((frame.BidCount, frame.AskCount)));
            Assert.That(Sum(book.Book, Side.Bid), Is.EqualTo(frame.TotalBidSize).Within(1e-6), "the venue states its sums");
            Assert.That(Sum(book.Book, Side.Ask), Is.EqualTo(frame.TotalAskSize).Within(1e-6));
        };
        run.Run("data/upbit/upbit_10markets_20210405.frames.gz");
        Assert.That((rows, run.Rejected, run.RowsNotSynced), Is.EqualTo((1_061, 0, 0)));
        Assert.That(run.Books.Values.Sum(b => b.Counters.Trades), Is.EqualTo(672));
        Assert.That(run.Books.Values.Sum(b => b.Counters.Dropped(DropReason.OlderVenueTime)), Is.Zero);
        foreach (MarketBook<DepthBook> book in run.Books.Values)
            Assert.That(book.Book.StateHash, Is.EqualTo(RecomputedHash.Of(book.Book)));
    }

    private static double Sum(DepthBook book, Side side) => book.ViewAll(side, []).ToArray().Sum(l => l.Size.Mantissa) / 1e8;

    private static JsonElement Expected(string stream)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("data/binance/EXPECTED.json")));
        return document.RootElement.GetProperty("streams").GetProperty(stream).Clone();
    }

    private static RecordedMarket<LadderBook> Run(JsonElement expected, VenueId venue, string symbol) => Run<LadderBook>(expected, venue, symbol);

    private static RecordedMarket<TBook> Run<TBook>(JsonElement expected, VenueId venue, string symbol)
        where TBook : struct, IOrderBook<TBook>
    {
        RecordedMarket<TBook> run = new(venue, symbol);
        foreach (JsonElement file in expected.GetProperty("files").EnumerateArray())
            run.Run("data/" + file.GetString());
        return run;
    }

    private static string[] Top(RecordedMarket<LadderBook> run, char side) =>
        [.. run.Text(0).Split('\n').Where(l => l.StartsWith(side)).Take(3).Select(l => l[2..])];

    private static string[] Top(JsonElement expected, string name) =>
        [.. expected.GetProperty(name).EnumerateArray().Select(l => string.Create(CultureInfo.InvariantCulture, $"{l[0].GetString()} {l[1].GetString()}"))];
}
