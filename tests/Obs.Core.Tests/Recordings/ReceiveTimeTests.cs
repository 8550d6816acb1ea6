using NUnit.Framework;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>Times of unknown unit, text times, and numbers at a scale.</summary>
internal sealed class ReceiveTimeTests
{
    [TestCase(1_730_386_800_033_000_001L, 1_730_386_800_033_000_001L, TestName = "Nanoseconds stay")]
    [TestCase(1_730_386_800_033_001L, 1_730_386_800_033_001_000L, TestName = "Microseconds are widened")]
    [TestCase(1_730_386_800_033L, 1_730_386_800_033_000_000L, TestName = "Milliseconds are widened")]
    [TestCase(1_230_768_000_000L, ReceiveTime.FirstNs, TestName = "The first millisecond of 2009")]
    [TestCase(1_230_768_000_000_000L, ReceiveTime.FirstNs, TestName = "The first microsecond of 2009")]
    [TestCase(ReceiveTime.FirstNs, ReceiveTime.FirstNs, TestName = "The first nanosecond of 2009")]
    [TestCase(4_102_444_799_999L, 4_102_444_799_999_000_000L, TestName = "The last millisecond of 2099")]
    [TestCase(ReceiveTime.EndNs - 1, ReceiveTime.EndNs - 1, TestName = "The last nanosecond of 2099")]
    public void Time(long value, long expectedNs)
    {
        Assert.That(ReceiveTime.ToNs(value, out long ns), Is.EqualTo(BadLineReason.None));
        Assert.That(ns, Is.EqualTo(expectedNs));
    }

    [TestCase(99_999_999_999L, BadLineReason.TimeUnitUnknown, TestName = "Just below milliseconds: unit unknown")]
    [TestCase(100_000_000_000L, BadLineReason.ClockAbsurd, TestName = "The first millisecond value is 1973")]
    [TestCase(99_999_999_999_999L, BadLineReason.ClockAbsurd, TestName = "The last millisecond value is the year 5138")]
    [TestCase(100_000_000_000_000L, BadLineReason.ClockAbsurd, TestName = "The first microsecond value is 1973")]
    [TestCase(99_999_999_999_999_999L, BadLineReason.ClockAbsurd, TestName = "The last microsecond value is the year 5138")]
    [TestCase(100_000_000_000_000_000L, BadLineReason.ClockAbsurd, TestName = "The first nanosecond value is 1973")]
    [TestCase(ReceiveTime.EndNs, BadLineReason.ClockAbsurd, TestName = "2100 is refused")]
    [TestCase(4_102_444_800_000L, BadLineReason.ClockAbsurd, TestName = "2100 in milliseconds is refused")]
    [TestCase(1_230_767_999_999L, BadLineReason.ClockAbsurd, TestName = "2008 is refused")]
    [TestCase(1_730_386_800L, BadLineReason.TimeUnitUnknown, TestName = "Seconds are refused")]
    [TestCase(0L, BadLineReason.TimeUnitUnknown, TestName = "Zero is refused")]
    [TestCase(-1L, BadLineReason.TimeUnitUnknown, TestName = "Negative times are refused")]
    [TestCase(long.MaxValue, BadLineReason.ClockAbsurd, TestName = "The largest number is refused")]
    public void Refused(long value, BadLineReason expected) => Assert.That(ReceiveTime.ToNs(value, out _), Is.EqualTo(expected));

    [TestCase("2022-11-25 09:30:41", 0, 1_669_368_641_000_000_000L)]
    [TestCase("2022-11-25T09:30:41Z", 540, 1_669_368_641_000_000_000L)]
    [TestCase("2022-11-25 18:30:41", 540, 1_669_368_641_000_000_000L)]
    [TestCase("2022-05-18 00:00:00.002936", 540, 1_652_799_600_002_936_000L)]
    [TestCase("2024-02-29 23:59:59.999999999", 0, 1_709_251_199_999_999_999L)]
    public void Text_times_are_read_exactly(string text, int offset, long expectedNs)
    {
        Assert.That(TimeText.TryParse(System.Text.Encoding.ASCII.GetBytes(text), offset, out long ns), Is.True);
        Assert.That(ns, Is.EqualTo(expectedNs));
    }

    [TestCase("")]
    [TestCase("2022-11-25")]
    [TestCase("2023-02-29 00:00:00")]
    [TestCase("2022-13-01 00:00:00")]
    [TestCase("2022-11-25 24:00:00")]
    [TestCase("2022-11-25 09:60:00")]
    [TestCase("2022-11-25 09:30:41.")]
    [TestCase("2022-11-25 09:30:41.1234567890")]
    [TestCase("2022-11-25 09:30:41,5")]
    [TestCase("1999-11-25 09:30:41")]
    [TestCase("2022-11-+5 09:30:41")]
    [TestCase("2022/11/25 09:30:41")]
    public void Other_text_is_no_time(string text) => Assert.That(TimeText.TryParse(System.Text.Encoding.ASCII.GetBytes(text), 0, out _), Is.False);

    [TestCase("22605000.0", 4, 226_050_000_000L)]
    [TestCase("7.523e-05", 8, 7523L)]
    [TestCase("1E+3", 0, 1000L)]
    [TestCase("0", 8, 0L)]
    [TestCase("-1.5", 1, -15L)]
    public void Numbers_become_exact_mantissas(string text, int decimals, long expected)
    {
        Assert.That(ScaledNumber.Parse(System.Text.Encoding.ASCII.GetBytes(text), decimals, out long mantissa), Is.EqualTo(BadLineReason.None));
        Assert.That(mantissa, Is.EqualTo(expected));
    }

    [TestCase("", BadLineReason.MissingField)]
    [TestCase("abc", BadLineReason.Malformed)]
    [TestCase("nan", BadLineReason.Malformed)]
    [TestCase("1.5x", BadLineReason.Malformed)]
    [TestCase("0.00000000001", BadLineReason.OffScale)]
    [TestCase("1e308", BadLineReason.Overflow)]
    [TestCase("1234567890123456789012345678901234567890", BadLineReason.Overflow)]
    public void Other_numbers_have_a_reason(string text, BadLineReason expected) =>
        Assert.That(ScaledNumber.Parse(System.Text.Encoding.ASCII.GetBytes(text), 8, out _), Is.EqualTo(expected));

    [Test]
    public void Doubles_that_came_from_decimals_find_their_mantissa([Values(0.1, 61_837.64, 1e-8, 5_123_107.832, 0.00001)] double value)
    {
        Assert.That(ScaledNumber.OfDouble(value, 8, out long mantissa), Is.EqualTo(BadLineReason.None));
        Assert.That(mantissa / 1e8, Is.EqualTo(value));
    }

    [TestCase(0.1 + 0.2, BadLineReason.OffScale, TestName = "A sum in floating point is no decimal of the scale")]
    [TestCase(double.NaN, BadLineReason.Malformed, TestName = "Not a number")]
    [TestCase(double.PositiveInfinity, BadLineReason.Malformed, TestName = "Infinity")]
    [TestCase(1e300, BadLineReason.Overflow, TestName = "A double beyond 64 bits")]
    [TestCase(1e-9, BadLineReason.OffScale, TestName = "A double finer than the scale")]
    public void Double(double value, BadLineReason expected) => Assert.That(ScaledNumber.OfDouble(value, 8, out _), Is.EqualTo(expected));
}
