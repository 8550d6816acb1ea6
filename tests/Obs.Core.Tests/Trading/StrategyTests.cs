using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

[TestFixture]
internal sealed class StrategyTests
{
    [TestCase(0.00101, SignalDirection.Up), TestCase(0.00099, SignalDirection.None), TestCase(-0.00101, SignalDirection.Down)]
    [TestCase(double.NaN, SignalDirection.None)]
    public void The_threshold_rule_adds_the_fee(double predictedReturn, SignalDirection expected) =>
        Assert.That(new ThresholdStrategy(0.0005, CostModel.Fee).Decide(Input(predictedReturn)).Direction, Is.EqualTo(expected));

    [Test]
    public void Full_cost_is_the_spread_and_two_fees()
    {
        Signal signal = new ThresholdStrategy(0.0005, CostModel.Full).Decide(Input(0.0015));
        Assert.That(signal.Direction, Is.EqualTo(SignalDirection.None));
        Assert.That(signal.Cost, Is.EqualTo(0.001 + (10.0 / 1005.0)).Within(1e-12));
    }

    [TestCase(8, 2, SignalDirection.Up), TestCase(2, 8, SignalDirection.Down), TestCase(7, 3, SignalDirection.None)]
    public void The_imbalance_rule_compares_the_best_sizes(int bidSize, int askSize, SignalDirection expected)
    {
        StrategyInput input = Input(double.NaN, bidSize, askSize);
        Assert.That(new ImbalanceStrategy(0.6).Decide(input).Direction, Is.EqualTo(expected));
    }

    [Test]
    public void A_signal_is_planned_once_and_a_fall_on_spot_sells_what_is_held()
    {
        Ledger ledger = TradingFixture.Ledger(TradingFixture.Spot);
        OrderPlanner planner = new(TradingFixture.Spot, ledger, default);
        BookLevel bid = new(TradingFixture.Krw(100_000_000), TradingFixture.Btc(1));
        BookLevel ask = new(TradingFixture.Krw(100_001_000), TradingFixture.Btc(1));
        OrderRequest order = default;
        Assert.That(planner.TryPlan(SignalDirection.Down, bid, ask, ref order), Is.False, "nothing to sell");
        Assert.That(planner.TryPlan(SignalDirection.Up, bid, ask, ref order), Is.True);
        Assert.That((order.Side, order.Price), Is.EqualTo((Side.Bid, ask.Price)));
        Assert.That(ledger.Scale.ToDecimal(ledger.Scale.Notional(order.Price, order.Size)), Is.InRange(5_000m / 0.95m, 5_300m));
        ledger.Book(Side.Bid, order.Price, order.Size, Liquidity.Taker);
        Assert.That(planner.TryPlan(SignalDirection.Up, bid, ask, ref order), Is.False, "already long");
        Assert.That(planner.TryPlan(SignalDirection.Down, bid, ask, ref order), Is.True);
        Assert.That((order.Side, order.Size.Mantissa), Is.EqualTo((Side.Ask, ledger.PositionMantissa)));
    }

    [Test]
    public void Futures_reverse_from_long_to_short_and_wait_while_an_order_is_open()
    {
        Ledger ledger = TradingFixture.Ledger(TradingFixture.Futures, 10_000m);
        OrderPlanner planner = new(TradingFixture.Futures, ledger, new Size(5));
        BookLevel level = new(new Price(600_000), new Size(100));
        OrderRequest order = default;
        ledger.Book(Side.Bid, level.Price, new Size(5), Liquidity.Taker);
        Assert.That(planner.TryPlan(SignalDirection.Down, level, level, ref order), Is.True);
        Assert.That((order.Side, order.Size), Is.EqualTo((Side.Ask, new Size(10))));
        ledger.Open.Add(new OpenOrder { OrderId = 1, Left = new Size(10), Price = level.Price, Side = Side.Ask });
        Assert.That(planner.TryPlan(SignalDirection.Down, level, level, ref order), Is.False);
    }

    // powers of two: the sums and quotients are exact
    [TestCase(0.75, SignalDirection.Up), TestCase(-0.75, SignalDirection.Down), TestCase(0.7499, SignalDirection.None), TestCase(-0.7499, SignalDirection.None)]
    public void A_return_of_exactly_the_bound_is_enough(double predictedReturn, SignalDirection expected)
    {
        StrategyInput input = new() { Bid = new BookLevel(new Price(1000), new Size(1)), Ask = new BookLevel(new Price(1010), new Size(1)), PredictedReturn = predictedReturn, TakerFee = 0.25 };
        Assert.That(new ThresholdStrategy(0.5, CostModel.Fee).Decide(input).Direction, Is.EqualTo(expected));
    }

    [TestCase(3, 1, SignalDirection.Up), TestCase(1, 3, SignalDirection.Down)]
    public void An_imbalance_of_exactly_the_threshold_is_enough(long bidSize, long askSize, SignalDirection expected) =>
        Assert.That(new ImbalanceStrategy(0.5).Decide(Input(double.NaN, bidSize, askSize)).Direction, Is.EqualTo(expected));

    [Test]
    public void What_a_partial_fill_left_below_the_minimum_counts_as_nothing_until_it_goes_along()
    {
        Ledger ledger = TradingFixture.Ledger(TradingFixture.Spot);
        OrderPlanner planner = new(TradingFixture.Spot, ledger, default);
        BookLevel bid = new(TradingFixture.Krw(100_000_000), TradingFixture.Btc(1)), ask = new(TradingFixture.Krw(100_001_000), TradingFixture.Btc(1));
        OrderRequest order = default;
        ledger.Book(Side.Bid, ask.Price, TradingFixture.Btc(0.00001m), Liquidity.Taker);
        Assert.That(planner.TryPlan(SignalDirection.Down, bid, ask, ref order), Is.False, "the venue takes no order of 1,000 KRW");
        Assert.That(planner.TryPlan(SignalDirection.Up, bid, ask, ref order), Is.True, "and it is no position");
        ledger.Book(Side.Bid, ask.Price, order.Size, Liquidity.Taker);
        Assert.That(planner.TryPlan(SignalDirection.Down, bid, ask, ref order), Is.True);
        Assert.That(order.Size.Mantissa, Is.EqualTo(ledger.PositionMantissa), "all of it, the remainder too");
    }

    [Test]
    public void The_smallest_size_can_still_be_sold_after_a_fall_of_five_percent_but_not_of_six()
    {
        Ledger ledger = TradingFixture.Ledger(TradingFixture.Spot);
        OrderPlanner planner = new(TradingFixture.Spot, ledger, default);
        OrderRequest order = default;
        Assert.That(planner.TryPlan(SignalDirection.Up, new BookLevel(TradingFixture.Krw(99_999_000), new Size(1)), new BookLevel(TradingFixture.Krw(100_000_000), new Size(1)), ref order), Is.True);
        ledger.Book(Side.Bid, order.Price, order.Size, Liquidity.Taker);
        foreach ((long price, bool isSold) in new[] { (95_000_000L, true), (94_000_000L, false) })
        {
            BookLevel level = new(TradingFixture.Krw(price), new Size(1));
            Assert.That(planner.TryPlan(SignalDirection.Down, level, level, ref order), Is.EqualTo(isSold), $"at {price}");
        }
    }

    private static StrategyInput Input(double predictedReturn, long bidSize = 1, long askSize = 1) => new()
    {
        Bid = new BookLevel(new Price(1000), new Size(bidSize)),
        Ask = new BookLevel(new Price(1010), new Size(askSize)),
        PredictedReturn = predictedReturn,
        TakerFee = 0.0005,
    };
}
