using System;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Signals;

namespace Obs.Core.Tests.Signals;

/// <summary>The largest of the last n, against looking at all of them.</summary>
internal sealed class SlidingExtremeTests
{
    [Test]
    public void It_is_the_largest_of_the_window([Values(1, 2, 3, 7, 30, 64)] int window, [Values(1, 3, 1_000_000)] int spread)
    {
        Random random = new(window + spread);
        SlidingExtreme extreme = new(window);
        long[] values = new long[2000];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = random.Next(-spread, spread);
            extreme.Add(index, values[index]);
            long wanted = values.Take(index + 1).TakeLast(window).Max();
            Assert.That(extreme.Largest, Is.EqualTo(wanted), $"window {window}, value {index}");
        }
    }

    [TestCase(1)]
    [TestCase(-1)]
    public void Rising_and_falling_runs_keep_the_right_end(int step)
    {
        SlidingExtreme extreme = new(10);
        for (int index = 0; index < 100; index++)
            extreme.Add(index, index * step);
        Assert.That(extreme.Largest, Is.EqualTo(step > 0 ? 99 : -90));
    }

    [Test]
    public void Numbers_beyond_32_bits_are_numbers()
    {
        SlidingExtreme extreme = new(4);
        for (long index = 1L << 40; index < (1L << 40) + 100; index++)
            extreme.Add(index, -index);
        Assert.That(extreme.Largest, Is.EqualTo(-((1L << 40) + 96)));
    }

    [Test]
    public void Cleared_it_begins_anew()
    {
        SlidingExtreme extreme = new(4);
        extreme.Add(0, 100);
        extreme.Clear();
        extreme.Add(0, 1);
        Assert.That(extreme.Largest, Is.EqualTo(1));
    }
}
