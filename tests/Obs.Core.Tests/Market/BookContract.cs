using System;
using System.Globalization;
using NUnit.Framework;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>What every order book must do, whatever it is made of.</summary>
[TestFixture(typeof(LadderBook))]
[TestFixture(typeof(DepthBook))]
[TestFixture(typeof(SortedBook))]
internal sealed class BookContract<TBook>
    where TBook : struct, IOrderBook<TBook>
{
    private TBook _book;

    [SetUp]
    public void An_empty_book() => _book = TBook.Create(MarketFixture.Instrument());

    [Test]
    public void A_new_book_has_nothing()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_book.Has(Side.Bid) || _book.Has(Side.Ask), Is.False);
            Assert.That(_book.CopyBest(Side.Bid, new BookLevel[5]), Is.Zero);
            Assert.That(_book.TryNextWorse(Side.Ask, new Price(5), out _), Is.False);
            Assert.That(_book.SizeAt(Side.Ask, new Price(123_456)), Is.EqualTo(Size.Zero));
            Assert.That(_book.StateHash, Is.Zero);
            Assert.That(_book.Set(Side.Bid, new Price(9_999_999), Size.Zero), Is.EqualTo(Size.Zero), "removing an unknown level is normal");
        });
    }

    [TestCase(Side.Bid, 100, 99), TestCase(Side.Ask, 100, 101)]
    [TestCase(Side.Bid, 600_000, 1), TestCase(Side.Ask, 600_000, 9_999_999)]
    [TestCase(Side.Bid, 64, 63), TestCase(Side.Ask, 63, 64)]
    [TestCase(Side.Bid, 4096 * 64, (4096 * 64) - 1), TestCase(Side.Ask, (4096 * 64) - 1, 4096 * 64)]
    public void Removing_the_best_uncovers_the_next(Side side, long best, long next)
    {
        Set(side, best, 5);
        Set(side, next, 7);
        Assert.That(_book.Best(side), Is.EqualTo(new Price(best)));
        Assert.That(_book.TryNextWorse(side, new Price(best), out Price worse), Is.True);
        Assert.That(worse, Is.EqualTo(new Price(next)));
        Assert.That(Set(side, best, 0), Is.EqualTo(new Size(5)));
        Assert.That(_book.Best(side), Is.EqualTo(new Price(next)));
        Assert.That(_book.Count(side), Is.EqualTo(1));
        Set(side, next, 0);
        Assert.That(_book.Has(side), Is.False);
        Assert.That(_book.StateHash, Is.Zero);
    }

    [Test]
    public void Best_levels_come_best_first_and_no_more_than_asked()
    {
        long[] prices = [100, 40_000, 99, 64, 7, 12_345];
        foreach (long price in prices)
            Set(Side.Bid, price, price * 10);
        foreach (long price in prices)
            Set(Side.Ask, price, price * 20);
        BookLevel[] three = new BookLevel[3];
        Assert.That(_book.CopyBest(Side.Bid, three), Is.EqualTo(3));
        Assert.That(three, Is.EqualTo(new[] { MarketFixture.Level(40_000, 400_000), MarketFixture.Level(12_345, 123_450), MarketFixture.Level(100, 1_000) }));
        Assert.That(_book.CopyBest(Side.Ask, three), Is.EqualTo(3));
        Assert.That(three, Is.EqualTo(new[] { MarketFixture.Level(7, 140), MarketFixture.Level(64, 1_280), MarketFixture.Level(99, 1_980) }));
        Assert.That(_book.CopyBest(Side.Ask, new BookLevel[20]), Is.EqualTo(6));
        Assert.That(_book.CopyBest(Side.Ask, []), Is.Zero);
        Assert.That(_book.ViewAll(Side.Bid, new BookLevel[6])[5], Is.EqualTo(MarketFixture.Level(7, 70)));
    }

    [Test]
    public void The_hash_is_of_the_levels_not_of_the_way_there()
    {
        Set(Side.Bid, 100, 5);
        Set(Side.Ask, 101, 6);
        ulong direct = _book.StateHash;
        Set(Side.Ask, 300, 1);
        Set(Side.Bid, 100, 9);
        Assert.That(_book.StateHash, Is.Not.EqualTo(direct));
        Set(Side.Ask, 300, 0);
        Set(Side.Bid, 100, 5);
        Assert.That(_book.StateHash, Is.EqualTo(direct));
        Assert.That(RecomputedHash.Of(_book), Is.EqualTo(direct));
    }

    [Test]
    public void Clear_leaves_a_book_that_can_be_filled_again()
    {
        for (long price = 1; price < 5_000; price += 7)
        {
            Set(Side.Bid, price, 1);
            Set(Side.Ask, price + 5_000, 1);
        }
        _book.Clear();
        Assert.That(_book.Count(Side.Bid) + _book.Count(Side.Ask), Is.Zero);
        Assert.That(_book.StateHash, Is.Zero);
        Assert.That(_book.Has(Side.Ask), Is.False);
        Assert.That(_book.SizeAt(Side.Bid, new Price(8)), Is.EqualTo(Size.Zero));
        Set(Side.Bid, 2_000, 4);
        Assert.That(_book.Best(Side.Bid), Is.EqualTo(new Price(2_000)));
    }

    [Test]
    public void A_kept_crossing_shows_both_true_bests()
    {
        Set(Side.Ask, 101, 5);
        Set(Side.Bid, 103, 5);
        Assert.That((_book.Best(Side.Bid).Mantissa, _book.Best(Side.Ask).Mantissa), Is.EqualTo((103L, 101L)));
    }

    [Test]
    public void A_crossing_update_moves_the_opposite_best_and_leaves_its_levels()
    {
        _book.SetCrossPolicy(CrossPolicy.MoveOpposite);
        Set(Side.Ask, 101, 5);
        Set(Side.Ask, 102, 6);
        Set(Side.Ask, 105, 7);
        Set(Side.Bid, 102, 1); // overruns 101 and 102: equal counts as crossed
        Assert.That(_book.Best(Side.Ask), Is.EqualTo(new Price(105)));
        Assert.That(_book.SizeAt(Side.Ask, new Price(101)), Is.EqualTo(new Size(5)));
        Assert.That(_book.Count(Side.Ask), Is.EqualTo(3));
        Assert.That(_book.CopyBest(Side.Ask, new BookLevel[9]), Is.EqualTo(1), "overrun levels are not shown from the best on");
        Set(Side.Bid, 102, 0);
        Assert.That(_book.Best(Side.Ask), Is.EqualTo(new Price(105)), "the search goes on from where the best stands");
        Set(Side.Ask, 99, 2);
        Set(Side.Ask, 99, 0);
        Assert.That(_book.Best(Side.Ask), Is.EqualTo(new Price(101)), "a stale level comes back when the best falls below it and goes");
    }

    [Test]
    public void An_overrun_level_that_is_updated_becomes_the_best_again()
    {
        _book.SetCrossPolicy(CrossPolicy.MoveOpposite);
        Set(Side.Bid, 100, 5);
        Set(Side.Bid, 98, 5);
        Set(Side.Ask, 99, 5);
        Assert.That(_book.Best(Side.Bid), Is.EqualTo(new Price(98)));
        Set(Side.Bid, 100, 5); // unchanged, yet an update
        Assert.That(_book.Best(Side.Bid), Is.EqualTo(new Price(100)));
        Assert.That(_book.Has(Side.Ask), Is.False, "99 is overrun in turn and nothing stands above 100");
        Set(Side.Ask, 99, 0);
        Set(Side.Ask, 110, 1);
        Assert.That(_book.Best(Side.Ask), Is.EqualTo(new Price(110)));
    }

    [Test]
    public void Apply_is_the_same_as_setting_one_by_one([Values] CrossPolicy policy)
    {
        TBook other = TBook.Create(MarketFixture.Instrument());
        other.SetCrossPolicy(policy);
        _book.SetCrossPolicy(policy);
        BookOperations source = new(seed: 7, lowest: 1, highest: 900_000);
        BookLevel[] frame = new BookLevel[40];
        for (int step = 0; step < 100; step++)
        {
            Side side = (Side)(step & 1);
            for (int index = 0; index < frame.Length; index++)
            {
                (_, Price price, Size size) = source.Next();
                frame[index] = new BookLevel(price, size);
                other.Set(side, price, size);
            }
            _book.Apply(side, frame);
            Assert.That(BookComparison.Difference(_book, other, new Price(500)), Is.Null, $"step {step}");
        }
    }

    [Test]
    public void A_side_that_can_be_replaced_is_the_new_levels_and_the_other_side_stays([Values(0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 30, 64, 65, 200)] int count, [Values] Side side)
    {
        TBook expected = TBook.Create(MarketFixture.Instrument());
        foreach (TBook book in new[] { _book, expected })
        {
            book.Set(side, new Price(500), new Size(1));
            book.Set(side ^ Side.Ask, new Price(499), new Size(2));
        }
        BookLevel[] levels = new BookLevel[count];
        for (int index = 0; index < count; index++)
            levels[index] = MarketFixture.Level(1_000 + (side == Side.Bid ? -2 * index : 2 * index), 1 + (index % 5));
        if (!_book.TryReplace(side, levels))
        {
            Assert.That(typeof(TBook), Is.Not.EqualTo(typeof(DepthBook)), "complete books are what this one is for");
            Assert.That(BookComparison.Difference(_book, expected, new Price(500)), Is.Null, "refused means nothing done");
            return;
        }
        expected.Set(side, new Price(500), Size.Zero);
        expected.Apply(side, levels);
        Assert.That(BookComparison.Difference(_book, expected, new Price(1_000)), Is.Null);
        Assert.That(RecomputedHash.Of(_book), Is.EqualTo(_book.StateHash));
        Assert.That(_book.Set(side, new Price(1_000), new Size(77)), Is.EqualTo(expected.Set(side, new Price(1_000), new Size(77))));
        Assert.That(BookComparison.Difference(_book, expected, new Price(1_000)), Is.Null, "single updates go on from there");
    }

    [TestCase("100:5 100:6"), TestCase("99:5 100:6"), TestCase("100:5 99:0"), TestCase("100:-1"), TestCase("0:5")]
    public void Levels_that_are_no_side_of_bids_replace_nothing(string levels)
    {
        Set(Side.Bid, 90, 3);
        ulong before = _book.StateHash;
        BookLevel[] wrong = Array.ConvertAll(levels.Split(' '), static level => MarketFixture.Level(
            long.Parse(level.Split(':')[0], CultureInfo.InvariantCulture), long.Parse(level.Split(':')[1], CultureInfo.InvariantCulture)));
        Assert.That(_book.TryReplace(Side.Bid, wrong), Is.False);
        Assert.That((_book.StateHash, _book.Count(Side.Bid), _book.SizeAt(Side.Bid, new Price(90))), Is.EqualTo((before, 1, new Size(3))));
    }

    [Test]
    public void A_book_that_moves_the_other_side_replaces_nothing()
    {
        _book.SetCrossPolicy(CrossPolicy.MoveOpposite);
        Assert.That(_book.TryReplace(Side.Bid, [MarketFixture.Level(100, 1)]), Is.False, "which levels are overrun depends on every single update");
        Assert.That(_book.Has(Side.Bid), Is.False);
    }

    [Test]
    public void Agrees_with_the_plain_book_through_random_histories([Values(1, 2, 3, 4)] int seed, [Values] CrossPolicy policy) =>
        Assert.That(BookComparison.FirstDifference<TBook, SortedBook>(seed, 3_000, policy), Is.Null);

    [TestCase(Side.Bid), TestCase(Side.Ask)]
    public void Asking_for_memory_ahead_changes_nothing_and_comes_to_an_end(Side side)
    {
        BookLevel[] levels = [MarketFixture.Level(100, 5), MarketFixture.Level(0, 0), MarketFixture.Level(long.MaxValue, 1), MarketFixture.Level(-7, 1)];
        _book.Prefetch(side, levels);
        Assert.That(Parts(side), Is.EqualTo(1), "an empty book has one part");
        for (long price = 1; price < 20_000; price += 3)
            Set(side, price, price);
        ulong before = _book.StateHash;
        _book.Prefetch(side, levels);
        Assert.That(Parts(side), Is.LessThanOrEqualTo(64));
        Assert.That((_book.StateHash, _book.Count(side)), Is.EqualTo((before, 6_667)));
    }

    private int Parts(Side side)
    {
        int parts = 0;
        for (int part = _book.Prefetch(side, 0); part != 0 && parts < 1_000; part = _book.Prefetch(side, part))
            parts++;
        return parts + 1;
    }

    private Size Set(Side side, long price, long size) => _book.Set(side, new Price(price), new Size(size));
}
