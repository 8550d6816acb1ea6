using System;
using NUnit.Framework;
using Obs.Core.Diagnostics;

namespace Obs.Core.Tests.Diagnostics;

/// <summary>The histogram against sorted arrays: three significant digits, whatever is recorded.</summary>
internal sealed class LatencyHistogramTests
{
    private static readonly double[] Percentiles = [0, 1, 25, 50, 90, 99, 99.9, 99.99, 100];

    [Test]
    public void Percentiles_are_within_a_thousandth_of_the_sorted_array([Range(1, 12)] int seed)
    {
        (LatencyHistogram histogram, long[] sorted) = Recorded(seed, count: 20_000);
        foreach (double percentile in Percentiles)
        {
            long exact = NearestRank(sorted, percentile);
            long told = histogram.ValueAtPercentile(percentile);
            Assert.That(told, Is.InRange(exact, exact + (exact / 1000.0)), $"seed {seed}, p{percentile}");
        }
    }

    [Test]
    public void A_histogram_of_two_digits_would_be_found_out()
    {
        (_, long[] sorted) = Recorded(seed: 1, count: 20_000);
        long exact = NearestRank(sorted, 99);
        long coarse = exact + (exact / 100);
        Assert.That(coarse, Is.Not.InRange(exact, exact + (exact / 1000.0)), "the accuracy check cannot fail");
    }

    [Test]
    public void Count_min_and_max_are_exact_and_the_mean_is_close([Range(1, 5)] int seed)
    {
        (LatencyHistogram histogram, long[] sorted) = Recorded(seed, count: 5_000);
        double mean = 0;
        foreach (long value in sorted)
            mean += value / (double)sorted.Length;
        Assert.Multiple(() =>
        {
            Assert.That(histogram.Count, Is.EqualTo(sorted.Length));
            Assert.That(histogram.Min, Is.EqualTo(sorted[0]));
            Assert.That(histogram.Max, Is.EqualTo(sorted[^1]));
            Assert.That(histogram.Mean, Is.EqualTo(mean).Within(0.0006 * mean));
        });
    }

    [TestCase(0L), TestCase(1L), TestCase(1023L), TestCase(1024L), TestCase(2047L), TestCase(2048L), TestCase(2049L), TestCase(4095L), TestCase(4096L)]
    [TestCase((1L << 39) - 1), TestCase(1L << 39), TestCase(LatencyHistogram.LargestNs)]
    public void A_single_value_is_told_as_it_is_at_every_edge(long valueNs)
    {
        LatencyHistogram histogram = new();
        histogram.Record(valueNs);
        Assert.That((histogram.ValueAtPercentile(0), histogram.ValueAtPercentile(50), histogram.ValueAtPercentile(100)), Is.EqualTo((valueNs, valueNs, valueNs)));
        Assert.That(histogram.ClampedCount, Is.Zero);
    }

    [TestCase(-1L, 0L), TestCase(long.MinValue, 0L), TestCase(LatencyHistogram.LargestNs + 1, LatencyHistogram.LargestNs), TestCase(long.MaxValue, LatencyHistogram.LargestNs)]
    public void What_is_out_of_range_is_clamped_and_counted(long valueNs, long expectedNs)
    {
        LatencyHistogram histogram = new();
        histogram.Record(valueNs);
        Assert.That((histogram.Count, histogram.ClampedCount, histogram.Max), Is.EqualTo((1L, 1L, expectedNs)));
    }

    [Test]
    public void Adding_gives_what_recording_into_one_would_have_given()
    {
        (LatencyHistogram first, long[] left) = Recorded(seed: 3, count: 4_000);
        (LatencyHistogram second, long[] right) = Recorded(seed: 4, count: 1_000);
        second.Record(-5);
        first.Add(second);
        long[] sorted = [.. left, .. right, 0];
        Array.Sort(sorted);
        Assert.That((first.Count, first.ClampedCount, first.Min, first.Max), Is.EqualTo((5_001L, 1L, sorted[0], sorted[^1])));
        foreach (double percentile in Percentiles)
            Assert.That(first.ValueAtPercentile(percentile), Is.InRange(NearestRank(sorted, percentile), NearestRank(sorted, percentile) * 1.001), $"p{percentile}");
    }

    [Test]
    public void An_empty_histogram_answers_zero_and_so_does_one_that_was_reset()
    {
        (LatencyHistogram histogram, _) = Recorded(seed: 5, count: 100);
        histogram.Reset();
        foreach (LatencyHistogram empty in new[] { new LatencyHistogram(), histogram })
            Assert.That((empty.Count, empty.Min, empty.Max, empty.Mean, empty.ValueAtPercentile(99)), Is.EqualTo((0L, 0L, 0L, 0.0, 0L)));
    }

    [TestCase(-0.1), TestCase(100.1), TestCase(double.NaN)]
    public void A_percentile_that_does_not_exist_is_refused_with_its_value(double percentile) =>
        Assert.That(() => new LatencyHistogram().ValueAtPercentile(percentile), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("0 to 100"));

    [Test]
    public void Recording_allocates_nothing()
    {
        LatencyHistogram histogram = new();
        AllocationMeter meter = AllocationMeter.Start();
        for (long value = 0; value < 10_000; value++)
            histogram.Record(value * 977);
        long quietBytes = meter.Bytes;
        object control = new byte[100];
        Assert.That(quietBytes, Is.Zero);
        Assert.That(meter.Bytes, Is.GreaterThanOrEqualTo(100), "the meter does not see an allocation");
        GC.KeepAlive(control);
    }

    private static (LatencyHistogram Histogram, long[] Sorted) Recorded(int seed, int count)
    {
        Random random = new(seed);
        LatencyHistogram histogram = new();
        long[] values = new long[count];
        for (int index = 0; index < count; index++)
        {
            values[index] = (long)Math.Exp(random.NextDouble() * Math.Log(LatencyHistogram.LargestNs));
            histogram.Record(values[index]);
        }
        Array.Sort(values);
        return (histogram, values);
    }

    private static long NearestRank(long[] sorted, double percentile) =>
        sorted[Math.Clamp((int)Math.Ceiling(percentile / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
}
