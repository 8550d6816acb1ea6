using System;
using NUnit.Framework;
using Obs.Core.Signals;

namespace Obs.Core.Tests.Signals;

/// <summary>Own logarithms against the library's, to a few units in the last place.</summary>
internal sealed class LogarithmTests
{
    private const double Relative = 5e-16;

    [Test]
    public void Ln_equals_the_librarys([Values(1, 2, 3)] int seed)
    {
        Random random = new(seed);
        for (int draw = 0; draw < 20_000; draw++)
        {
            double x = Math.ScaleB(1 + random.NextDouble(), random.Next(-1000, 1000));
            Assert.That(Logarithm.Of(x), Is.EqualTo(Math.Log(x)).Within(Relative * Math.Abs(Math.Log(x))), $"seed {seed}, ln {x:R}");
        }
    }

    [Test]
    public void The_logarithm_of_a_ratio_is_exact_near_1([Values(1, 2, 3)] int seed)
    {
        Random random = new(seed);
        for (int draw = 0; draw < 20_000; draw++)
        {
            long b = random.NextInt64(1_000_000, 1L << 50);
            long a = b + random.NextInt64(-b / 1000, b / 1000);
            double x = (a - b) / (double)b;
            double wanted = x - (x * x / 2) + (x * x * x / 3) - (x * x * x * x / 4) + (x * x * x * x * x / 5) - (Math.Pow(x, 6) / 6) + (Math.Pow(x, 7) / 7);
            Assert.That(Logarithm.OfRatio(a, b), Is.EqualTo(wanted).Within(1e-15 * Math.Abs(wanted)), $"seed {seed}, ln {a}/{b}");
        }
    }

    [TestCase(1, 1)]
    [TestCase(123_456_789_012, 123_456_789_012)]
    public void Equal_mids_have_a_return_of_exactly_0(long a, long b) => Assert.That(Logarithm.OfRatio(a, b), Is.Zero);

    [TestCase(3, 1)]
    [TestCase(1, 1_000_000)]
    [TestCase(10_000_000, 7)]
    public void Far_ratios_are_right_too(long a, long b) =>
        Assert.That(Logarithm.OfRatio(a, b), Is.EqualTo(Math.Log((double)a / b)).Within(1e-15 * Math.Abs(Math.Log((double)a / b))));

    [TestCase(1e-18)]
    [TestCase(1e-8)]
    [TestCase(0.3)]
    [TestCase(0.5)]
    [TestCase(12_345.678)]
    [TestCase(1e15)]
    public void Ln_of_1_plus_x_keeps_small_x(double x)
    {
        double wanted = x < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x);
        Assert.That(Logarithm.OfOnePlus(x), Is.EqualTo(wanted).Within(1e-15 * wanted));
    }

    [Test]
    public void Ln_of_1_plus_0_is_0() => Assert.That(Logarithm.OfOnePlus(0), Is.Zero);
}
