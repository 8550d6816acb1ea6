using System.Globalization;
using System.IO;
using System.Text.Json;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Tests.Market.Text;

namespace Obs.Core.Tests.Market.Binance;

/// <summary>Recorded frames against counts and sums that an independent exact-decimal program found (EXPECTED.json).</summary>
[TestFixture]
public sealed class BinanceRecordingTests
{
    private const int CheckEvery = 16;

    [TestCase("nexousdt_spot_first24h", VenueId.BinanceSpot, "NEXOUSDT")]
    [TestCase("btcusdt_spot_0808_0809", VenueId.BinanceSpot, "BTCUSDT")]
    [TestCase("btcusdt_usdm_0718_0719", VenueId.BinanceUsdm, "BTCUSDT")]
    [TestCase("btcusdt_usdm_0808", VenueId.BinanceUsdm, "BTCUSDT")]
    public void Every_frame_decodes_and_the_counts_are_as_expected(string stream, object venue, string symbol)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("data/binance/EXPECTED.json")));
        JsonElement expected = document.RootElement.GetProperty("streams").GetProperty(stream);
        StreamCounts counts = new(new FuzzedBinance((VenueId)venue, symbol));
        foreach (JsonElement file in expected.GetProperty("files").EnumerateArray())
        {
            foreach (byte[] frame in RecordedFrames.Read(SharedData.Path("data/" + file.GetString())))
                counts.Add(frame);
        }
        // every frame but the snapshot with spaces takes the fast path; the first of a market teaches it the symbol
        Assert.That(counts.General, Is.LessThanOrEqualTo(2));
        Assert.That((counts.Snapshots, counts.Others), Is.EqualTo((1, 0)));
        Assert.That(counts.Diffs, Is.EqualTo(expected.GetProperty("depth_events").GetInt32()));
        Assert.That(counts.BookTickers, Is.EqualTo(expected.GetProperty("book_tickers").GetInt32()));
        Assert.That(counts.Trades, Is.EqualTo(expected.GetProperty("trades").GetInt32()));
        Assert.That(counts.TakerBuys, Is.EqualTo(expected.GetProperty("taker_buys").GetInt32()));
        Assert.That(counts.SizeSum, Is.EqualTo(Number(expected, "trade_qty_sum")));
        Assert.That(counts.ValueSum, Is.EqualTo(Number(expected, "trade_notional_sum")));
    }

    [Test]
    public void A_count_notices_a_missing_trade()
    {
        StreamCounts counts = new(new FuzzedBinance(VenueId.BinanceSpot));
        counts.Add(BinanceFrames.Bytes(BinanceFrames.SpotTrade));
        counts.Add(BinanceFrames.Bytes(BinanceFrames.SpotTicker));
        Assert.That((counts.Trades, counts.BookTickers, counts.TakerBuys, counts.SizeSum, counts.ValueSum), Is.EqualTo((1, 1, 0, 0.02m, 1236.7526m)));
    }

    private static decimal Number(JsonElement from, string name) => decimal.Parse(from.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    /// <summary>Counts and sums of a stream; every so many frames are checked on both paths and by the oracle.</summary>
    private sealed class StreamCounts(FuzzedBinance venue)
    {
        private readonly BookLevel[] _levels = new BookLevel[16_384];
        private readonly DecoderFuzzer _checker = new(venue);
        private int _frames;

        public int Diffs { get; private set; }

        public int BookTickers { get; private set; }

        public int Trades { get; private set; }

        public int Snapshots { get; private set; }

        public int Others { get; private set; }

        public int TakerBuys { get; private set; }

        public int General { get; private set; }

        public decimal SizeSum { get; private set; }

        public decimal ValueSum { get; private set; }

        public void Add(byte[] frame)
        {
            MarketEvent e = default;
            General += venue.TakesFastPath(frame, _levels) ? 0 : 1;
            Assert.That(venue.Decode(frame, _levels, ref e), Is.EqualTo(DecodeStatus.Ok));
            if (_frames++ % CheckEvery == 0)
                Assert.That(_checker.Fault(frame), Is.Null);
            Diffs += e.Kind == MarketEventKind.Diff ? 1 : 0;
            BookTickers += e.Kind == MarketEventKind.BookTicker ? 1 : 0;
            Snapshots += e.Kind == MarketEventKind.Snapshot ? 1 : 0;
            Others += e.Kind == MarketEventKind.Other ? 1 : 0;
            if (e.Kind != MarketEventKind.Trade)
                return;
            Instrument market = venue.Registry[e.Instrument];
            Trades++;
            TakerBuys += e.Aggressor == Side.Bid ? 1 : 0;
            SizeSum += market.ToDecimal(e.Size);
            ValueSum += market.ToDecimal(e.Price) * market.ToDecimal(e.Size);
        }
    }
}
