using System;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Tests.Market.Text;

namespace Obs.Core.Tests.Market.Binance;

[TestFixture]
public sealed class BinanceDecoderTests
{
    private const long Ms = 1_000_000;

    private readonly BookLevel[] _levels = new BookLevel[16_384];

    [Test]
    public void A_spot_diff_gives_its_levels_as_sent()
    {
        DecodedFrame frame = Decode(VenueId.BinanceSpot, BinanceFrames.SpotDiff);
        Assert.That(frame.Event.Kind, Is.EqualTo(MarketEventKind.Diff));
        Assert.That((frame.Event.FirstUpdateId, frame.Event.LastUpdateId, frame.Event.PreviousUpdateId), Is.EqualTo((1001L, 1005L, 0L)));
        Assert.That((frame.Event.VenueNs, frame.Event.MatchNs), Is.EqualTo((1760000000123 * Ms, 1760000000123 * Ms)));
        Assert.That((frame.Event.BidCount, frame.Event.AskCount), Is.EqualTo((2, 1)));
        Assert.That(frame.Levels, Is.EqualTo(new[] { Level(5000010, 500000), Level(4999900, 0), Level(5000020, 1250000) }));
        Assert.That(frame.Event.TotalBidSize, Is.NaN);
    }

    [Test]
    public void A_futures_diff_has_a_match_time_and_the_update_before()
    {
        DecodedFrame frame = Decode(VenueId.BinanceUsdm, BinanceFrames.UsdmDiff);
        Assert.That((frame.Event.FirstUpdateId, frame.Event.LastUpdateId, frame.Event.PreviousUpdateId), Is.EqualTo((5001L, 5040L, 4999L)));
        Assert.That((frame.Event.VenueNs, frame.Event.MatchNs), Is.EqualTo((1760000000130 * Ms, 1760000000121 * Ms)));
        Assert.That(frame.Levels, Is.EqualTo(new[] { Level(500001, 3200), Level(490000, 12004), Level(500002, 0) }));
    }

    [Test]
    public void A_book_ticker_gives_bid_and_ask([Values] bool futures)
    {
        DecodedFrame frame = futures
            ? Decode(VenueId.BinanceUsdm, BinanceFrames.UsdmTicker) : Decode(VenueId.BinanceSpot, BinanceFrames.SpotTicker);
        Assert.That(frame.Event.Kind, Is.EqualTo(MarketEventKind.BookTicker));
        Assert.That(frame.Event.LastUpdateId, Is.EqualTo(futures ? 5123107839020 : 1005));
        Assert.That((frame.Event.VenueNs, frame.Event.MatchNs), Is.EqualTo(futures ? (1760000256314 * Ms, 1760000256313 * Ms) : (0L, 0L)));
        Assert.That(frame.Levels, Is.EqualTo(futures ? new[] { Level(618002, 2507), Level(618003, 2510) } : [Level(5000010, 500000), Level(5000020, 1250000)]));
    }

    [Test]
    public void A_trade_names_the_takers_side()
    {
        DecodedFrame spot = Decode(VenueId.BinanceSpot, BinanceFrames.SpotTrade), futures = Decode(VenueId.BinanceUsdm, BinanceFrames.UsdmTrade);
        Assert.That((spot.Event.Price.Mantissa, spot.Event.Size.Mantissa, spot.Event.Aggressor, spot.Event.LastUpdateId), Is.EqualTo((6183763L, 20000L, Side.Ask, 3735683259L)));
        Assert.That((spot.Event.VenueNs, spot.Event.MatchNs), Is.EqualTo((1760000000343 * Ms, 1760000000342 * Ms)));
        Assert.That((futures.Event.Price.Mantissa, futures.Event.Size.Mantissa, futures.Event.Aggressor, futures.Event.Flags), Is.EqualTo((639439L, 3L, Side.Ask, MarketEventFlags.None)));
    }

    [Test]
    public void An_aggregated_trade_is_flagged([Values] bool futures)
    {
        DecodedFrame frame = futures
            ? Decode(VenueId.BinanceUsdm, BinanceFrames.UsdmAggTrade) : Decode(VenueId.BinanceSpot, BinanceFrames.SpotAggTrade);
        Assert.That((frame.Event.Kind, frame.Event.Flags, frame.Event.Aggressor), Is.EqualTo((MarketEventKind.Trade, MarketEventFlags.AggregatedTrade, Side.Bid)));
    }

    [Test]
    public void A_snapshot_belongs_to_the_default_instrument()
    {
        FuzzedBinance venue = new(VenueId.BinanceUsdm);
        MarketEvent e = default;
        byte[] frame = BinanceFrames.Bytes(BinanceFrames.UsdmSnapshot);
        Assert.That(venue.Decode(frame, _levels, ref e), Is.EqualTo(DecodeStatus.Ok));
        Assert.That((e.Kind, e.LastUpdateId, e.BidCount, e.AskCount), Is.EqualTo((MarketEventKind.Snapshot, 4984028384061L, 2, 1)));
        Assert.That((e.VenueNs, e.MatchNs), Is.EqualTo((1760000022759 * Ms, 1760000022750 * Ms)));
        venue.Decoder.DefaultInstrument = -1;
        Assert.That(venue.Decode(frame, _levels, ref e), Is.EqualTo(DecodeStatus.UnknownSymbol));
    }

    [TestCase("""{"result":null,"id":1}""")]
    [TestCase("""{"e":"serverShutdown","E":1760000000123}""")]
    [TestCase("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1760000000123}}""")]
    [TestCase("""{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":1760000000123,"s":"BTCUSDT","k":{"t":1,"o":"1"}}}""")]
    [TestCase("""{"stream":"!miniTicker@arr","data":[{"e":"24hrMiniTicker"}]}""")]
    [TestCase("""{"stream":"btcusdt@depth20","data":{"lastUpdateId":1,"bids":[["1.00","1.0"]],"asks":[]}}""")]
    [TestCase("""{"stream":"btcusdt@depth5@100ms","data":{"e":"depthUpdate","E":1760000000130,"T":1760000000121,"s":"BTCUSDT","U":1,"u":2,"pu":0,"b":[],"a":[]}}""")]
    [TestCase("""{"stream":"btcusdt@rpiDepth@500ms","data":{"e":"depthUpdate","E":1760000000130,"T":1760000000121,"s":"BTCUSDT","U":1,"u":2,"pu":0,"b":[],"a":[]}}""")]
    [TestCase("""{"e":"trade","E":1760000000130,"T":1760000000121,"s":"BTCUSDT","t":1,"p":"0","q":"0","X":"INSURANCE_FUND","m":true}""")]
    [TestCase("""{"code":-1121,"msg":"Invalid symbol."}""")]
    [TestCase("""[]""")]
    [TestCase("""{}""")]
    public void Frames_the_engine_does_not_act_on_are_other(string frame)
    {
        DecodedFrame decoded = Decode(VenueId.BinanceUsdm, frame);
        Assert.That(decoded.Event.Kind, Is.EqualTo(MarketEventKind.Other));
        Assert.That(decoded.Levels, Is.Empty);
    }

    [TestCase(BinanceFrames.SpotDiff, "\"0.50000000\"", "\"-0.50000000\"", DecodeStatus.BadSize)]
    [TestCase(BinanceFrames.SpotDiff, "\"50000.10000000\"", "\"0.00000000\"", DecodeStatus.BadPrice)]
    [TestCase(BinanceFrames.SpotDiff, "\"50000.10000000\"", "\"-1\"", DecodeStatus.BadPrice)]
    [TestCase(BinanceFrames.SpotDiff, "\"50000.10000000\"", "\"10000000001\"", DecodeStatus.BadPrice)]
    [TestCase(BinanceFrames.SpotDiff, "\"50000.10000000\"", "\"50000.10100000\"", DecodeStatus.OffScale)]
    [TestCase(BinanceFrames.SpotDiff, "\"50000.10000000\"", "\"1e308\"", DecodeStatus.Overflow)]
    [TestCase(BinanceFrames.SpotDiff, "\"50000.10000000\"", "\"1234567890123456789012345678901234567890\"", DecodeStatus.Overflow)]
    [TestCase(BinanceFrames.SpotDiff, "\"50000.10000000\"", "\"00.1\"", DecodeStatus.Malformed)]
    [TestCase(BinanceFrames.SpotDiff, "\"50000.10000000\"", "\"\"", DecodeStatus.Malformed)]
    [TestCase(BinanceFrames.SpotDiff, "\"50000.10000000\"", "50000.10000000", DecodeStatus.WrongType)]
    [TestCase(BinanceFrames.SpotDiff, "\"50000.10000000\",", "", DecodeStatus.MissingField)]
    [TestCase(BinanceFrames.SpotDiff, "[\"50000.10000000\",\"0.50000000\"]", "[]", DecodeStatus.MissingField)]
    [TestCase(BinanceFrames.SpotDiff, "[\"50000.10000000\",\"0.50000000\"]", "7", DecodeStatus.WrongType)]
    [TestCase(BinanceFrames.SpotDiff, "\"E\":1760000000123", "\"E\":\"1760000000123\"", DecodeStatus.WrongType)]
    [TestCase(BinanceFrames.SpotDiff, "\"E\":1760000000123,", "", DecodeStatus.MissingField)]
    [TestCase(BinanceFrames.SpotDiff, "\"E\":1760000000123", "\"E\":123", DecodeStatus.BadSequence)]
    [TestCase(BinanceFrames.SpotDiff, "\"U\":1001", "\"U\":1006", DecodeStatus.BadSequence)]
    [TestCase(BinanceFrames.SpotDiff, "\"U\":1001", "\"U\":-1", DecodeStatus.BadSequence)]
    [TestCase(BinanceFrames.SpotDiff, "\"U\":1001", "\"U\":1.5", DecodeStatus.WrongType)]
    [TestCase(BinanceFrames.SpotDiff, "\"U\":1001", "\"U\":10000000000000000000", DecodeStatus.Overflow)]
    [TestCase(BinanceFrames.SpotDiff, "BTCUSDT", "FOOUSDT", DecodeStatus.UnknownSymbol)]
    [TestCase(BinanceFrames.SpotDiff, "\"s\":\"BTCUSDT\"", "\"s\":7", DecodeStatus.WrongType)]
    [TestCase(BinanceFrames.SpotDiff, "\"u\":1005", "\"u\":1005,\"u\":1005", DecodeStatus.Malformed)]
    [TestCase(BinanceFrames.SpotDiff, "]}}", "]}}x", DecodeStatus.Malformed)]
    [TestCase(BinanceFrames.SpotDiff, "btcusdt@", "btcusdt\u0001@", DecodeStatus.Malformed)]
    [TestCase(BinanceFrames.SpotTrade, "\"0.02000000\"", "\"0.00000000\"", DecodeStatus.BadSize)]
    [TestCase(BinanceFrames.SpotTrade, "\"m\":true", "\"m\":1", DecodeStatus.WrongType)]
    [TestCase(BinanceFrames.SpotTrade, ",\"m\":true", "", DecodeStatus.MissingField)]
    [TestCase(BinanceFrames.SpotDiff, "]}}", "]},\"data\":7}", DecodeStatus.Malformed)]
    [TestCase(BinanceFrames.SpotDiff, "{\"stream\":", "{\"stream\":\"x\",\"stream\":", DecodeStatus.Malformed)]
    [TestCase(BinanceFrames.SpotDiff, "]}}", "]},\"data\":{}}", DecodeStatus.Malformed)]
    [TestCase(BinanceFrames.SpotTicker, "\"50000.10000000\"", "\"10000000001\"", DecodeStatus.BadPrice)]
    [TestCase(BinanceFrames.SpotTicker, "\"50000.20000000\"", "\"10000000001\"", DecodeStatus.BadPrice)]
    [TestCase(BinanceFrames.SpotTicker, "\"0.50000000\"", "\"-1\"", DecodeStatus.BadSize)]
    [TestCase(BinanceFrames.SpotTicker, "\"b\":\"50000.10000000\",", "", DecodeStatus.MissingField)]
    [TestCase(BinanceFrames.SpotSnapshot, "49999.5", "50000.2", DecodeStatus.Unsorted)]
    [TestCase(BinanceFrames.SpotSnapshot, "50000.30000000", "50000.20000000", DecodeStatus.Unsorted)]
    public void A_bad_frame_is_refused_with_its_reason(string frame, string part, string instead, object reason)
    {
        Assert.That(frame, Does.Contain(part));
        FuzzedBinance venue = new(VenueId.BinanceSpot);
        byte[] bytes = BinanceFrames.Bytes(frame.Replace(part, instead, StringComparison.Ordinal));
        MarketEvent e = default;
        venue.Decode(BinanceFrames.Bytes(BinanceFrames.SpotTicker), _levels, ref e);
        Assert.That(venue.Decode(bytes, _levels, ref e), Is.EqualTo((DecodeStatus)reason));
        Assert.That(new DecoderFuzzer(venue).Fault(bytes), Is.Null);
    }

    [Test]
    public void The_highest_price_of_a_market_is_a_price()
    {
        foreach (string text in new[] { BinanceFrames.SpotDiff, BinanceFrames.SpotTicker, BinanceFrames.SpotTrade.Replace("61837.63000000", "50000.10000000", StringComparison.Ordinal) })
        {
            DecodedFrame frame = Decode(VenueId.BinanceSpot, text.Replace("50000.10000000", "10000000000", StringComparison.Ordinal));
            Assert.That(frame.Levels.Length > 0 ? frame.Levels[0].Price : frame.Event.Price, Is.EqualTo(new Price(1_000_000_000_000)), text);
        }
    }

    [Test]
    public void Empty_levels_of_a_snapshot_are_left_out()
    {
        DecodedFrame frame = Decode(VenueId.BinanceSpot, BinanceFrames.SpotSnapshot.Replace("1.00000000", "0.00000000", StringComparison.Ordinal));
        Assert.That((frame.Event.BidCount, frame.Event.AskCount, frame.Levels[0].Price), Is.EqualTo((1, 2, new Price(4_999_950))));
    }

    [Test]
    public void A_bookticker_of_an_empty_side_has_price_and_size_zero()
    {
        DecodedFrame frame = Decode(VenueId.BinanceSpot, BinanceFrames.SpotTicker.Replace("50000.10000000", "0", StringComparison.Ordinal).Replace("0.50000000", "0", StringComparison.Ordinal));
        Assert.That(frame.Levels[0], Is.EqualTo(Level(0, 0)));
    }

    [Test]
    public void Bytes_that_are_no_utf8_are_refused()
    {
        byte[] frame = BinanceFrames.Bytes(BinanceFrames.SpotDiff);
        frame[12] = 0xFF;
        MarketEvent e = default;
        Assert.That(new FuzzedBinance(VenueId.BinanceSpot).Decode(frame, _levels, ref e), Is.EqualTo(DecodeStatus.Malformed));
    }

    [Test]
    public void Microseconds_are_understood()
    {
        DecodedFrame frame = Decode(VenueId.BinanceSpot, BinanceFrames.SpotDiff.Replace("1760000000123", "1760000000123456", StringComparison.Ordinal));
        Assert.That(frame.Event.VenueNs, Is.EqualTo(1760000000123456 * 1000));
    }

    [Test]
    public void More_levels_than_fit_are_refused()
    {
        FuzzedBinance venue = new(VenueId.BinanceSpot);
        MarketEvent e = default;
        Assert.That(venue.Decode(BinanceFrames.LongDiff(8_192), _levels, ref e), Is.EqualTo(DecodeStatus.Ok));
        Assert.That(e.BidCount + e.AskCount, Is.EqualTo(16_384));
        Assert.That(venue.Decode(BinanceFrames.LongDiff(8_193), _levels, ref e), Is.EqualTo(DecodeStatus.TooManyLevels));
    }

    [Test]
    public void Every_own_frame_takes_the_fast_path_once_its_market_is_known()
    {
        foreach (VenueId id in new[] { VenueId.BinanceSpot, VenueId.BinanceUsdm })
        {
            FuzzedBinance venue = new(id);
            foreach (string frame in id == VenueId.BinanceSpot ? BinanceFrames.Spot : BinanceFrames.Usdm)
            {
                Assert.That(new DecoderFuzzer(venue).Fault(BinanceFrames.Bytes(frame)), Is.Null);
                Assert.That(venue.TakesFastPath(BinanceFrames.Bytes(frame), _levels), Is.True, frame);
            }
        }
    }

    [Test]
    public void A_frame_cut_at_any_byte_is_refused([Values(VenueId.BinanceSpot, VenueId.BinanceUsdm)] object id)
    {
        FuzzedBinance venue = new((VenueId)id);
        foreach (string text in (VenueId)id == VenueId.BinanceSpot ? BinanceFrames.Spot : BinanceFrames.Usdm)
        {
            byte[] frame = BinanceFrames.Bytes(text);
            MarketEvent e = default;
            Assert.That(venue.Decode(frame, _levels, ref e), Is.EqualTo(DecodeStatus.Ok), text);
            for (int length = 0; length < frame.Length; length++)
            {
                Assert.That(venue.Decode(frame.AsSpan(0, length), _levels, ref e), Is.EqualTo(DecodeStatus.Malformed), Encoding.UTF8.GetString(frame, 0, length));
                Assert.That(e.Kind, Is.EqualTo(MarketEventKind.Other));
            }
        }
    }

    [Test]
    public void Another_order_spaces_escapes_and_unknown_members_change_nothing()
    {
        const string plain = BinanceFrames.UsdmDiff;
        const string odd = """ { "data" : { "a":[ [ "5000020e-2" , "0.000" , [] ] ], "zz":{"a":[{"b":null}]}, "pu":4999,"\u0075":5040,"U":5001, "b":[["50000.1","3.2"],["\u0034900\u0030","12.004"]],"s":"BTC\u0055SDT","T":1760000000121,"E":1760000000130,"e":"depth\u0055pdate"} , "stream":"btcusdt@depth@0ms" } """;
        FuzzedBinance venue = new(VenueId.BinanceUsdm);
        Assert.That(Decode(venue, odd).DifferenceTo(Decode(venue, plain)), Is.Null);
        Assert.That(new DecoderFuzzer(venue).Fault(BinanceFrames.Bytes(odd)), Is.Null);
    }

    private static BookLevel Level(long price, long size) => new(new Price(price), new Size(size));

    private DecodedFrame Decode(VenueId venue, string frame) => Decode(new FuzzedBinance(venue), frame);

    private DecodedFrame Decode(FuzzedBinance venue, string frame)
    {
        byte[] bytes = BinanceFrames.Bytes(frame);
        MarketEvent e = default;
        DecodeStatus status = venue.Decode(bytes, _levels, ref e);
        Assert.That(status, Is.EqualTo(DecodeStatus.Ok), frame);
        Assert.That(new DecoderFuzzer(venue).Fault(bytes), Is.Null);
        return DecodedFrame.Of(venue.Decode(bytes, _levels, ref e), e, _levels);
    }
}
