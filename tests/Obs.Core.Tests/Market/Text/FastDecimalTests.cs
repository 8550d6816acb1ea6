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
    public void What_stands_before_a_number_does_not_matter([Values("99999999", "........", "        ", "\"\"\"\"\"\"\"\"")] string before)
    {
        Assert.That(Parse("1.5", 3, before, out long mantissa), Is.True);
        Assert.That(mantissa, Is.EqualTo(1500));
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
        int point = text.IndexOf('.', StringComparison.Ordinal);
        return FastDecimal.TryParse(
            ref MemoryMarshal.GetArrayDataReference(frame), frame.Length, before.Length, point < 0 ? frame.Length + 7 : before.Length + point, frame.Length,
            decimals, PowersOfTen.AsLong[decimals], out mantissa);
    }
}
