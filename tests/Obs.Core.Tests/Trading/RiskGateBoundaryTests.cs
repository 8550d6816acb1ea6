using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

/// <summary>Every rule on the last value that passes and the first that does not.</summary>
[TestFixture]
internal sealed class RiskGateBoundaryTests
{
    // ticks of one unit, so that a boundary can be met exactly
    private static readonly Instrument Fine = TradingFixture.Spot with { Ticks = TickTable.Constant(new Price(1)), Lot = new Size(10) };
    private static readonly Price Bid = TradingFixture.Krw(100_000_000);
    private static readonly Price Ask = TradingFixture.Krw(100_001_000);

    [Test]
    public void Minimum_value()
    {
        Assert.That(First(Fine, new RiskOptions(), Side.Bid, TradingFixture.Krw(100_000_000), new Size(5_000)), Is.EqualTo(RejectReason.None), "5,000 KRW exactly");
        Assert.That(First(Fine, new RiskOptions(), Side.Bid, new Price(TradingFixture.Krw(100_000_000).Mantissa - 1), new Size(5_000)), Is.EqualTo(RejectReason.BelowMinimumValue));
    }

    [Test]
    public void Maximum_value()
    {
        RiskOptions options = new() { MaxOrderValue = 100_000m };
        Assert.That(First(Fine, options, Side.Bid, TradingFixture.Krw(100_000_000), new Size(100_000)), Is.EqualTo(RejectReason.None), "100,000 KRW exactly");
        Assert.That(First(Fine, options, Side.Bid, new Price(TradingFixture.Krw(100_000_000).Mantissa + 1), new Size(100_000)), Is.EqualTo(RejectReason.AboveMaximumValue));
    }

    [TestCase(99_000_495_00, RejectReason.None), TestCase(99_000_494_99, RejectReason.OutsideCollar)]
    [TestCase(101_000_505_00, RejectReason.None), TestCase(101_000_505_01, RejectReason.OutsideCollar)]
    public void Collar_of_one_percent_around_a_mid_of_100_000_500(long price, RejectReason expected) =>
        Assert.That(First(Fine, new RiskOptions { PriceCollarBps = 100 }, Side.Bid, new Price(price), new Size(100_000)), Is.EqualTo(expected));

    [Test]
    public void Collar_at_prices_whose_products_pass_64_bits()
    {
        Instrument huge = Fine with { MinOrderValue = 0, Lot = new Size(1) };
        long mid = long.MaxValue / 2;
        Assert.That(At(mid + (mid / 100)), Is.EqualTo(RejectReason.InsufficientCash), "inside the collar, far above the funds");
        Assert.That(At(mid + (mid / 100) + 1), Is.EqualTo(RejectReason.OutsideCollar));
        Assert.That(At(long.MaxValue), Is.EqualTo(RejectReason.OutsideCollar));

        RejectReason At(long price)
        {
            Ledger ledger = TradingFixture.Ledger(huge);
            return new RiskGate(huge, ledger, new RiskOptions { PriceCollarBps = 100 })
                .Admit(TradingFixture.Limit(1, Side.Bid, new Price(price), new Size(1)), TradingFixture.View(new Price(mid), new Price(mid)));
        }
    }

    [Test]
    public void A_value_beyond_128_bits_of_money_is_refused_not_wrapped()
    {
        Instrument huge = Fine with { Lot = new Size(1) };
        long mid = long.MaxValue / 2;
        RiskGate gate = new(huge, TradingFixture.Ledger(huge), new RiskOptions());
        OrderRequest order = TradingFixture.Limit(1, Side.Bid, new Price(mid), new Size(long.MaxValue));
        Assert.That(gate.Admit(order, TradingFixture.View(new Price(mid), new Price(mid))), Is.EqualTo(RejectReason.InsufficientCash));
    }

    [TestCase(10, RejectReason.None), TestCase(9, RejectReason.OffLot), TestCase(11, RejectReason.OffLot), TestCase(0, RejectReason.OffLot), TestCase(-10, RejectReason.OffLot)]
    public void Lot(long overSize, RejectReason expected) =>
        Assert.That(First(Fine, new RiskOptions(), Side.Bid, Ask, new Size(overSize <= 0 ? overSize : 100_000 + overSize)), Is.EqualTo(expected));

    [TestCase(0, RejectReason.None), TestCase(1, RejectReason.OffTick), TestCase(-1, RejectReason.OffTick), TestCase(100_00, RejectReason.None)]
    public void Tick(long overPrice, RejectReason expected) =>
        Assert.That(First(TradingFixture.Spot, new RiskOptions(), Side.Bid, new Price(Ask.Mantissa + overPrice), new Size(100_000)), Is.EqualTo(expected));

    [TestCase(6, RejectReason.DuplicateOrderId), TestCase(7, RejectReason.DuplicateOrderId), TestCase(8, RejectReason.None)]
    public void Order_id(long second, RejectReason expected)
    {
        RiskGate gate = new(Fine, TradingFixture.Ledger(Fine), new RiskOptions());
        Assert.That(gate.Admit(Buy(7, 100_000), View), Is.EqualTo(RejectReason.None));
        Assert.That(gate.Admit(Buy(second, 100_000), View), Is.EqualTo(expected));
    }

    [Test]
    public void A_refused_order_leaves_no_trace()
    {
        Ledger ledger = TradingFixture.Ledger(Fine);
        RiskGate gate = new(Fine, ledger, new RiskOptions { OrdersPerSecond = 1 });
        Assert.That(gate.Admit(Buy(9, 10), View), Is.EqualTo(RejectReason.BelowMinimumValue));
        Assert.That(ledger.Open.Count, Is.Zero);
        Assert.That(gate.Admit(Buy(9, 100_000), View), Is.EqualTo(RejectReason.None), "neither the id nor the place in the rate was used up");
    }

    [TestCase(199_900, RejectReason.None), TestCase(199_910, RejectReason.InsufficientCash)]
    public void Cash_to_the_last_lot(long size, RejectReason expected)
    {
        // 199,900 KRW and the fee of 99.95 KRW are there exactly
        Ledger ledger = TradingFixture.Ledger(Fine, 199_900m + 99.95m);
        RiskGate gate = new(Fine, ledger, new RiskOptions());
        Assert.That(gate.Admit(TradingFixture.Limit(1, Side.Bid, TradingFixture.Krw(100_000_000), new Size(size)), View), Is.EqualTo(expected));
    }

    [Test]
    public void Cash_one_hundredth_short_of_value_and_fee()
    {
        Ledger ledger = TradingFixture.Ledger(Fine, 199_900m + 99.94m);
        RiskGate gate = new(Fine, ledger, new RiskOptions());
        Assert.That(gate.Admit(TradingFixture.Limit(1, Side.Bid, TradingFixture.Krw(100_000_000), new Size(199_900)), View), Is.EqualTo(RejectReason.InsufficientCash));
    }

    [TestCase(100_000, RejectReason.None), TestCase(100_010, RejectReason.PositionLimit)]
    public void Position_limit_upwards(long size, RejectReason expected) =>
        Assert.That(First(Fine, new RiskOptions { MaxPosition = 0.001m }, Side.Bid, Ask, new Size(size)), Is.EqualTo(expected));

    [TestCase(10, RejectReason.None), TestCase(11, RejectReason.PositionLimit)]
    public void Position_limit_downwards_on_futures(long size, RejectReason expected)
    {
        RiskGate gate = new(TradingFixture.Futures, TradingFixture.Ledger(TradingFixture.Futures), new RiskOptions { MaxPosition = 0.010m });
        OrderRequest order = TradingFixture.Limit(1, Side.Ask, new Price(600_000), new Size(size));
        Assert.That(gate.Admit(order, TradingFixture.View(new Price(600_000), new Price(600_001))), Is.EqualTo(expected));
    }

    [TestCase(60_000, RejectReason.DailyLossLimit), TestCase(60_001, RejectReason.None)]
    public void Daily_loss_of_59_999_and_60_000(int limitOver, RejectReason expected)
    {
        // bought 0.06 at 101,000,500: exactly 60,000 below at the mid of 100,000,500, and no fee
        Ledger ledger = new(new OrderKey(0, TradingMode.Paper, 0), Fine, 10_000_000m, new FeeSchedule(0, 0), 8);
        RiskGate gate = new(Fine, ledger, new RiskOptions { DailyLossLimit = limitOver });
        gate.OnTime(TradingFixture.StartNs, 0);
        ledger.Book(Side.Bid, TradingFixture.Krw(101_000_500), TradingFixture.Btc(0.06m), Liquidity.Taker);
        Assert.That(gate.Admit(Buy(1, 100_000), View), Is.EqualTo(expected));
    }

    [Test]
    public void A_reducing_order_passes_every_limit_but_the_size_held_is_its_boundary()
    {
        RiskOptions strict = new() { MaxOrderValue = 1m, OrdersPerSecond = 1, OpenOrders = 1, DailyLossLimit = 1m, MaxPosition = 0.00001m };
        Ledger ledger = TradingFixture.Ledger(Fine);
        RiskGate gate = new(Fine, ledger, strict);
        ledger.Book(Side.Bid, Ask, new Size(100_000), Liquidity.Taker);
        Assert.That(gate.Admit(Sell(1, 100_010), View), Is.EqualTo(RejectReason.AboveMaximumValue), "a lot more than is held reduces nothing");
        Assert.That(gate.Admit(Sell(2, 60_000), View), Is.EqualTo(RejectReason.None));
        Assert.That(gate.Admit(Sell(3, 40_010), View), Is.EqualTo(RejectReason.AboveMaximumValue), "60,000 are offered already");
        Assert.That(gate.Admit(Sell(4, 40_000), View), Is.EqualTo(RejectReason.None), "within one second, with one order open already");
    }

    [Test]
    public void The_gate_goes_on_from_a_snapshot_as_if_it_had_never_stopped()
    {
        Ledger ledger = TradingFixture.Ledger(Fine), restoredLedger = TradingFixture.Ledger(Fine);
        RiskOptions options = new() { OrdersPerSecond = 2, DailyLossLimit = 50_000m };
        RiskGate gate = new(Fine, ledger, options), restored = new(Fine, restoredLedger, options);
        gate.OnTime(TradingFixture.StartNs, 0);
        ledger.Book(Side.Bid, Ask, new Size(1_000_000), Liquidity.Taker);
        Assert.That(gate.Admit(Buy(5, 100_000), View), Is.EqualTo(RejectReason.None));
        restoredLedger.Load(TradingFixture.Reread(ledger.Save));
        restored.Load(TradingFixture.Reread(gate.Save));
        for (long id = 4; id < 9; id++)
            Assert.That(restored.Admit(Buy(id, 100_000), View), Is.EqualTo(gate.Admit(Buy(id, 100_000), View)), $"order {id}");
        Assert.That(restoredLedger.StateHash, Is.EqualTo(ledger.StateHash));
    }

    private static RiskView View => TradingFixture.View(Bid, Ask);

    private static OrderRequest Buy(long id, long size) => TradingFixture.Limit(id, Side.Bid, Ask, new Size(size));

    private static OrderRequest Sell(long id, long size) => TradingFixture.Limit(id, Side.Ask, Bid, new Size(size));

    private static RejectReason First(Instrument market, RiskOptions options, Side side, Price price, Size size) =>
        new RiskGate(market, TradingFixture.Ledger(market), options).Admit(TradingFixture.Limit(1, side, price, size), View);
}
