using System;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Tests.Market.Text;

namespace Obs.Core.Tests.Market.Upbit;

[TestFixture]
public sealed class UpbitDecoderTests
{
    private const long Ms = 1_000_000;
    private const long Unit = 100_000_000;

    private readonly BookLevel[] _levels = new BookLevel[16_384];

    [Test]
    public void A_book_gives_bids_then_asks_best_first()
    {
        DecodedFrame frame = Decode(UpbitFrames.Book);
        Assert.That((frame.Event.Kind, frame.Event.BidCount, frame.Event.AskCount, frame.Event.Flags), Is.EqualTo((MarketEventKind.FullBook, 2, 2, MarketEventFlags.None)));
        Assert.That((frame.Event.VenueNs, frame.Event.MatchNs), Is.EqualTo((1760000000130 * Ms, 1760000000130 * Ms)));
        Assert.That((frame.Event.TotalAskSize, frame.Event.TotalBidSize), Is.EqualTo((1.4, 2.1)));
        Assert.That(frame.Levels, Is.EqualTo(new[] { Level(170000000, 0.1), Level(169999000, 2), Level(170001000, 0.4), Level(170002000, 1) }));
    }

    [Test]
    public void Long_names_and_exponents_give_the_same_kind_of_book()
    {
        DecodedFrame frame = Decode(UpbitFrames.BookDefault);
        Assert.That(frame.Levels.Select(static level => level.Size.Mantissa), Is.EqualTo(new[] { 3656812L, 8428, 10623869, 6144079 }));
        Assert.That(frame.Levels[0].Price.Mantissa, Is.EqualTo(137001000 * Unit));
    }

    [Test]
    public void Entries_of_size_zero_are_left_out()
    {
        DecodedFrame frame = Decode(UpbitFrames.BookThin);
        Assert.That((frame.Event.BidCount, frame.Event.AskCount), Is.EqualTo((2, 0)));
        Assert.That(frame.Levels[0], Is.EqualTo(new BookLevel(new Price(1234), new Size(150_000_000))));
    }

    [Test]
    public void An_answer_to_a_subscription_is_flagged() =>
        Assert.That(Decode(UpbitFrames.BookLevelZero).Event.Flags, Is.EqualTo(MarketEventFlags.SubscriptionSnapshot));

    [Test]
    public void A_trade_has_the_time_of_its_match_and_the_takers_side()
    {
        DecodedFrame buy = Decode(UpbitFrames.Trade), sell = Decode(UpbitFrames.TradeOld);
        Assert.That((buy.Event.VenueNs, buy.Event.MatchNs), Is.EqualTo((1760000000123 * Ms, 1760000000100 * Ms)));
        Assert.That((buy.Event.Price.Mantissa, buy.Event.Size.Mantissa, buy.Event.Aggressor, buy.Event.LastUpdateId), Is.EqualTo((170000000 * Unit, 12000L, Side.Bid, 17600000001000000L)));
        Assert.That((sell.Event.Price.Mantissa, sell.Event.Size.Mantissa, sell.Event.Aggressor), Is.EqualTo((4120000000L, 1211168782622L, Side.Ask)));
        Assert.That(sell.Event.Flags, Is.EqualTo(MarketEventFlags.SubscriptionSnapshot));
    }

    [Test]
    public void A_list_of_one_is_the_message_itself()
    {
        FuzzedUpbit venue = new();
        foreach (string text in UpbitFrames.Usual)
            Assert.That(Decode(venue, $"[{text}]").DifferenceTo(Decode(venue, text)), Is.Null);
    }

    [TestCase("""{"status":"UP"}""")]
    [TestCase("""{"error":{"name":"WRONG_FORMAT","message":"\uac00"}}""")]
    [TestCase("""{"type":"candle.1s","code":"KRW-BTC","timestamp":1760000000130}""")]
    [TestCase("""{"ty":"myOrder","cd":"KRW-BTC"}""")]
    [TestCase("""{"ty":"orderbook","cd":"KRW-BTC","tms":1760000000130,"tas":0.4,"tbs":0.1,"obu":[{"ap":170001000,"bp":170000000,"as":0.4,"bs":0.1}],"lv":10000,"st":"SNAPSHOT"}""")]
    public void Frames_the_engine_does_not_act_on_are_other(string frame) =>
        Assert.That(Decode(frame).Event.Kind, Is.EqualTo(MarketEventKind.Other));

    [Test]
    public void A_ticker_names_its_market_and_time()
    {
        DecodedFrame frame = Decode(UpbitFrames.Ticker);
        Assert.That((frame.Event.Kind, frame.Event.VenueNs), Is.EqualTo((MarketEventKind.Ticker, 1760000862082 * Ms)));
    }

    [TestCase("\"as\":0.4", "\"as\":-0.4", DecodeStatus.BadSize)]
    [TestCase("170001000.0", "0.0", DecodeStatus.BadPrice)]
    [TestCase("170001000.0", "-1", DecodeStatus.BadPrice)]
    [TestCase("170001000.0", "10000000001", DecodeStatus.BadPrice)]
    [TestCase("170001000.0", "170002000.0", DecodeStatus.Unsorted)]
    [TestCase("169999000.0", "170000000.0", DecodeStatus.Unsorted)]
    [TestCase("170000000.0", "10000000001", DecodeStatus.BadPrice)]
    [TestCase("169999000.0", "-1", DecodeStatus.BadPrice)]
    [TestCase("\"as\":0.4", "\"as\":0.000000001", DecodeStatus.OffScale)]
    [TestCase("\"as\":0.4", "\"as\":1e308", DecodeStatus.Overflow)]
    [TestCase("\"as\":0.4", "\"as\":1234567890123456789012345678901234567890", DecodeStatus.Overflow)]
    [TestCase("\"as\":0.4", "\"as\":\"0.4\"", DecodeStatus.WrongType)]
    [TestCase("\"as\":0.4,", "", DecodeStatus.MissingField)]
    [TestCase("\"as\":0.4", "\"as\":0.4,\"as\":0.4", DecodeStatus.Malformed)]
    [TestCase("\"as\":0.4", "\"as\":00.4", DecodeStatus.Malformed)]
    [TestCase("\"as\":0.4", "\"as\":.4", DecodeStatus.Malformed)]
    [TestCase("\"tas\":1.4", "\"tas\":-1.4", DecodeStatus.BadSize)]
    [TestCase("\"tas\":1.4", "\"tas\":1e309", DecodeStatus.Overflow)]
    [TestCase("\"tas\":1.4", "\"tas\":null", DecodeStatus.WrongType)]
    [TestCase("\"tms\":1760000000130", "\"tms\":0", DecodeStatus.BadSequence)]
    [TestCase("\"tms\":1760000000130,", "", DecodeStatus.MissingField)]
    [TestCase("\"obu\":[", "\"obu\":[7,", DecodeStatus.WrongType)]
    [TestCase("\"obu\":[", "\"nbu\":[", DecodeStatus.MissingField)]
    [TestCase("\"KRW-BTC\"", "\"EUR-BTC\"", DecodeStatus.UnknownSymbol)]
    [TestCase("\"KRW-BTC\"", "\"KRW-\\n\"", DecodeStatus.UnknownSymbol)]
    [TestCase("\"KRW-BTC\"", "\"\"", DecodeStatus.UnknownSymbol)]
    [TestCase("\"KRW-BTC\"", "\"KRW-BTC\0\"", DecodeStatus.Malformed)]
    [TestCase("\"KRW-BTC\"", "\"KRW-BTC\\u0000\"", DecodeStatus.UnknownSymbol)]
    [TestCase("\"ty\":\"orderbook\"", "\"ty\":\"orderbook\",\"type\":\"orderbook\"", DecodeStatus.Malformed)]
    [TestCase("\"ty\":\"orderbook\"", "\"ty\":1", DecodeStatus.WrongType)]
    [TestCase("REALTIME\"}", "REALTIME\"}}", DecodeStatus.Malformed)]
    [TestCase("REALTIME\"}", "REALTIME\"},{}", DecodeStatus.Malformed)]
    [TestCase("\"REALTIME\"", "5", DecodeStatus.WrongType)]
    public void A_bad_book_is_refused_with_its_reason(string part, string instead, object reason)
    {
        string frame = UpbitFrames.Book.Replace(part, instead, StringComparison.Ordinal);
        Assert.That(frame, Is.Not.EqualTo(UpbitFrames.Book), "the part is not there");
        Refused(frame, (DecodeStatus)reason);
    }

    [TestCase("\"tv\":0.00012", "\"tv\":0", DecodeStatus.BadSize)]
    [TestCase("\"tp\":170000000", "\"tp\":0", DecodeStatus.BadPrice)]
    [TestCase("\"ab\":\"BID\"", "\"ab\":\"XXX\"", DecodeStatus.WrongType)]
    [TestCase("\"ab\":\"BID\",", "", DecodeStatus.MissingField)]
    [TestCase("\"sid\":17600000001000000", "\"sid\":-1", DecodeStatus.BadSequence)]
    [TestCase("\"ttms\":1760000000100,", "", DecodeStatus.MissingField)]
    public void A_bad_trade_is_refused_with_its_reason(string part, string instead, object reason)
    {
        string frame = UpbitFrames.Trade.Replace(part, instead, StringComparison.Ordinal);
        Assert.That(frame, Is.Not.EqualTo(UpbitFrames.Trade), "the part is not there");
        Refused(frame, (DecodeStatus)reason);
    }

    [TestCase("[]")]
    [TestCase("7")]
    [TestCase("\"PONG\"")]
    [TestCase("")]
    public void Anything_but_one_object_is_refused(string frame) => Refused(frame, DecodeStatus.Malformed);

    [TestCase(28, DecodeStatus.Ok), TestCase(29, DecodeStatus.UnknownSymbol)]
    public void Codes_of_more_than_32_bytes_are_not_asked_for(int letters, object status)
    {
        string frame = UpbitFrames.Book.Replace("KRW-BTC", $"KRW-{new string('A', letters)}", StringComparison.Ordinal);
        MarketEvent e = default;
        Assert.That(new FuzzedUpbit().Decode(UpbitFrames.Bytes(frame), _levels, ref e), Is.EqualTo((DecodeStatus)status));
    }

    [Test]
    public void The_highest_price_of_a_market_is_a_price() =>
        Assert.That(Decode(UpbitFrames.Book.Replace("170002000.0", "10000000000", StringComparison.Ordinal)).Levels[^1].Price, Is.EqualTo(new Price(10_000_000_000 * Unit)));

    [Test]
    public void More_levels_than_fit_are_refused()
    {
        FuzzedUpbit venue = new();
        MarketEvent e = default;
        for (int pass = 0; pass < 2; pass++)
        {
            Assert.That(venue.Decode(UpbitFrames.LongBook(8_192), _levels, ref e), Is.EqualTo(DecodeStatus.Ok));
            Assert.That(e.BidCount + e.AskCount, Is.EqualTo(16_384));
            Assert.That(venue.Decode(UpbitFrames.LongBook(8_193), _levels, ref e), Is.EqualTo(DecodeStatus.TooManyLevels));
        }
    }

    [Test]
    public void Every_usual_frame_takes_the_fast_path_once_its_market_is_known()
    {
        FuzzedUpbit venue = new();
        foreach (string frame in UpbitFrames.Usual)
        {
            Assert.That(new DecoderFuzzer(venue).Fault(UpbitFrames.Bytes(frame)), Is.Null);
            Assert.That(venue.TakesFastPath(UpbitFrames.Bytes(frame), _levels), Is.True, frame);
        }
    }

    [Test]
    public void A_frame_cut_at_any_byte_is_refused()
    {
        FuzzedUpbit venue = new();
        foreach (string text in UpbitFrames.All)
        {
            byte[] frame = UpbitFrames.Bytes(text);
            MarketEvent e = default;
            Assert.That(venue.Decode(frame, _levels, ref e), Is.EqualTo(DecodeStatus.Ok), text);
            for (int length = 0; length < frame.Length; length++)
                Assert.That(venue.Decode(frame.AsSpan(0, length), _levels, ref e), Is.EqualTo(DecodeStatus.Malformed), Encoding.UTF8.GetString(frame, 0, length));
        }
    }

    [Test]
    public void The_reason_does_not_depend_on_the_order_of_the_members()
    {
        const string units = "\"obu\":[{\"ap\":2,\"bp\":1,\"as\":1e308,\"bs\":1}]";
        const string head = "\"ty\":\"orderbook\",\"tms\":1760000000130";
        foreach (string end in new[] { "}", "} x" })
        {
            DecodeStatus expected = end == "}" ? DecodeStatus.Overflow : DecodeStatus.Malformed;
            Refused($"{{{head},\"cd\":\"KRW-BTC\",{units}{end}", expected);
            Refused($"{{{units},{head},\"cd\":\"KRW-BTC\"{end}", expected);
        }
    }

    [Test]
    public void Another_order_spaces_escapes_and_unknown_members_change_nothing()
    {
        const string odd = """ [ {"st":"REALTIME","x":{"ap":[1,{}]}, "obu":[ {"bs":1e-1,"\u0061s":4E-1,"bp":1.7e8,"ap":170001000.000,"zz":null},{"ap":170002000,"bp":169999000.0,"as":1,"bs":2.0}],"tbs":2.10,"tas":14e-1,"tms":1760000000130,"cd":"KRW\u002dBTC","ty":"\u006frderbook"} ] """;
        FuzzedUpbit venue = new();
        Assert.That(Decode(venue, odd).DifferenceTo(Decode(venue, UpbitFrames.Book)), Is.Null);
    }

    private static BookLevel Level(long price, double size) => new(new Price(price * Unit), new Size((long)Math.Round(size * Unit)));

    private void Refused(string frame, DecodeStatus reason)
    {
        FuzzedUpbit venue = new();
        MarketEvent e = default;
        venue.Decode(UpbitFrames.Bytes(UpbitFrames.Book), _levels, ref e);
        Assert.That(venue.Decode(UpbitFrames.Bytes(frame), _levels, ref e), Is.EqualTo(reason));
        Assert.That(new DecoderFuzzer(venue).Fault(UpbitFrames.Bytes(frame)), Is.Null);
    }

    private DecodedFrame Decode(string frame) => Decode(new FuzzedUpbit(), frame);

    private DecodedFrame Decode(FuzzedUpbit venue, string frame)
    {
        byte[] bytes = UpbitFrames.Bytes(frame);
        MarketEvent e = default;
        Assert.That(venue.Decode(bytes, _levels, ref e), Is.EqualTo(DecodeStatus.Ok), frame);
        Assert.That(new DecoderFuzzer(venue).Fault(bytes), Is.Null);
        return DecodedFrame.Of(venue.Decode(bytes, _levels, ref e), e, _levels);
    }
}
