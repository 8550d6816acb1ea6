using System.Runtime.CompilerServices;
using NUnit.Framework;
using Obs.Core.Signals;

namespace Obs.Core.Tests.Signals;

/// <summary>A row knows what it has; what it lacks is NaN, never 0.</summary>
internal sealed class FeatureRowTests
{
    [Test]
    public void An_empty_row_holds_nothing_and_no_zeros()
    {
        FeatureRow row = default;
        Assert.That(row.Present, Is.EqualTo(FeatureSet.None));
        Assert.That(row[FeatureId.Spread], Is.NaN);
        Assert.That(row.TryGet(FeatureId.Spread, out double value), Is.False);
        Assert.That(value, Is.NaN);
    }

    [Test]
    public void Zero_is_a_value()
    {
        FeatureRow row = default;
        row.Set(FeatureId.PriceVolatility, 0);
        Assert.That(row.TryGet(FeatureId.PriceVolatility, out double value), Is.True);
        Assert.That(value, Is.Zero);
    }

    [Test]
    public void A_cleared_row_has_forgotten_its_values()
    {
        FeatureRow row = default;
        row.Set(FeatureId.Spread, 3);
        row.Clear();
        Assert.That(row[FeatureId.Spread], Is.NaN);
    }

    [Test]
    public void Values_are_copied_in_a_models_order_or_not_at_all()
    {
        FeatureRow row = default;
        row.Set(FeatureId.Spread, 1);
        row.Set(FeatureId.MidPrice, 2);
        double[] values = new double[2];
        Assert.That(row.TryCopy([FeatureId.MidPrice, FeatureId.Spread], values), Is.True);
        Assert.That(values, Is.EqualTo(new[] { 2.0, 1.0 }));
        Assert.That(row.TryCopy([FeatureId.Spread, FeatureId.QueueImbalance], values), Is.False);
    }

    [Test]
    public void A_row_is_160_bytes() => Assert.That(Unsafe.SizeOf<FeatureRow>(), Is.EqualTo(160));
}
