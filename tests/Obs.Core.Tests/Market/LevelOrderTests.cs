using System;
using NUnit.Framework;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

[TestFixture]
internal sealed class LevelOrderTests
{
    [Test]
    public void A_side_best_first_is_one_whatever_its_length([Values] Side side)
    {
        for (int count = 0; count <= 40; count++)
            Assert.That(Both(side, Descending(side, count)), Is.True, $"{count} levels");
    }

    /// <summary>A fault of each kind at each place of each length: none may hide behind a block's end.</summary>
    [Test]
    public void One_wrong_level_is_found_wherever_it_stands([Values] Side side, [Values] Fault fault)
    {
        for (int count = fault is Fault.SamePrice or Fault.Swapped ? 2 : 1; count <= 40; count++)
        {
            for (int place = 0; place < count; place++)
            {
                BookLevel[] levels = Descending(side, count);
                Plant(levels, fault, place);
                Assert.That(Both(side, levels), Is.False, $"{fault} at {place} of {count}");
            }
        }
    }

    [Test]
    public void The_best_first_order_of_one_side_is_the_worst_first_order_of_the_other([Range(2, 20)] int count) =>
        Assert.That(Both(Side.Ask, Descending(Side.Bid, count)) || Both(Side.Bid, Descending(Side.Ask, count)), Is.False);

    [TestCase(Side.Bid, 99, 100, true), TestCase(Side.Bid, 100, 100, false), TestCase(Side.Bid, 101, 100, false)]
    [TestCase(Side.Ask, 101, 100, true), TestCase(Side.Ask, 100, 100, false), TestCase(Side.Ask, 99, 100, false)]
    public void Worse_is_strictly_further_from_the_top(Side side, long price, long than, bool isWorse) =>
        Assert.That(LevelOrder.IsWorse(side, new Price(price), new Price(than)), Is.EqualTo(isWorse));

    [TestCase(1), TestCase(6)]
    public void Mantissas_up_to_the_largest_are_compared_as_numbers(int more)
    {
        BookLevel[] levels = new BookLevel[1 + more];
        for (int index = 0; index <= more; index++)
            levels[index] = MarketFixture.Level(long.MaxValue - index, long.MaxValue);
        Assert.That(Both(Side.Bid, levels), Is.True);
        Array.Reverse(levels);
        Assert.That(Both(Side.Ask, levels), Is.True);
        Assert.That(Both(Side.Bid, levels), Is.False);
    }

    internal enum Fault
    {
        SamePrice,
        Swapped,
        NoSize,
        NegativeSize,
        NoPrice,
        NegativePrice,
    }

    private static BookLevel[] Descending(Side side, int count)
    {
        BookLevel[] levels = new BookLevel[count];
        for (int index = 0; index < count; index++)
            levels[index] = MarketFixture.Level(side == Side.Bid ? 1_000 - index : 1_000 + index, 1 + (index % 3));
        return levels;
    }

    private static void Plant(BookLevel[] levels, Fault fault, int place)
    {
        int neighbour = place == 0 ? 1 : place - 1;
        BookLevel level = levels[place];
        if (fault == Fault.Swapped)
            (levels[place], levels[neighbour]) = (levels[neighbour], level);
        else
        {
            levels[place] = fault switch
            {
                Fault.SamePrice => level with { Price = levels[neighbour].Price },
                Fault.NoSize => level with { Size = Size.Zero },
                Fault.NegativeSize => level with { Size = new Size(-1) },
                Fault.NoPrice => level with { Price = default },
                _ => level with { Price = new Price(-level.Price.Mantissa) },
            };
        }
    }

    /// <summary>The answer in vectors, which must be the one without.</summary>
    private static bool Both(Side side, BookLevel[] levels)
    {
        bool answer = LevelOrder.IsBestFirst(side, levels);
        Assert.That(LevelOrder.IsBestFirstOneByOne(side, levels), Is.EqualTo(answer), "the same with and without vectors");
        return answer;
    }
}
