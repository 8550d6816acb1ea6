using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Simulation;

namespace Obs.Core.Tests.Simulation;

/// <summary>Draws are a function of the seed and have the moments they promise.</summary>
internal sealed class SeededDrawsTests
{
    private const int Draws = 200_000;

    [Test]
    public void The_first_bits_of_a_seed_are_those_of_the_published_generator()
    {
        // xoshiro256** seeded by SplitMix64 of 0, stepped by hand from the published algorithms
        ulong[] state = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC];
        SeededDraws draws = new(0);
        for (int step = 0; step < 1_000; step++)
            Assert.That(draws.NextBits(), Is.EqualTo(Step(state)), $"step {step}");
    }

    [Test]
    public void Uniform_exponential_and_normal_draws_have_their_moments()
    {
        SeededDraws draws = new(7);
        AssertMoments(Series(() => draws.NextUniform()), 0.5, 1 / 12.0);
        AssertMoments(Series(() => draws.NextExponential()), 1, 1);
        AssertMoments(Series(() => draws.NextNormal()), 0, 1);
        AssertMoments(Series(() => draws.NextGeometric(0.5, 60)), 1, 2);
        AssertMoments(Series(() => draws.Happens(0.3) ? 1 : 0), 0.3, 0.21);
    }

    [Test]
    public void A_geometric_draw_stops_at_its_most()
    {
        SeededDraws draws = new(7);
        Assert.That(Series(() => draws.NextGeometric(0.99, 5)).Max(), Is.EqualTo(5));
    }

    [Test]
    public void Moods_revert_and_trades_excite()
    {
        SeededDraws draws = new(3);
        MarketMood mood = MarketMood.Start(0, ref draws);
        List<double> pressure = [], activity = [];
        for (int step = 0; step < Draws; step++)
        {
            mood.Advance(5, ref draws);
            pressure.Add(mood.Pressure);
            activity.Add(mood.Activity);
        }
        Assert.That(pressure.Average(), Is.EqualTo(0).Within(0.03));
        Assert.That(pressure.Average(static p => p * p), Is.EqualTo(1).Within(0.03));
        Assert.That(activity.Average(), Is.EqualTo(1).Within(0.05));
        double calm = mood.Excitation;
        mood.Excite();
        double excited = mood.Excitation - calm;
        mood.Advance(1, ref draws);
        Assert.That((excited, mood.Excitation), Is.EqualTo((1.0, 0.1353)).Within(1e-4));
    }

    [Test]
    public void Pressure_decides_the_direction_and_a_bias_shifts_it()
    {
        SeededDraws draws = new(3);
        MarketMood mood = MarketMood.Start(0, ref draws);
        while (mood.Pressure < 1)
            mood.Advance(1, ref draws);
        Assert.That(mood.UpProbability(1), Is.GreaterThan(0.7));
        Assert.That(mood.UpProbability(0), Is.EqualTo(0.5));
        Assert.That(mood.UpProbability(1, -5 * mood.Pressure), Is.LessThan(0.1));
    }

    private static double[] Series(Func<double> draw)
    {
        double[] values = new double[Draws];
        for (int index = 0; index < values.Length; index++)
            values[index] = draw();
        return values;
    }

    private static void AssertMoments(double[] values, double mean, double variance)
    {
        double found = values.Average();
        Assert.That(found, Is.EqualTo(mean).Within(6 * Math.Sqrt(variance / values.Length)));
        Assert.That(values.Average(v => (v - found) * (v - found)), Is.EqualTo(variance).Within(3).Percent);
    }

    private static ulong Step(ulong[] s)
    {
        unchecked
        {
            ulong result = Rotate(s[1] * 5, 7) * 9;
            ulong t = s[1] << 17;
            s[2] ^= s[0];
            s[3] ^= s[1];
            s[1] ^= s[2];
            s[0] ^= s[3];
            s[2] ^= t;
            s[3] = Rotate(s[3], 45);
            return result;
        }
    }

    private static ulong Rotate(ulong value, int bits) => value << bits | value >> 64 - bits;
}
