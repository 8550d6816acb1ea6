using System;
using System.Globalization;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Binance;
using Obs.Core.Market.Text;
using Obs.Core.Tests.Market.Text;

namespace Obs.Core.Tests.Market.Binance;

/// <summary>A decoder that knows how a stream's frames begin must decode like one that does not.</summary>
[TestFixture]
internal sealed class BinanceHeadsTests
{
    private readonly BookLevel[] _levels = new BookLevel[64];

    private static readonly object[] Known =
    [
        new object[] { VenueId.BinanceUsdm, BinanceFrames.UsdmTicker },
        new object[] { VenueId.BinanceUsdm, BinanceFrames.UsdmTrade },
        new object[] { VenueId.BinanceSpot, BinanceFrames.SpotTicker },
        new object[] { VenueId.BinanceSpot, BinanceFrames.SpotTrade },
    ];

    [TestCaseSource(nameof(Known))]
    public void Every_single_changed_byte_is_decoded_as_by_the_general_path(VenueId venue, string text)
    {
        BinanceDecoder decoder = new(venue, TestMarkets.Registry());
        byte[] frame = BinanceFrames.Bytes(text);
        int accepted = 0;
        for (int at = 0; at < frame.Length; at++)
        {
            Assert.That(Decoded(decoder, frame, general: false).Status, Is.EqualTo(DecodeStatus.Ok), "the head stays known");
            byte kept = frame[at];
            foreach (byte other in "0123456789\"{}:,.-eETaAbu \\\0"u8)
            {
                frame[at] = other;
                DecodedFrame result = Decoded(decoder, frame, general: false);
                Assert.That(result.DifferenceTo(Decoded(decoder, frame, general: true)), Is.Null, $"byte {at} as {other}");
                accepted += result.Status == DecodeStatus.Ok ? 1 : 0;
            }
            frame[at] = kept;
        }
        Assert.That(accepted, Is.InRange(frame.Length, frame.Length * 20), "both outcomes must be met often");
    }

    [Test]
    public void Streams_that_take_turns_are_decoded_as_by_a_decoder_that_knows_none([Range(1, 6)] int seed)
    {
        Random random = new(seed);
        BinanceDecoder experienced = new(VenueId.BinanceSpot, TestMarkets.Registry());
        for (int step = 0; step < 2_000; step++)
        {
            byte[] frame = BinanceFrames.Bytes(Drawn(random));
            DecodedFrame result = Decoded(experienced, frame, general: false);
            Assert.That(result.Status, Is.EqualTo(DecodeStatus.Ok), $"seed {seed}, step {step}");
            Assert.That(result.DifferenceTo(Decoded(experienced, frame, general: true)), Is.Null, $"seed {seed}, step {step}");
        }
    }

    [Test]
    public void A_head_is_learned_from_the_first_frame_and_given_up_after_sixteen_that_begin_otherwise()
    {
        (BinanceHeads heads, SymbolCache cache) = (new BinanceHeads(), CacheOf("BTCUSDT"));
        byte[] frame = BinanceFrames.Bytes(BinanceFrames.UsdmTicker), longer = BinanceFrames.Bytes(BinanceFrames.UsdmTicker.Replace("\"u\":5123107839020", "\"u\":15123107839020", StringComparison.Ordinal));
        MarketEvent ticker = new() { Kind = MarketEventKind.BookTicker };
        Assert.That(heads.PlaceOf(frame).Text.Matches(frame), Is.False);
        heads.Learn(frame, ticker, cache);
        Assert.That((heads.PlaceOf(frame).Text.Matches(frame), heads.PlaceOf(longer).Text.Matches(longer)), Is.EqualTo((true, false)), "an id with a digit more begins otherwise");
        for (int miss = 1; miss < 16; miss++)
            heads.Learn(longer, ticker, cache);
        Assert.That(heads.PlaceOf(frame).Text.Matches(frame), Is.True, "fifteen are not enough");
        heads.Learn(longer, ticker, cache);
        Assert.That((heads.PlaceOf(frame).Text.Matches(frame), heads.PlaceOf(longer).Text.Matches(longer)), Is.EqualTo((false, true)));
    }

    [Test]
    public void A_market_the_cache_does_not_know_is_not_learned()
    {
        BinanceHeads heads = new();
        byte[] frame = BinanceFrames.Bytes(BinanceFrames.UsdmTicker);
        heads.Learn(frame, new MarketEvent { Kind = MarketEventKind.BookTicker }, CacheOf("ETHUSDT"));
        Assert.That(heads.PlaceOf(frame).Text.Length, Is.Zero);
    }

    private static SymbolCache CacheOf(string symbol)
    {
        SymbolCache cache = new();
        cache.Add(BinanceFrames.Bytes(symbol), TestMarkets.Of(VenueId.BinanceUsdm, symbol, 1, 3), 0);
        return cache;
    }

    /// <summary>Tickers and trades of two markets, ids of any length, match times present or not, prices and sizes of any length.</summary>
    private static string Drawn(Random random)
    {
        (string name, string symbol, int places) = random.Next(2) == 0 ? ("btcusdt", "BTCUSDT", 2) : ("nexousdt", "NEXOUSDT", 3);
        long id = random.NextInt64(1, (long)Math.Pow(10, random.Next(1, 18)));
        long time = random.NextInt64(1_500_000_000_000, 1_800_000_000_000);
        string price = (random.Next(1, 90_000) + 1m / random.Next(1, 4)).ToString($"F{places}", CultureInfo.InvariantCulture), size = random.Next(1, 100_000).ToString(CultureInfo.InvariantCulture) + ".5";
        return random.Next(3) switch
        {
            0 => $$"""{"stream":"{{name}}@bookTicker","data":{"u":{{id}},"s":"{{symbol}}","b":"{{price}}","B":"{{size}}","a":"{{price}}0000","A":"{{size}}000""" + "\"}}",
            1 => $$"""{"stream":"{{name}}@trade","data":{"e":"trade","E":{{time}},"s":"{{symbol}}","t":{{id}},"p":"{{price}}000","q":"{{size}}0","T":{{time + 1}},"m":true,"M":true""" + "}}",
            _ => $$"""{"stream":"{{name}}@trade","data":{"e":"trade","E":{{time}},"T":{{time - 1}},"s":"{{symbol}}","t":{{id}},"p":"{{price}}","q":"{{size}}","X":"MARKET","m":false""" + "}}",
        };
    }

    private DecodedFrame Decoded(BinanceDecoder decoder, byte[] frame, bool general)
    {
        MarketEvent e = default;
        DecodeStatus status = general ? decoder.DecodeGeneral(frame, _levels, ref e) : decoder.Decode(frame, _levels, ref e);
        return DecodedFrame.Of(status, e, _levels);
    }
}
