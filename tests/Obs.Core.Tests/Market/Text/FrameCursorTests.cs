using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Text;

namespace Obs.Core.Tests.Market.Text;

[TestFixture]
public sealed class FrameCursorTests
{
    private const int Before = 64;

    [Test]
    public void A_literal_is_taken_whole_or_not_at_all()
    {
        FrameCursor cursor = At("\"stream\":", after: 0);
        Assert.That(cursor.Take("\"streax\":"u8), Is.False);
        Assert.That(cursor.Sees("\"stream\""u8), Is.True);
        Assert.That(cursor.At, Is.EqualTo(Before));
        Assert.That(cursor.Take("\"stream\":"u8), Is.True);
        Assert.That(cursor.IsAtEnd, Is.True);
        Assert.That(cursor.Take("x"u8), Is.False);
    }

    [Test]
    public void Integers_of_1_to_18_digits_are_taken([Range(1, 20)] int digits, [Values(8, 30)] int after)
    {
        string text = "987654321987654321987"[..digits];
        FrameCursor cursor = At(text, after);
        bool taken = cursor.TakeInteger(out long value);
        Assert.That(taken, Is.EqualTo(digits <= 18));
        if (taken)
            Assert.That((value, cursor.At), Is.EqualTo((long.Parse(text, CultureInfo.InvariantCulture), Before + digits)));
    }

    [TestCase("01", false)]
    [TestCase("0", true)]
    [TestCase("-1", false)]
    [TestCase("x", false)]
    [TestCase("1.5", true, Description = "the point is left for the next literal to refuse")]
    public void Only_plain_integers_are_taken(string text, bool taken)
    {
        FrameCursor cursor = At(text, after: 10);
        Assert.That(cursor.TakeInteger(out _), Is.EqualTo(taken));
    }

    [TestCase("1760000000123", 1760000000123_000_000)]
    [TestCase("1230768000000", 1230768000000_000_000)]
    [TestCase("1230767999999", 0)]
    [TestCase("9999999999999", 0)]
    [TestCase("0760000000123", 0)]
    [TestCase("17600000001x3", 0)]
    [TestCase("176000000012", 0)]
    public void Times_have_13_digits_and_lie_in_this_century(string text, long ns)
    {
        FrameCursor cursor = At(text, after: 0);
        Assert.That(cursor.TakeTimeNs(out long taken), Is.EqualTo(ns != 0));
        Assert.That(taken, Is.EqualTo(ns));
    }

    [Test]
    public void A_symbol_of_any_length_up_to_16_is_found([Range(0, 18)] int length, [Values(0, 1, 40)] int after)
    {
        string symbol = "KRW-ABCDEFGHIJKLMN"[..length];
        SymbolCache cache = new();
        cache.Add("KRW"u8, TestMarkets.Of(VenueId.Upbit, "KRW", 1, 1), 7);
        cache.Add(Encoding.ASCII.GetBytes(symbol), TestMarkets.Of(VenueId.Upbit, symbol, 1, 1), 8);
        FrameCursor cursor = At(symbol + "\"", after);
        ref readonly MarketScale market = ref cursor.TakeSymbol(cache);
        // a symbol is always followed by at least 16 bytes in a real frame; nearer to the end nothing is read
        bool expected = length is > 0 and <= 16 && length + 1 + after > 16;
        Assert.That(!Unsafe.IsNullRef(in market), Is.EqualTo(expected));
        if (expected)
            Assert.That((market.Instrument, cursor.At), Is.EqualTo(((ushort)(length == 3 ? 7 : 8), Before + length)));
    }

    [TestCase("btcusdt@depth\"", 13)]
    [TestCase("\"", 0)]
    [TestCase("a\\u0041\"", -1)]
    [TestCase("a\u0001b\"", -1)]
    [TestCase("a\u00e9b\"", -1)]
    [TestCase("no end", -1)]
    [TestCase("good\"\u0001", 4, Description = "what stands behind the string does not matter")]
    public void Plain_text_is_taken_up_to_its_quote(string text, int length)
    {
        FrameCursor cursor = At(text, after: 0);
        Assert.That(cursor.TakePlainText(out ReadOnlySpan<byte> taken), Is.EqualTo(length >= 0));
        Assert.That(taken.Length, Is.EqualTo(Math.Max(length, 0)));
    }

    [TestCase("1.5\",\"B\":\"20.25\"", true, 1500, 2025)]
    [TestCase("15\",\"B\":\"20\"", true, 15000, 2000)]
    [TestCase("1e1\",\"B\":\"20\"", true, 10000, 2000)]
    [TestCase("1.5\",\"C\":\"20.25\"", false, 0, 0)]
    [TestCase("1.5\"\"B\":\"20.25\"", false, 0, 0)]
    [TestCase("1.2345\",\"B\":\"20.25\"", false, 0, 0)]
    [TestCase("1.5\",\"B\":\"20.251\"", false, 0, 0)]
    [TestCase("\",\"B\":\"20.25\"", false, 0, 0)]
    [TestCase("1.5\",\"B\":\"\"", false, 0, 0)]
    [TestCase("1.5\",\"B\":\"20.25", false, 0, 0)]
    public void A_pair_is_two_numbers_around_a_literal(string text, bool taken, long first, long second)
    {
        foreach (int after in new[] { 0, 1, 20, 80 })
        {
            FrameCursor cursor = At(text, after);
            bool got = cursor.TakePair((byte)'"', "\",\"B\":\""u8, 4, NumberScale.Of(3), NumberScale.Of(2), out long one, out long two);
            Assert.That(got, Is.EqualTo(taken), $"{after} bytes behind");
            if (taken)
                Assert.That((one, two), Is.EqualTo((first, second)));
        }
    }

    [TestCase("1.5,\"tbs\":2.25,", 1.5, 2.25)]
    [TestCase("12103375.77710546,\"tbs\":3873697.94329493,", 12103375.77710546, 3873697.94329493)]
    [TestCase("1e-30,\"tbs\":123456789012345678901234567890,", 1e-30, 123456789012345678901234567890.0)]
    [TestCase("0.1234567891,\"tbs\":0,", 0.1234567891, 0)]
    [TestCase("90071992.54740993,\"tbs\":1.0,", 90071992.54740993, 1)]
    public void Sums_are_the_nearest_doubles(string text, double first, double second)
    {
        FrameCursor cursor = At(text, after: 20);
        Assert.That(cursor.TakeTotals(",\"tbs\":"u8, NumberScale.Of(8), out double one, out double two), Is.True);
        Assert.That((one, two, cursor.Take(","u8)), Is.EqualTo((first, second, true)));
    }

    [TestCase("-1,\"tbs\":2,")]
    [TestCase("1,\"tbs\":1e999,")]
    [TestCase("1,\"tb\":2,")]
    [TestCase("x,\"tbs\":2,")]
    public void Bad_sums_are_left_to_the_general_path(string text)
    {
        FrameCursor cursor = At(text, after: 20);
        Assert.That(cursor.TakeTotals(",\"tbs\":"u8, NumberScale.Of(8), out _, out _), Is.False);
    }

    /// <summary>A cursor before a text that has 64 bytes before it and some behind.</summary>
    private static FrameCursor At(string text, int after)
    {
        byte[] frame = [.. Encoding.ASCII.GetBytes(new string('{', Before)), .. Encoding.Latin1.GetBytes(text), .. Encoding.ASCII.GetBytes(new string(']', after))];
        return new FrameCursor(frame) { At = Before };
    }
}
