using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

[TestFixture]
internal sealed class FullBookChangesTests
{
    [Test]
    public void An_equal_side_changes_nothing() => Assert.That(Collect(Side.Bid, "100:5 99:6", "100:5 99:6"), Is.Empty);

    [TestCase(Side.Bid, "", "100:5 99:6", "100:5 99:6")]
    [TestCase(Side.Bid, "100:5 99:6", "", "100:0 99:0")]
    [TestCase(Side.Bid, "100:5 99:6", "100:5 99:7", "99:7")]
    [TestCase(Side.Bid, "100:5 99:6 98:7", "101:1 100:5 99:6", "101:1 98:0")]
    [TestCase(Side.Bid, "101:1 100:5 99:6", "100:5 99:6 98:7", "101:0 98:7")]
    [TestCase(Side.Ask, "100:5 101:6 102:7", "100:5 102:9 103:1", "101:0 102:9 103:1")]
    [TestCase(Side.Ask, "100:5 101:6", "99:1 100:5 101:6", "99:1")]
    [TestCase(Side.Ask, "100:5", "100:6", "100:6")]
    public void Changes_are_merged_by_price_best_first(Side side, string before, string now, string changes) =>
        Assert.That(Collect(side, before, now), Is.EqualTo(Levels(changes)));

    [Test]
    public void Applying_the_changes_gives_the_new_book([Range(1, 30)] int seed)
    {
        Random random = new(seed);
        DepthBook book = DepthBook.Create(MarketFixture.Instrument());
        BookLevel[] changes = new BookLevel[100];
        for (int step = 0; step < 200; step++)
        {
            Side side = (Side)random.Next(2);
            IEnumerable<long> prices = Enumerable.Range(1_000, 40).Where(_ => random.Next(3) > 0).Select(p => (long)p);
            BookLevel[] now = [.. (side == Side.Bid ? prices.Reverse() : prices).Select(p => MarketFixture.Level(p, random.Next(1, 3)))];
            int count = FullBookChanges.Collect(side, book.ViewAll(side, []), now, changes);
            book.Apply(side, changes.AsSpan(0, count));
            Assert.That(book.ViewAll(side, []).ToArray(), Is.EqualTo(now), $"seed {seed}, step {step}");
            Assert.That(RecomputedHash.Of(book), Is.EqualTo(book.StateHash));
        }
    }

    private static BookLevel[] Collect(Side side, string before, string now)
    {
        BookLevel[] changes = new BookLevel[20];
        int count = FullBookChanges.Collect(side, Levels(before), Levels(now), changes);
        return changes[..count];
    }

    private static BookLevel[] Levels(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(':')).Select(l => MarketFixture.Level(long.Parse(l[0]), long.Parse(l[1])))];
}
