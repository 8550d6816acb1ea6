using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>What the ladder does inside: growing both ways, pages that come and go, jumps over wide gaps.</summary>
[TestFixture]
internal sealed class LadderSideTests
{
    private const long MaxPrice = 2_000_000_000;

    [TestCase(Side.Bid), TestCase(Side.Ask)]
    public void Growing_up_and_down_keeps_every_level(Side side)
    {
        LadderSide ladder = new(side, new Price(MaxPrice));
        long[] prices = [1_000_000_000, 1_000_000_001, 999_999_999, 1_500_000_000, 3, 0, 64, 63, 4_095, 4_096, 262_143, 262_144, MaxPrice];
        for (int count = 1; count <= prices.Length; count++)
        {
            ladder.Set(Key(side, prices[count - 1]), count);
            for (int index = 0; index < count; index++)
                Assert.That(ladder.SizeAt(Key(side, prices[index])), Is.EqualTo(index + 1), $"{prices[index]} after {count} levels");
            Assert.That(ladder.Count, Is.EqualTo(count));
            Assert.That(ladder.Best, Is.EqualTo(prices[..count].Max(p => Key(side, p))));
        }
        Assert.That(Walk(ladder), Is.EqualTo(prices.Select(p => Key(side, p)).OrderDescending()));
    }

    [Test]
    public void An_emptied_page_is_used_again()
    {
        LadderSide ladder = new(Side.Bid, new Price(MaxPrice));
        ladder.Set(0, 1);
        ladder.Set(5_000_000, 1);
        Move(ladder, 100);
        Assert.That(MarketFixture.BytesAllocatedBy(() => Move(ladder, 50_000)), Is.Zero, "a price that wanders needs no new memory");
        Assert.That(ladder.Count, Is.EqualTo(2));

        static void Move(LadderSide ladder, int pages)
        {
            for (int page = 1; page < pages; page++)
            {
                ladder.Set(page * 64, 7);
                ladder.Set(page * 64, 0);
            }
        }
    }

    [TestCase(Side.Bid), TestCase(Side.Ask)]
    public void A_reserved_side_follows_a_market_over_all_prices_without_new_memory(Side side)
    {
        LadderSide ladder = new(side, new Price(MaxPrice));
        ladder.Reserve();
        long[] shown = new long[200];
        Assert.That(MarketFixture.BytesAllocatedBy(() => Wander(ladder, side, shown)), Is.Zero, "moved in place");
        Assert.That(Walk(ladder), Is.EqualTo(shown.Select(price => Key(side, price)).OrderDescending()));
        LadderSide unreserved = new(side, new Price(MaxPrice));
        long before = System.GC.GetAllocatedBytesForCurrentThread();
        Wander(unreserved, side, shown);
        Assert.That(System.GC.GetAllocatedBytesForCurrentThread() - before, Is.Positive, "control: a side that grows is seen");

        // 200 levels over 4 million prices move from the bottom to the top of the range and back
        static void Wander(LadderSide ladder, Side side, long[] shown)
        {
            ladder.Clear();
            System.Array.Fill(shown, -1);
            for (int step = 0; step < 20_000; step++)
            {
                long middle = System.Math.Abs(10_000 - step) * 195_000L;
                long price = middle + (step * 7_919 % 4_000_000);
                int slot = step % shown.Length;
                if (shown[slot] >= 0)
                    ladder.Set(Key(side, shown[slot]), 0);
                if (ladder.Set(Key(side, price), step + 1) == 0)
                    shown[slot] = price;
            }
        }
    }

    [TestCase(1_000_000_000, 1), TestCase(4_096 * 64 * 64, 5), TestCase(64, 63), TestCase(MaxPrice, 0)]
    public void The_next_level_is_found_over_any_distance(long high, long low)
    {
        LadderSide ladder = new(Side.Bid, new Price(MaxPrice));
        ladder.Set(high, 1);
        ladder.Set(low, 1);
        Assert.Multiple(() =>
        {
            Assert.That(ladder.NextBelow(high), Is.EqualTo(low));
            Assert.That(ladder.NextBelow(low), Is.EqualTo(LadderSide.None));
            Assert.That(ladder.NextBelow(high + 1), Is.EqualTo(high));
            Assert.That(ladder.NextBelow(long.MaxValue), Is.EqualTo(high), "far above everything");
            Assert.That(ladder.NextBelow(-5_000_000_000), Is.EqualTo(LadderSide.None), "far below everything");
            Assert.That(ladder.NextBelow(LadderSide.None), Is.EqualTo(LadderSide.None));
        });
    }

    [Test]
    public void A_key_and_its_price_are_complements_on_the_ask_side()
    {
        LadderSide asks = new(Side.Ask, new Price(MaxPrice));
        asks.Set(Key(Side.Ask, 700), 5);
        asks.Set(Key(Side.Ask, 300), 6);
        BookLevel[] levels = new BookLevel[2];
        Assert.That(asks.Copy(asks.Best, levels), Is.EqualTo(2));
        Assert.That(levels, Is.EqualTo(new[] { MarketFixture.Level(300, 6), MarketFixture.Level(700, 5) }), "the highest key is the lowest ask");
    }

    [Test]
    public void Setting_tells_the_size_before_also_across_growth()
    {
        LadderSide ladder = new(Side.Bid, new Price(MaxPrice));
        Assert.That(ladder.Set(500, 9), Is.Zero);
        Assert.That(ladder.Set(500, 9), Is.EqualTo(9));
        Assert.That(ladder.Set(900_000_000, 1), Is.Zero);
        Assert.That(ladder.Set(500, long.MaxValue), Is.EqualTo(9));
        Assert.That(ladder.Set(500, 0), Is.EqualTo(long.MaxValue));
        Assert.That(ladder.Set(500, 0), Is.Zero);
    }

    private static long Key(Side side, long price) => price ^ -(long)side;

    private static List<long> Walk(LadderSide ladder)
    {
        List<long> keys = [];
        for (long key = ladder.Highest(); key != LadderSide.None; key = ladder.NextBelow(key))
            keys.Add(key);
        return keys;
    }
}
