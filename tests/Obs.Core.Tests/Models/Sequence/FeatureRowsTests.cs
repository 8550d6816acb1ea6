using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

[TestFixture]
internal sealed class FeatureRowsTests
{
    [Test]
    public void The_last_rows_are_held_oldest_first([Values(0, 1, 2, 7)] int capacity, [Range(1, 3)] int seed)
    {
        Random random = new(seed);
        FeatureRows rows = new(capacity, features: 2);
        List<double[]> expected = [];
        for (int step = 0; step < 200; step++)
        {
            if (random.Next(40) == 0)
            {
                rows.Clear();
                expected.Clear();
            }
            double[] row = [random.NextDouble(), step];
            rows.Add(row);
            expected.Add(row);
            double[][] last = [.. expected.TakeLast(capacity)];
            double[] copied = new double[rows.Count * 2];
            Assert.That(rows.CopyTo(copied), Is.EqualTo(last.Length), $"seed {seed}, step {step}");
            Assert.That(copied, Is.EqualTo(last.SelectMany(values => values)), $"seed {seed}, step {step}");
        }
    }

    [Test]
    public void The_hash_depends_on_what_is_held_only([Values(1, 4)] int capacity)
    {
        FeatureRows young = new(capacity, features: 1), old = new(capacity, features: 1);
        for (int row = 0; row < 50; row++)
            old.Add([row]);
        for (int row = 50 - capacity; row < 50; row++)
            young.Add([row]);
        Assert.That(old.Hash(), Is.EqualTo(young.Hash()));
        young.Add([7]);
        Assert.That(old.Hash(), Is.Not.EqualTo(young.Hash()), "control: another row, another hash");
    }

    [Test]
    public void Every_bit_of_every_value_counts()
    {
        ulong Hash(double value)
        {
            FeatureRows rows = new(2, features: 2);
            rows.Add([1, value]);
            return rows.Hash();
        }

        HashSet<ulong> hashes = [Hash(1.5)];
        for (int bit = 0; bit < 64; bit++)
            Assert.That(
                hashes.Add(Hash(BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(1.5) ^ (1UL << bit)))),
                Is.True,
                $"bit {bit}");
    }

    [Test]
    public void The_hash_never_changes_between_versions()
    {
        FeatureRows rows = new(3, features: 2);
        ulong empty = rows.Hash();
        rows.Add([0.001, 1.2185]);
        Assert.That(
            (empty, rows.Hash()),
            Is.EqualTo((Known.EmptyHash, Known.OneRowHash)),
            "snapshots of older versions carry these hashes");
    }

    [Test]
    public void A_buffer_that_is_too_short_is_refused_with_the_size()
    {
        FeatureRows rows = new(3, features: 2);
        rows.Add([1, 2]);
        rows.Add([3, 4]);
        Assert.That(
            Assert.Throws<ArgumentException>(() => rows.CopyTo(new double[3]))!.Message,
            Does.Contain("3 values, 4 are needed"));
    }

    private static class Known
    {
        public const ulong EmptyHash = 0xE220A8397B1DCDAF; // SplitMix64's first output for seed 0
        public const ulong OneRowHash = 9983869089066115412;
    }
}
