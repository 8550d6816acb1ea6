using System;
using System.Numerics;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

[TestFixture]
internal sealed class MoneyScaleTests
{
    private static readonly BigInteger Largest = (BigInteger)Int128.MaxValue;

    [TestCase(1), TestCase(2), TestCase(3)]
    public void A_value_is_exact_or_an_error_never_wrapped(int seed)
    {
        Random random = new(seed);
        MoneyScale scale = new(TradingFixture.Spot);
        int overflows = 0;
        for (int step = 0; step < 3_000; step++)
        {
            Price price = new(random.NextInt64() >> random.Next(63));
            Size size = new((random.NextInt64() >> random.Next(63)) * (random.Next(2) == 0 ? 1 : -1));
            BigInteger exact = (BigInteger)price.Mantissa * size.Mantissa * scale.UnitsPerNotional;
            if (BigInteger.Abs(exact) > Largest)
            {
                overflows++;
                Assert.That(() => scale.Notional(price, size), Throws.InstanceOf<OverflowException>(), $"{price} × {size}, seed {seed}");
                continue;
            }
            Assert.That((BigInteger)scale.Notional(price, size).Units, Is.EqualTo(exact), $"{price} × {size}, seed {seed}");
        }
        Assert.That(overflows, Is.InRange(100, 2_900), "control: both outcomes occur");
    }

    [Test]
    public void The_last_value_that_fits_is_exact_and_the_next_is_an_error()
    {
        MoneyScale scale = new(TradingFixture.Spot);
        Int128 last = Int128.MaxValue / scale.UnitsPerNotional;
        Assert.That(scale.ValueOf(last).Units, Is.EqualTo(last * scale.UnitsPerNotional));
        Assert.That(scale.ValueOf(-last).Units, Is.EqualTo(-(last * scale.UnitsPerNotional)));
        Assert.That(() => scale.ValueOf(last + 1), Throws.InstanceOf<OverflowException>());
        Assert.That(() => scale.ValueOf(-last - 1), Throws.InstanceOf<OverflowException>());
        Assert.That(() => scale.ValueOf(Int128.MinValue), Throws.InstanceOf<OverflowException>());
    }

    [Test]
    public void Half_a_unit_at_the_mid_is_rounded_away_from_zero()
    {
        // a scale without digits below a value's, so that halves occur
        MoneyScale scale = new(TradingFixture.Spot with { PriceDecimals = 12, SizeDecimals = 12 });
        Assert.That(scale.UnitsPerNotional, Is.EqualTo(1));
        Assert.That(scale.NotionalAtMid(3, 1).Units, Is.EqualTo((Int128)2));
        Assert.That(scale.NotionalAtMid(3, -1).Units, Is.EqualTo((Int128)(-2)));
        Assert.That(scale.NotionalAtMid(4, 1).Units, Is.EqualTo((Int128)2));
        Assert.That(scale.NotionalAtMid(4, 0).Units, Is.EqualTo(Int128.Zero));
    }

    [Test]
    public void Limits_in_value_units_are_the_first_and_the_last_that_hold()
    {
        MoneyScale scale = new(TradingFixture.Spot);
        foreach (long over in new[] { 0L, 1L, scale.UnitsPerNotional - 1 })
        {
            Money amount = new((Int128)5_000 * scale.UnitsPerNotional + over);
            Assert.That(scale.ValueOf(scale.NotionalAtLeast(amount)), Is.GreaterThanOrEqualTo(amount), $"{over} units over");
            Assert.That(scale.ValueOf(scale.NotionalAtLeast(amount) - 1), Is.LessThan(amount));
            Assert.That(scale.ValueOf(scale.NotionalAtMost(amount)), Is.LessThanOrEqualTo(amount));
            Assert.That(scale.ValueOf(scale.NotionalAtMost(amount) + 1), Is.GreaterThan(amount));
        }
    }
}
