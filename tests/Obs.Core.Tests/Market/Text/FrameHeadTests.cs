using System;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Obs.Core.Market.Text;
using Obs.Core.Tests.Market.Binance;

namespace Obs.Core.Tests.Market.Text;

[TestFixture]
internal sealed class FrameHeadTests
{
    private const string Ticker = BinanceFrames.UsdmTicker;
    private const string Trade = BinanceFrames.UsdmTrade;
    private const string Thousand = """{"stream":"1000shibusdt@trade","data":{"e":"trade","E":1760000022957,"s":"1000SHIBUSDT","t":7,"p":"0.013900","q":"3","X":"MARKET","m":true}}  """;

    private static readonly string[] Frames = [Ticker, Trade, Thousand];

    [Test]
    public void A_head_matches_its_frame_and_reads_its_integers()
    {
        FrameHead ticker = Learned(Ticker, ",\"b\":\""), trade = Learned(Trade, ",\"p\":\"");
        Assert.That((ticker.Matches(Bytes(Ticker)), ticker.Integers, ticker.Integer(Bytes(Ticker), 0)), Is.EqualTo((true, 1, 5_123_107_839_020)));
        Assert.That((trade.Matches(Bytes(Trade)), trade.Integers), Is.EqualTo((true, 3)));
        Assert.That(Array.ConvertAll(new[] { 0, 1, 2 }, index => trade.Integer(Bytes(Trade), index)), Is.EqualTo(new[] { 1_760_000_022_957, 1_760_000_022_956, 5_182_005_737 }));
    }

    [Test]
    public void Other_digits_of_the_same_number_match_and_are_read([Range(1, 5)] int seed)
    {
        Random random = new(seed);
        FrameHead head = Learned(Trade, ",\"p\":\"");
        for (int step = 0; step < 500; step++)
        {
            (long first, long second, long id) = (random.NextInt64(1_000_000_000_000, 10_000_000_000_000), random.NextInt64(1_000_000_000_000, 10_000_000_000_000), random.NextInt64(1_000_000_000, 10_000_000_000));
            byte[] frame = Bytes(Trade.Replace("1760000022957", $"{first}").Replace("1760000022956", $"{second}").Replace("5182005737", $"{id}"));
            Assert.That(head.Matches(frame), Is.True, $"seed {seed}, step {step}");
            Assert.That((head.Integer(frame, 0), head.Integer(frame, 1), head.Integer(frame, 2)), Is.EqualTo((first, second, id)), $"seed {seed}, step {step}");
        }
    }

    /// <summary>Every byte replaced by every other: what matches must be what the same text with its integers blanked says.</summary>
    [Test]
    public void Every_single_changed_byte_is_judged_rightly([ValueSource(nameof(Frames))] string text)
    {
        string end = text == Ticker ? ",\"b\":\"" : ",\"p\":\"";
        FrameHead head = Learned(text, end);
        string blank = Blank(text[..head.Length]);
        byte[] frame = Bytes(text);
        int matches = 0, refusals = 0;
        for (int at = 0; at < FrameHead.Bytes; at++)
        {
            byte kept = frame[at];
            for (int value = 0; value < 256; value++)
            {
                frame[at] = (byte)value;
                bool expected = Blank(Encoding.Latin1.GetString(frame, 0, head.Length)) == blank;
                Assert.That(head.Matches(frame), Is.EqualTo(expected), $"byte {at} as {value}");
                (matches, refusals) = expected ? (matches + 1, refusals) : (matches, refusals + 1);
            }
            frame[at] = kept;
        }
        Assert.That((matches > 500, refusals > 10_000), Is.EqualTo((true, true)), "both answers must be met often");
    }

    [Test]
    public void Before_it_has_learned_it_matches_nothing() => Assert.That(default(FrameHead).Matches(Bytes(Ticker)), Is.False);

    [TestCase("""{"stream":"a","data":{"a":1,"b":2,"c":3,"d":4,"e":5,"p":""", TestName = "Five integers are too many")]
    [TestCase("""{"stream":"a","data":{"a":12345678901234567,"p":""", TestName = "Seventeen digits are too many")]
    [TestCase("""{"a":5,"p":""", TestName = "An integer near the beginning has no sixteen bytes before its end")]
    public void Some_heads_are_not_learned(string head)
    {
        FrameHead learned = default;
        Assert.That(learned.TryLearn(Bytes(head.PadRight(200)), head.Length), Is.False);
        Assert.That(learned.Length, Is.Zero);
    }

    [Test]
    public void A_head_longer_than_two_blocks_is_not_learned() => Assert.That(default(FrameHead).TryLearn(Bytes(Trade.PadRight(200)), FrameHead.Bytes + 1), Is.False);

    [TestCase(1), TestCase(7), TestCase(8), TestCase(9), TestCase(15), TestCase(16)]
    public void Integers_of_any_length_are_read(int digits)
    {
        string text = $$"""{"stream":"a","data":{"a":{{"9876543210123456"[..digits]}},"p":""".PadRight(FrameHead.Bytes);
        FrameHead head = default;
        Assert.That(head.TryLearn(Bytes(text), text.IndexOf(",\"p\"", StringComparison.Ordinal) + 5), Is.True);
        Assert.That(head.Integer(Bytes(text), 0), Is.EqualTo(long.Parse("9876543210123456"[..digits])));
    }

    private static FrameHead Learned(string text, string end)
    {
        FrameHead head = default;
        Assert.That(head.TryLearn(Bytes(text), text.IndexOf(end, StringComparison.Ordinal) + end.Length), Is.True);
        return head;
    }

    private static string Blank(string head) =>
        Regex.Replace(head, "(?<=:)([1-9][0-9]+|[0-9])(?=,)", static integer => new string('\u2592', integer.Length), RegexOptions.CultureInvariant);

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
