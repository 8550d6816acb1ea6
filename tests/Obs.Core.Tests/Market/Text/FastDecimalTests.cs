using System;
using System.Runtime.InteropServices;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Text;

namespace Obs.Core.Tests.Market.Text;

[TestFixture]
public sealed class FastDecimalTests
{
    [Test]
    public void Agrees_with_the_one_door_on_random_texts([Range(1, 8)] int seed)
    {
        Random random = new(seed);
        for (int step = 0; step < 20_000; step++)
        {
            string text = NumberTexts.Next(random);
            int decimals = random.Next(0, SymbolCache.MaxDecimals + 1);
            DecodeStatus status = DecimalText.Parse(Encoding.ASCII.GetBytes(text), decimals, out long mantissa);
            bool accepted = Parse(text, decimals, before: "9999999\"", out long fast);
            if (accepted != (status == DecodeStatus.Ok) || (accepted && fast != mantissa))
                Assert.Fail($"seed {seed}, step {step}: '{text}' with {decimals} decimals: {accepted} {fast}, the door says {status} {mantissa}");
        }
    }

    [Test]
    public void A_pair_agrees_with_the_one_door_on_both_numbers([Range(11, 18)] int seed)
    {
        Random random = new(seed);
        for (int step = 0; step < 20_000; step++)
        {
            (string one, string two) = (NumberTexts.Next(random), NumberTexts.Next(random));
            int decimals = random.Next(0, SymbolCache.MaxDecimals + 1), others = random.Next(0, SymbolCache.MaxDecimals + 1);
            DecodeStatus first = DecimalText.Parse(Encoding.ASCII.GetBytes(one), decimals, out long firstMantissa);
            DecodeStatus second = DecimalText.Parse(Encoding.ASCII.GetBytes(two), others, out long secondMantissa);
            byte[] frame = Encoding.ASCII.GetBytes("9999999999999999" + one + "," + two);
            int secondStart = 17 + one.Length;
            bool accepted = DecimalPair.TryParse(
                ref MemoryMarshal.GetArrayDataReference(frame), frame.Length, Place(frame, 16, secondStart - 1), NumberScale.Of(decimals),
                Place(frame, secondStart, frame.Length), NumberScale.Of(others), out long fast, out long fastSecond);
            if (accepted != (first == DecodeStatus.Ok && second == DecodeStatus.Ok) || (accepted && (fast, fastSecond) != (firstMantissa, secondMantissa)))
                Assert.Fail($"seed {seed}, step {step}: '{one}' and '{two}' with {decimals} and {others} decimals: {accepted} {fast} {fastSecond}, the door says {first} {firstMantissa} {second} {secondMantissa}");
        }
    }

    [Test]
    public void What_stands_before_a_number_does_not_matter([Values("99999999", "........", "        ", "\"\"\"\"\"\"\"\"")] string before)
    {
        Assert.That(Parse("1.5", 3, before, out long mantissa), Is.True);
        Assert.That(mantissa, Is.EqualTo(1500));
    }

    [Test]
    public void Another_character_where_the_point_should_be_is_no_number([Values(",", "}", "/", ":")] string character)
    {
        byte[] frame = Encoding.ASCII.GetBytes("9999999999999999249492" + character + "07718985,1.5");
        NumberPlace broken = new(16, 6, 31), good = new(32, 1, 35);
        Assert.That(FastDecimal.TryParse(ref MemoryMarshal.GetArrayDataReference(frame), frame.Length, broken, NumberScale.Of(8), out _), Is.False);
        Assert.That(DecimalPair.TryParse(ref MemoryMarshal.GetArrayDataReference(frame), frame.Length, broken, NumberScale.Of(8), good, NumberScale.Of(8), out _, out _), Is.False);
    }

    [Test]
    public void Every_count_of_digits_on_both_sides_of_the_point_is_exact()
    {
        for (int whole = 1; whole <= 12; whole++)
        {
            for (int fraction = 0; fraction <= 9; fraction++)
            {
                string text = "123456789123"[..whole] + (fraction == 0 ? "" : "." + "987654300"[..fraction]);
                (DecodeStatus status, long expected) = DecimalOracle.Parse(text, 7);
                Assert.That(Parse(text, 7, "ABCDEFG\"", out long mantissa), Is.EqualTo(status == DecodeStatus.Ok), text);
                Assert.That(mantissa, Is.EqualTo(expected), text);
            }
        }
    }

    private static bool Parse(string text, int decimals, string before, out long mantissa)
    {
        byte[] frame = Encoding.ASCII.GetBytes(before + text);
        return FastDecimal.TryParse(ref MemoryMarshal.GetArrayDataReference(frame), frame.Length, Place(frame, before.Length, frame.Length), NumberScale.Of(decimals), out mantissa);
    }

    private static NumberPlace Place(byte[] frame, int start, int end)
    {
        int point = Array.IndexOf(frame, (byte)'.', start);
        return new NumberPlace(start, (point < 0 || point > end ? end : point) - start, end);
    }
}
