using System;
using System.Runtime.Intrinsics;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Text;

namespace Obs.Core.Tests.Market.Text;

[TestFixture]
public sealed class NumberShapeTests
{
    private const string Digits = "123456789123456789";

    [Test]
    public void Every_shape_accepts_its_own_text_and_places_its_digits([Range(0, SymbolCache.MaxDecimals)] int decimals)
    {
        for (int whole = 1; whole < 16; whole++)
        {
            for (int tail = 0; tail < 16; tail++)
            {
                NumberShape shape = NumberShape.Of(whole, tail, decimals);
                if (tail == 1 || whole + tail > NumberShape.Bytes || whole + decimals > 18)
                {
                    Assert.That(shape.Unusual, Is.Not.Zero, $"{whole} and {tail}");
                    continue;
                }
                int kept = Math.Min(Math.Max(tail - 1, 0), decimals);
                string fraction = Digits[..kept].PadRight(Math.Max(tail - 1, 0), '0');
                string text = Digits[..whole] + (tail == 0 ? "" : "." + fraction);
                Assert.That(Accepts(shape, text), Is.True, text);
                Assert.That(Kept(shape, text), Is.EqualTo((Digits[..whole] + Digits[..kept]).PadLeft(16, '0')), text);
                Assert.That(shape.Unit, Is.EqualTo(PowersOfTen.AsLong[decimals - kept]), text);
            }
        }
    }

    [TestCase("12.50", 1, true)]
    [TestCase("12.51", 1, false, Description = "a digit behind the scale")]
    [TestCase("02.50", 1, false, Description = "a leading zero")]
    [TestCase("12,50", 1, false, Description = "another point")]
    [TestCase("12.5e", 2, false)]
    [TestCase("-2.50", 2, false)]
    [TestCase("1 .50", 2, false)]
    public void A_byte_out_of_place_is_noticed(string text, int decimals, bool accepted) =>
        Assert.That(Accepts(NumberShape.Of(2, 3, decimals), text), Is.EqualTo(accepted));

    [Test]
    public void A_single_zero_before_the_point_is_no_leading_zero()
    {
        Assert.That(Accepts(NumberShape.Of(1, 3, 2), "0.50"), Is.True);
        Assert.That(Accepts(NumberShape.Of(1, 0, 2), "0"), Is.True);
    }

    [Test]
    public void Counts_outside_the_table_are_unusual()
    {
        NumberScale scale = NumberScale.Of(3);
        foreach ((int whole, int tail) in new[] { (0, 0), (16, 0), (-1, 3), (1, 16), (1, -1), (int.MaxValue, int.MinValue) })
            Assert.That(NumberScale.ShapeOf(in scale.Shapes, whole, tail).Unusual, Is.Not.Zero, $"{whole} and {tail}");
        Assert.That(NumberScale.ShapeOf(in scale.Shapes, 5, 3).Unusual, Is.Zero);
        Assert.That((scale.Decimals, scale.Unit), Is.EqualTo((3, 1000L)));
    }

    private static bool Accepts(in NumberShape shape, string text) => Vector128.LessThanOrEqualAll(Load(text) - shape.Base, shape.Limit);

    private static string Kept(in NumberShape shape, string text)
    {
        byte[] kept = new byte[16];
        for (int index = 0; index < 16; index++)
            kept[index] = shape.Shuffle[index] >= 0x80 ? (byte)'0' : Load(text)[shape.Shuffle[index]];
        return Encoding.ASCII.GetString(kept);
    }

    private static Vector128<byte> Load(string text) => Vector128.Create(Encoding.ASCII.GetBytes(text.PadLeft(16, '"')));
}
