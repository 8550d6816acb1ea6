using System;
using NUnit.Framework;
using Obs.Core.Models;

namespace Obs.Core.Tests.Models;

[TestFixture]
internal sealed class ScalingTests
{
    private static readonly RobustScaler Scaler = new([10, 0], [2, 0.5]);

    [Test]
    public void A_feature_is_centred_and_divided_in_double()
    {
        float[] scaled = new float[2];
        int outOfRange = Scaler.Scale([10.3, 0.1], scaled);
        Assert.Multiple(() =>
        {
            Assert.That(scaled, Is.EqualTo(new[] { (float)((10.3 - 10) / 2), (float)(0.1 / 0.5) }));
            Assert.That(outOfRange, Is.Zero);
        });
    }

    [TestCase(8.0, 0), TestCase(8.000001, 1), TestCase(-8.0, 0), TestCase(-8.000001, 1)]
    public void Values_beyond_eight_scales_are_counted(double z, int expected) =>
        Assert.That(Scaler.Scale([10 + (2 * z), 0], new float[2]), Is.EqualTo(expected));

    [TestCase(1e308), TestCase(-1e308)]
    public void Absurd_values_saturate_instead_of_overflowing(double value)
    {
        float[] scaled = new float[2];
        Assert.That(Scaler.Scale([value, 0], scaled), Is.EqualTo(1));
        Assert.That(Math.Abs(scaled[0]), Is.EqualTo((float)RobustScaler.Saturation));
    }

    [Test]
    public void Rows_of_another_length_or_without_numbers_are_not_accepted()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Scaler.Accepts([1, 2]), Is.True);
            Assert.That(Scaler.Accepts([1]), Is.False);
            Assert.That(Scaler.Accepts([1, 2, 3]), Is.False);
            Assert.That(Scaler.Accepts([double.NaN, 2]), Is.False);
            Assert.That(Scaler.Accepts([1, double.NegativeInfinity]), Is.False);
        });
    }

    [Test]
    public void A_prediction_becomes_a_return_by_its_kind()
    {
        Assert.Multiple(() =>
        {
            Assert.That(new ModelTarget(TargetKind.Price, 0, 1).ToReturn(101, mid: 100), Is.EqualTo(0.01).Within(1e-15));
            Assert.That(new ModelTarget(TargetKind.Return, 0, 1).ToReturn(0.02, mid: 100), Is.EqualTo(0.02));
            Assert.That(new ModelTarget(TargetKind.Price, 5, 2).Unscale(0.5f), Is.EqualTo(6));
        });
    }

    [Test]
    public void A_log_return_becomes_a_return_without_cancellation([Values(-40, -2, -0.51, -0.5, -1e-3, -1e-12, 0, 1e-17, 1e-8, 0.2, 0.5, 0.51, 3, 20)] double value)
    {
        double result = new ModelTarget(TargetKind.LogReturn, 0, 1).ToReturn(value, mid: 1);
        double expected = Math.Abs(value) < 1e-5 ? value + (value * value / 2) : Math.Exp(value) - 1;
        Assert.That(result, Is.EqualTo(expected).Within(1e-10 * Math.Abs(expected)));
    }

    [TestCase(1e308, double.PositiveInfinity), TestCase(-1e308, -1)]
    public void An_absurd_log_return_ends_at_the_limit(double value, double expected) =>
        Assert.That(new ModelTarget(TargetKind.LogReturn, 0, 1).ToReturn(value, mid: 1), Is.EqualTo(expected));
}
