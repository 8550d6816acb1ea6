using NUnit.Framework;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>Complete books through every kind of book: replaced at once where nobody watches, level by level where somebody does. The same must come out.</summary>
[TestFixture(typeof(DepthBook))]
[TestFixture(typeof(LadderBook))]
[TestFixture(typeof(SortedBook))]
internal sealed class FullBookContract<TBook>
    where TBook : struct, IOrderBook<TBook>
{
    [Test]
    public void Watched_and_unwatched_books_are_the_same_after_every_frame([Range(1, 6)] int seed) =>
        Assert.That(FullBookComparison.FirstDifference<TBook>(seed, frames: 1_500, watchEvery: 0), Is.Null);

    [Test]
    public void Watching_may_begin_and_end_at_any_frame([Range(11, 16)] int seed) =>
        Assert.That(FullBookComparison.FirstDifference<TBook>(seed, frames: 1_500, watchEvery: 3), Is.Null);
}
