using System.Collections.Generic;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Tests.Market;

/// <summary>What must hold for the comparison itself, and the long run of it.</summary>
[TestFixture]
internal sealed class FullBookComparisonTests
{
    [Test, Category("Soak")]
    public void A_hundred_thousand_complete_books_are_the_same_either_way([Range(30, 39)] int seed) =>
        Assert.That(FullBookComparison.FirstDifference<DepthBook>(seed, frames: 100_000, watchEvery: seed % 4), Is.Null);

    [Test]
    public void A_book_that_forgets_a_level_when_replaced_is_found() =>
        Assert.That(FullBookComparison.FirstDifference<ForgetfulBook>(seed: 5, frames: 1_500, watchEvery: 0) ?? "", Does.Contain("frame"), "a checker that finds nothing proves nothing");

    [Test]
    public void Nobody_watching_is_never_shown_a_level()
    {
        List<string> calls = [];
        RecordingVisitor quiet = new(calls);
        MarketBook<DepthBook> market = new(MarketFixture.Instrument(), new UpbitSync());
        FullBookFeed feed = new(seed: 8);
        for (int frame = 1; frame <= 50; frame++)
        {
            (BookLevel[] levels, int bids) = feed.Next();
            market.OnFrame(new MarketEvent { Kind = MarketEventKind.FullBook, VenueNs = frame, ReceiveNs = frame, BidCount = bids, AskCount = levels.Length - bids }, levels, ref quiet);
        }
        Assert.That(calls, Has.Count.EqualTo(50));
        Assert.That(calls, Has.All.StartsWith("frame"));
    }
}
