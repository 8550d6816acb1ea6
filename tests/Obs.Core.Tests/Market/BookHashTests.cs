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
    public void Many_levels_at_once_are_the_sum_of_single_ones([Values] Side side)
    {
        Random random = new(17);
        for (int count = 0; count <= 70; count++)
        {
            BookLevel[] levels = Drawn(random, count);
            ulong single = 0;
            foreach (BookLevel level in levels)
                single = unchecked(single + BookHash.OfLevel(side, level.Price, level.Size));
            Assert.That(BookHash.OfLevels(side, levels), Is.EqualTo(single), $"{count} levels");
            Assert.That(BookHash.OfLevelsOneByOne(side, levels), Is.EqualTo(single), $"{count} levels, one by one");
        }
    }

    [Test]
    public void Every_place_of_a_side_counts_once([Range(1, 25)] int count)
    {
        BookLevel[] levels = Drawn(new Random(count), count);
        ulong before = BookHash.OfLevels(Side.Ask, levels);
        for (int place = 0; place < count; place++)
        {
            BookLevel kept = levels[place];
            levels[place] = kept with { Size = new Size(unchecked(kept.Size.Mantissa + 1)) };
            ulong change = unchecked(BookHash.OfLevels(Side.Ask, levels) - before);
            Assert.That(change, Is.EqualTo(BookHash.Factor(Side.Ask, kept.Price)), $"place {place} of {count}: a lot more weighs one factor, not none and not two");
            levels[place] = kept;
        }
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

    /// <summary>Levels of any bits at all, the extremes among them.</summary>
    private static BookLevel[] Drawn(Random random, int count)
    {
        BookLevel[] levels = new BookLevel[count];
        for (int index = 0; index < count; index++)
            levels[index] = MarketFixture.Level(Mantissa(random), Mantissa(random));
        return levels;
    }

    private static long Mantissa(Random random) => random.Next(6) switch
    {
        0 => long.MaxValue,
        1 => long.MinValue,
        2 => random.Next(3),
        _ => random.NextInt64(),
    };
}
