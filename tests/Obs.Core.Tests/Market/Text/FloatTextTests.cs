using System;
using System.Globalization;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Text;

namespace Obs.Core.Tests.Market.Text;

[TestFixture]
public sealed class FloatTextTests
{
    [Test]
    public void Every_text_becomes_the_nearest_double([Range(1, 4)] int seed)
    {
        Random random = new(seed);
        for (int step = 0; step < 20_000; step++)
        {
            string text = NumberTexts.Next(random);
            bool number = DecimalOracle.Parse(text, 0).Status != DecodeStatus.Malformed;
            DecodeStatus status = FloatText.ParseTotal(Encoding.ASCII.GetBytes(text), out double value);
            double expected = number ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : double.NaN;
            DecodeStatus expectedStatus = !number ? DecodeStatus.Malformed : !double.IsFinite(expected) ? DecodeStatus.Overflow : expected < 0 ? DecodeStatus.BadSize : DecodeStatus.Ok;
            if (status != expectedStatus || (status == DecodeStatus.Ok && !value.Equals(expected)))
                Assert.Fail($"seed {seed}, step {step}: '{text}' became {status} {value:R}, expected {expectedStatus} {expected:R}");
        }
    }

    [TestCase("1e309", DecodeStatus.Overflow)]
    [TestCase("1e308", DecodeStatus.Ok)]
    [TestCase("-0.5", DecodeStatus.BadSize)]
    [TestCase("", DecodeStatus.Malformed)]
    [TestCase("NaN", DecodeStatus.Malformed)]
    public void Limits_have_a_reason(string text, object status) =>
        Assert.That(FloatText.ParseTotal(Encoding.ASCII.GetBytes(text), out _), Is.EqualTo((DecodeStatus)status));
}
