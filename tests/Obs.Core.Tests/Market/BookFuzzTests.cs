using System;
using NUnit.Framework;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

[TestFixture]
internal sealed class BookFuzzTests
{
    [Test]
    public void Ladder_and_depth_agree_over_a_million_operations([Values] CrossPolicy policy) =>
        Assert.That(BookComparison.FirstDifference<LadderBook, DepthBook>(seed: 11, 500_000, policy, checkEvery: 3)
            ?? BookComparison.FirstDifference<LadderBook, DepthBook>(seed: 12, 500_000, policy, checkEvery: 3), Is.Null);

    [Test, Category("Soak")]
    public void Ladder_and_depth_agree_over_ten_million_operations([Values] CrossPolicy policy, [Range(20, 29)] int seed) =>
        Assert.That(BookComparison.FirstDifference<LadderBook, DepthBook>(seed, 1_000_000, policy, checkEvery: 3), Is.Null);

    [Test]
    public void The_comparison_finds_a_planted_fault([Values] CrossPolicy policy) =>
        Assert.That(BookComparison.FirstDifference<FaultyBook, SortedBook>(seed: 3, 5_000, policy) ?? "", Does.Contain("best"), "a checker that finds nothing proves nothing");

    [Test]
    public void Ladder_refuses_what_lies_outside_its_range()
    {
        LadderBook book = LadderBook.Create(MarketFixture.Instrument(maxPrice: 1_000));
        book.Set(Side.Ask, new Price(1_000), new Size(1));
        Assert.That(() => book.Set(Side.Ask, new Price(1_000_000), new Size(1)), Throws.InvalidOperationException.With.Message.Contains("1000000"));
        Assert.That(() => book.Set(Side.Bid, new Price(-5), new Size(1)), Throws.InvalidOperationException);
        Assert.That(book.SizeAt(Side.Ask, new Price(long.MaxValue)), Is.EqualTo(Size.Zero));
        Assert.That(() => LadderBook.Create(MarketFixture.Instrument(maxPrice: 1L << 40)), Throws.InvalidOperationException.With.Message.Contains("DepthBook"));
    }

    [Test]
    public void The_policy_is_chosen_before_the_first_level()
    {
        LadderBook ladder = LadderBook.Create(MarketFixture.Instrument());
        ladder.Set(Side.Bid, new Price(5), new Size(1));
        DepthBook depth = DepthBook.Create(MarketFixture.Instrument());
        depth.Set(Side.Bid, new Price(5), new Size(1));
        Assert.That(() => ladder.SetCrossPolicy(CrossPolicy.MoveOpposite), Throws.InvalidOperationException);
        Assert.That(() => depth.SetCrossPolicy(CrossPolicy.MoveOpposite), Throws.InvalidOperationException);
    }

    [Test]
    public void A_settled_ladder_allocates_nothing()
    {
        LadderBook book = LadderBook.Create(MarketFixture.Instrument());
        BookLevel[] best = new BookLevel[15];
        Run(book, best);
        Assert.That(MarketFixture.BytesAllocatedBy(() => Run(book, best)), Is.Zero);

        static void Run(LadderBook book, BookLevel[] best)
        {
            for (int step = 0; step < 50_000; step++)
            {
                int mixed = step * 7919 % 10_007;
                book.Set((Side)(step & 1), new Price(600_000 + mixed), new Size(step % 3));
                if (step % 100 == 0)
                    book.CopyBest(Side.Bid, best);
            }
            book.Clear();
        }
    }

    /// <summary>A ladder that looks for the next best only near the old one: right until the neighbourhood is empty.</summary>
    private readonly struct FaultyBook(LadderBook inner) : IOrderBook<FaultyBook>
    {
        public ulong StateHash => inner.StateHash;

        public static FaultyBook Create(Instrument instrument) => new(LadderBook.Create(instrument));

        public void SetCrossPolicy(CrossPolicy policy) => inner.SetCrossPolicy(policy);

        public bool Has(Side side) => inner.Has(side);

        public Price Best(Side side)
        {
            Price best = inner.Best(side);
            return inner.TryNextWorse(side, best, out Price next) && Math.Abs(next.Mantissa - best.Mantissa) > 8 ? next : best;
        }

        public Size SizeAt(Side side, Price price) => inner.SizeAt(side, price);

        public Size Set(Side side, Price price, Size size) => inner.Set(side, price, size);

        public bool TryReplace(Side side, ReadOnlySpan<BookLevel> levels) => inner.TryReplace(side, levels);

        public void Apply(Side side, ReadOnlySpan<BookLevel> levels) => inner.Apply(side, levels);

        public bool TryNextWorse(Side side, Price price, out Price next) => inner.TryNextWorse(side, price, out next);

        public int CopyBest(Side side, Span<BookLevel> levels) => inner.CopyBest(side, levels);

        public ReadOnlySpan<BookLevel> ViewBest(Side side, Span<BookLevel> scratch) => inner.ViewBest(side, scratch);

        public ReadOnlySpan<BookLevel> ViewAll(Side side, Span<BookLevel> scratch) => inner.ViewAll(side, scratch);

        public int Count(Side side) => inner.Count(side);

        public void Clear() => inner.Clear();
    }
}
