using System;
using System.Collections.Generic;
using NUnit.Framework;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

[TestFixture]
internal sealed class BookHashTests
{
    [Test]
    public void Side_price_and_size_all_count()
    {
        HashSet<ulong> seen = [];
        for (long price = 1; price <= 50; price++)
        {
            for (long size = 1; size <= 50; size++)
            {
                foreach (Side side in new[] { Side.Bid, Side.Ask })
                    Assert.That(seen.Add(BookHash.OfLevel(side, new Price(price), new Size(size))), Is.True, $"{side} {price} {size}");
            }
        }
    }

    [Test]
    public void The_sum_of_changes_is_the_sum_of_levels_in_any_order([Range(1, 10)] int seed)
    {
        Random random = new(seed);
        Dictionary<(Side Side, long Price), long> levels = [];
        ulong kept = 0;
        for (int step = 0; step < 5_000; step++)
        {
            Side side = (Side)random.Next(2);
            long price = random.Next(1, 100);
            long size = random.Next(3) == 0 ? 0 : random.NextInt64(long.MaxValue);
            long previous = levels.GetValueOrDefault((side, price));
            levels[(side, price)] = size;
            kept = unchecked(kept + BookHash.OfChange(side, new Price(price), previous, size));
        }
        ulong whole = 0;
        foreach (((Side side, long price), long size) in levels)
            whole = unchecked(whole + BookHash.OfLevel(side, new Price(price), new Size(size)));
        Assert.That(kept, Is.EqualTo(whole), $"seed {seed}");
    }

    [Test]
    public void Factors_and_mixes_are_frozen()
    {
        // these bits are in snapshots and in every published state hash
        Assert.That(BookHash.Mix(0), Is.EqualTo(0xE220A8397B1DCDAFUL), "SplitMix64's first output for seed 0");
        Assert.That(BookHash.Factor(Side.Bid, default), Is.EqualTo(BookHash.Mix(0)));
        Assert.That(BookHash.Factor(Side.Ask, default), Is.EqualTo(BookHash.Mix(1)));
        Assert.That(BookHash.Factor(Side.Bid, new Price(5)), Is.EqualTo(BookHash.Mix(10)));
    }
}
