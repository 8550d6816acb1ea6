using System;
using System.Runtime.Intrinsics;
using NUnit.Framework;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

[TestFixture]
internal sealed class ActivationsTests
{
    private const double TanhError = 2.9e-7;

    [Test]
    public void Tanh_and_logistic_stay_within_the_stated_error()
    {
        double worstTanh = 0, worstLogistic = 0;
        for (int i = -200_000; i <= 200_000; i++)
        {
            float x = i * 1e-4f;
            worstTanh = Math.Max(worstTanh, Math.Abs(Tanh16(x) - Math.Tanh(x)));
            worstLogistic = Math.Max(worstLogistic, Math.Abs(Logistic16(x) - (1 / (1 + Math.Exp(-(double)x)))));
        }
        TestContext.Out.WriteLine($"tanh {worstTanh:E2}, logistic {worstLogistic:E2}");
        Assert.Multiple(() =>
        {
            Assert.That(worstTanh, Is.LessThan(TanhError));
            Assert.That(worstLogistic, Is.LessThan(TanhError));
        });
    }

    [TestCase(0f, 0f), TestCase(1e9f, 1f), TestCase(float.MaxValue, 1f), TestCase(-1e9f, -1f), TestCase(float.PositiveInfinity, 1f)]
    public void Ends_are_exact(float x, float expected) => Assert.That(Tanh16(x), Is.EqualTo(expected));

    [Test]
    public void Tiny_values_pass_through_in_proportion([Values(1e-6f, 1e-20f, 1e-38f)] float x) =>
        Assert.That(Tanh16(x) / (double)x, Is.EqualTo(1).Within(4e-7));

    [Test]
    public void Tanh_is_odd_and_all_widths_give_the_same_bits([Range(1, 3)] int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 20_000; i++)
        {
            float x = (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 3)));
            uint bits = BitConverter.SingleToUInt32Bits(Tanh16(x));
            Assert.That(bits, Is.EqualTo(BitConverter.SingleToUInt32Bits(-Tanh16(-x))), $"seed {seed}, x {x:R}: odd");
            Assert.That(
                bits,
                Is.EqualTo(BitConverter.SingleToUInt32Bits(Activations<Lanes8, Vector256<float>>.Tanh(Vector256.Create(x))[3])),
                $"seed {seed}, x {x:R}: 8 lanes");
            Assert.That(
                bits,
                Is.EqualTo(BitConverter.SingleToUInt32Bits(Activations<Lanes4, Vector128<float>>.Tanh(Vector128.Create(x))[3])),
                $"seed {seed}, x {x:R}: 4 lanes");
        }
    }

    private static float Tanh16(float x) => Activations<Lanes16, Vector512<float>>.Tanh(Vector512.Create(x))[15];

    private static float Logistic16(float x) => Activations<Lanes16, Vector512<float>>.Logistic(Vector512.Create(x))[15];
}
