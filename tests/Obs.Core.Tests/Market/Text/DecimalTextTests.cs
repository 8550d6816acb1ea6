using System;
using System.Globalization;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Text;

namespace Obs.Core.Tests.Market.Text;

[TestFixture]
public sealed class DecimalTextTests
{
    [TestCase("0", 8, 0)]
    [TestCase("-0", 8, 0)]
    [TestCase("0.0e5", 8, 0)]
    [TestCase("0e999999999999999999", 0, 0)]
    [TestCase("148961000.0", 8, 14896100000000000)]
    [TestCase("8.428e-05", 8, 8428)]
    [TestCase("1E2", 2, 10000)]
    [TestCase("1e+2", 0, 100)]
    [TestCase("61737.63000000", 2, 6173763)]
    [TestCase("-1.5", 1, -15)]
    [TestCase("9223372036854775807", 0, long.MaxValue)]
    [TestCase("-9223372036854775807", 0, -long.MaxValue)]
    [TestCase("92233720368547758.07", 2, long.MaxValue)]
    [TestCase("1.00000000000000000000000000000000000000000", 3, 1000)]
    [TestCase("0.000000000000000000000000000000000000000001e42", 0, 1)]
    [TestCase("1000000000000000000000000000000e-30", 0, 1)]
    public void Exact_values_have_one_mantissa(string text, int decimals, long mantissa)
    {
        DecodeStatus status = Parse(text, decimals, out long parsed);
        Assert.That((status, parsed), Is.EqualTo((DecodeStatus.Ok, mantissa)));
    }

    [TestCase("")]
    [TestCase("-")]
    [TestCase("+1")]
    [TestCase(".5")]
    [TestCase("5.")]
    [TestCase("00.1")]
    [TestCase("01")]
    [TestCase("-01")]
    [TestCase("1e")]
    [TestCase("1e+")]
    [TestCase("1.e5")]
    [TestCase("1.2.3")]
    [TestCase("1e5.5")]
    [TestCase(" 1")]
    [TestCase("1 ")]
    [TestCase("0x10")]
    [TestCase("NaN")]
    [TestCase("Infinity")]
    [TestCase("1,000")]
    [TestCase("--1")]
    [TestCase("１")]
    public void Text_that_is_no_number_is_malformed(string text) =>
        Assert.That(Parse(text, 8, out _), Is.EqualTo(DecodeStatus.Malformed));

    [TestCase("9223372036854775808", 0)]
    [TestCase("-9223372036854775808", 0)]
    [TestCase("92233720368547758.08", 2)]
    [TestCase("1e308", 8)]
    [TestCase("1e19", 0)]
    [TestCase("18446744073709551616", 0)]
    [TestCase("1234567890123456789012345678901234567890", 0)]
    [TestCase("1234567890123456789012345678901234567890.5", 0)]
    [TestCase("1e999999999999999999999999", 0)]
    public void Numbers_beyond_64_bits_overflow(string text, int decimals)
    {
        DecodeStatus status = Parse(text, decimals, out long mantissa);
        Assert.That((status, mantissa), Is.EqualTo((DecodeStatus.Overflow, 0L)));
    }

    [TestCase("0.001", 2)]
    [TestCase("1e-400", 8)]
    [TestCase("1e-999999999999999999999999", 8)]
    [TestCase("9223372036854775807.5", 0)]
    [TestCase("61737.63000001", 2)]
    public void Digits_behind_the_scale_are_refused(string text, int decimals) =>
        Assert.That(Parse(text, decimals, out _), Is.EqualTo(DecodeStatus.OffScale));

    [Test]
    public void Random_texts_agree_with_big_integers([Range(1, 8)] int seed)
    {
        Random random = new(seed);
        for (int step = 0; step < 20_000; step++)
        {
            string text = NumberTexts.Next(random);
            int decimals = random.Next(0, 19);
            (DecodeStatus status, long mantissa) = DecimalOracle.Parse(text, decimals);
            DecodeStatus actual = Parse(text, decimals, out long parsed);
            if ((actual, parsed) != (status, mantissa))
                Assert.Fail($"seed {seed}, step {step}: '{text}' with {decimals} decimals: {actual} {parsed}, expected {status} {mantissa}");
        }
    }

    [Test]
    public void Random_decimals_agree_with_the_runtime([Range(1, 4)] int seed)
    {
        Random random = new(seed);
        for (int step = 0; step < 20_000; step++)
        {
            int scale = random.Next(0, 9);
            decimal value = random.NextInt64(0, 9_000_000_000_000_000) / PowersOfTen.AsDecimal[scale];
            string text = value.ToString(CultureInfo.InvariantCulture);
            Assert.That(Parse(text, 8, out long mantissa), Is.EqualTo(DecodeStatus.Ok).Or.EqualTo(DecodeStatus.Overflow), text);
            if (value * 100_000_000m <= long.MaxValue && mantissa != (long)(value * 100_000_000m))
                Assert.Fail($"seed {seed}, step {step}: {text} became {mantissa}");
        }
    }

    [Test]
    public void The_comparison_notices_a_wrong_oracle()
    {
        (DecodeStatus status, long mantissa) = DecimalOracle.Parse("1.25", 2);
        Assert.That((status, mantissa), Is.EqualTo((DecodeStatus.Ok, 125L)));
        Assert.That(Parse("1.26", 2, out long other), Is.EqualTo(DecodeStatus.Ok));
        Assert.That(other, Is.Not.EqualTo(mantissa));
    }

    private static DecodeStatus Parse(string text, int decimals, out long mantissa) =>
        DecimalText.Parse(Encoding.UTF8.GetBytes(text), decimals, out mantissa);
}
