using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Signals;

namespace Obs.Core.Tests.Signals;

/// <summary>The order-flow increment, case by case of its formula.</summary>
internal sealed class OrderFlowTests
{
    private static readonly BookLevel Bid = MadeMarket.Level(100, 10);
    private static readonly BookLevel Ask = MadeMarket.Level(101, 20);

    [TestCase(100, 10, 101, 20, 0, TestName = "Nothing_changed")]
    [TestCase(100, 16, 101, 20, 6, TestName = "More_bid_at_the_same_price_is_buying")]
    [TestCase(100, 3, 101, 20, -7, TestName = "Less_bid_at_the_same_price_is_selling")]
    [TestCase(101, 4, 102, 5, 24, TestName = "A_lifted_ask_and_a_higher_bid_add_up")]
    [TestCase(99, 8, 100, 9, -19, TestName = "A_hit_bid_and_a_lower_ask_add_up")]
    [TestCase(99, 8, 101, 20, -10, TestName = "A_lower_bid_takes_the_old_size_away")]
    [TestCase(100, 10, 102, 7, 20, TestName = "A_higher_ask_takes_the_old_size_away")]
    [TestCase(100, 10, 101, 26, -6, TestName = "More_ask_at_the_same_price_is_selling")]
    public void Increment(long bid, long bidSize, long ask, long askSize, long wanted) =>
        Assert.That(OrderFlow.Increment(in Bid, in Ask, MadeMarket.Level(bid, bidSize), MadeMarket.Level(ask, askSize)), Is.EqualTo(wanted));

    [Test]
    public void Absurd_sizes_do_not_overflow()
    {
        BookLevel huge = MadeMarket.Level(100, long.MaxValue);
        Assert.That(OrderFlow.Increment(MadeMarket.Level(99, 1), MadeMarket.Level(101, long.MaxValue), in huge, MadeMarket.Level(102, 1)), Is.EqualTo(2 * OrderFlow.MaxLots));
    }
}
