using System;
using NUnit.Framework;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

[TestFixture]
internal sealed class DivisibilityTestTests
{
    private static readonly long[] Divisors = [1, 2, 3, 5, 7, 10, 64, 100, 1_000, 12_345, 100_000_000, 100_000_000_000, (1L << 62) + 1, 1L << 62, long.MaxValue];

    [Test]
    public void It_agrees_with_the_remainder_around_every_multiple([ValueSource(nameof(Divisors))] long divisor)
    {
        DivisibilityTest test = new(divisor);
        Random random = new(11);
        for (int step = 0; step < 500; step++)
        {
            long multiple = random.NextInt64(0, (long.MaxValue / divisor) + (divisor == 1 ? 0 : 1)) * divisor;
            foreach (long value in new[] { multiple, unchecked(multiple - 1), unchecked(multiple + 1), random.NextInt64() })
            {
                if (value >= 0)
                    Assert.That(test.Divides(value), Is.EqualTo(value % divisor == 0), $"{value} by {divisor}, step {step} of seed 11");
            }
        }
    }

    [Test]
    public void It_agrees_with_the_remainder_for_any_pair([Range(1, 4)] int seed)
    {
        Random random = new(seed);
        for (int step = 0; step < 5_000; step++)
        {
            long divisor = Math.Max(1, random.NextInt64() >> random.Next(63));
            long value = random.NextInt64() >> random.Next(63);
            Assert.That(new DivisibilityTest(divisor).Divides(value), Is.EqualTo(value % divisor == 0), $"{value} by {divisor}, seed {seed}");
        }
    }

    [Test]
    public void The_ends_of_the_range_are_right()
    {
        Assert.That(new DivisibilityTest(long.MaxValue).Divides(0), Is.True);
        Assert.That(new DivisibilityTest(long.MaxValue).Divides(long.MaxValue), Is.True);
        Assert.That(new DivisibilityTest(long.MaxValue).Divides(long.MaxValue - 1), Is.False);
        Assert.That(new DivisibilityTest(2).Divides(long.MaxValue), Is.False);
    }
}
