using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

[TestFixture]
internal sealed class RiskGateTests
{
    private static readonly Price Bid = TradingFixture.Krw(100_000_000);
    private static readonly Price Ask = TradingFixture.Krw(100_001_000);

    private Ledger _ledger = null!;

    [SetUp]
    public void Start() => _ledger = TradingFixture.Ledger(TradingFixture.Spot);

    [Test]
    public void A_sound_order_passes_and_counts_as_exposure()
    {
        RiskGate gate = Gate(new RiskOptions());
        Assert.That(Buy(gate, 1, 0.001m), Is.EqualTo(RejectReason.None));
        Assert.That(_ledger.Open.BuyLeft, Is.EqualTo(TradingFixture.Btc(0.001m)));
    }

    [Test]
    public void The_kill_switch_stops_every_order_even_a_reducing_one()
    {
        RiskGate gate = Gate(new RiskOptions());
        _ledger.Book(Side.Bid, Ask, TradingFixture.Btc(0.01m), Liquidity.Taker);
        gate.Killed = true;
        Assert.That(Buy(gate, 1, 0.001m), Is.EqualTo(RejectReason.Killed));
        Assert.That(Sell(gate, 2, 0.001m), Is.EqualTo(RejectReason.Killed));
    }

    [TestCase(BookQuality.Empty), TestCase(BookQuality.Syncing), TestCase(BookQuality.Suspect), TestCase(BookQuality.Stale)]
    public void Nothing_passes_on_a_book_that_is_not_synced(BookQuality quality)
    {
        RiskGate gate = Gate(new RiskOptions());
        OrderRequest order = TradingFixture.Limit(1, Side.Bid, Ask, TradingFixture.Btc(0.001m));
        Assert.That(gate.Admit(order, TradingFixture.View(Bid, Ask, quality)), Is.EqualTo(RejectReason.BookNotSynced));
    }

    [Test]
    public void An_id_that_was_used_is_refused()
    {
        RiskGate gate = Gate(new RiskOptions());
        Assert.That(Buy(gate, 7, 0.001m), Is.EqualTo(RejectReason.None));
        Assert.That(Buy(gate, 7, 0.001m), Is.EqualTo(RejectReason.DuplicateOrderId));
    }

    [Test]
    public void Price_and_size_must_lie_on_the_grid()
    {
        RiskGate gate = Gate(new RiskOptions());
        OrderRequest offTick = TradingFixture.Limit(1, Side.Bid, new Price(Ask.Mantissa + 1), TradingFixture.Btc(0.001m));
        Assert.That(gate.Admit(offTick, TradingFixture.View(Bid, Ask)), Is.EqualTo(RejectReason.OffTick));
        Assert.That(Buy(gate, 2, 0m), Is.EqualTo(RejectReason.OffLot));
    }

    [Test]
    public void Value_lies_between_the_venues_minimum_and_our_maximum()
    {
        RiskGate gate = Gate(new RiskOptions { MaxOrderValue = 200_000m });
        Assert.That(Buy(gate, 1, 0.00004m), Is.EqualTo(RejectReason.BelowMinimumValue));
        Assert.That(Buy(gate, 2, 0.0021m), Is.EqualTo(RejectReason.AboveMaximumValue));
        Assert.That(Buy(gate, 3, 0.0019m), Is.EqualTo(RejectReason.None));
    }

    [Test]
    public void A_price_far_from_the_mid_is_refused()
    {
        RiskGate gate = Gate(new RiskOptions { PriceCollarBps = 100 });
        OrderRequest far = TradingFixture.Limit(1, Side.Bid, TradingFixture.Krw(98_900_000), TradingFixture.Btc(0.001m));
        OrderRequest near = TradingFixture.Limit(2, Side.Bid, TradingFixture.Krw(99_100_000), TradingFixture.Btc(0.001m));
        Assert.That(gate.Admit(far, TradingFixture.View(Bid, Ask)), Is.EqualTo(RejectReason.OutsideCollar));
        Assert.That(gate.Admit(near, TradingFixture.View(Bid, Ask)), Is.EqualTo(RejectReason.None));
    }

    [Test]
    public void The_order_rate_counts_any_second_not_calendar_seconds()
    {
        RiskGate gate = Gate(new RiskOptions { OrdersPerSecond = 2 });
        Assert.That(Buy(gate, 1, 0.001m), Is.EqualTo(RejectReason.None));
        Assert.That(Buy(gate, 2, 0.001m, TradingFixture.StartNs + 999_999_999), Is.EqualTo(RejectReason.None));
        Assert.That(Buy(gate, 3, 0.001m, TradingFixture.StartNs + 999_999_999), Is.EqualTo(RejectReason.OrderRate));
        Assert.That(Buy(gate, 4, 0.001m, TradingFixture.StartNs + 1_000_000_000), Is.EqualTo(RejectReason.None));
    }

    [Test]
    public void The_open_order_limit_holds()
    {
        RiskGate gate = Gate(new RiskOptions { OpenOrders = 1 });
        Assert.That(Buy(gate, 1, 0.001m), Is.EqualTo(RejectReason.None));
        Assert.That(Buy(gate, 2, 0.001m), Is.EqualTo(RejectReason.OpenOrderLimit));
    }

    [Test]
    public void The_position_limit_counts_open_orders()
    {
        RiskGate gate = Gate(new RiskOptions { MaxPosition = 0.002m });
        Assert.That(Buy(gate, 1, 0.0015m), Is.EqualTo(RejectReason.None));
        Assert.That(Buy(gate, 2, 0.0006m), Is.EqualTo(RejectReason.PositionLimit));
        Assert.That(Buy(gate, 3, 0.0005m), Is.EqualTo(RejectReason.None));
    }

    [Test]
    public void Cash_must_cover_value_fee_and_what_is_already_open()
    {
        _ledger = TradingFixture.Ledger(TradingFixture.Spot, 300_000m);
        RiskGate gate = Gate(new RiskOptions());
        Assert.That(Buy(gate, 1, 0.002m), Is.EqualTo(RejectReason.None));
        Assert.That(Buy(gate, 2, 0.001m), Is.EqualTo(RejectReason.InsufficientCash), "300,000 buys 0.003 without the fee, not with it");
    }

    [Test]
    public void Spot_sells_only_what_is_held_and_not_already_offered()
    {
        RiskGate gate = Gate(new RiskOptions());
        Assert.That(Sell(gate, 1, 0.001m), Is.EqualTo(RejectReason.InsufficientInventory));
        _ledger.Book(Side.Bid, Ask, TradingFixture.Btc(0.001m), Liquidity.Taker);
        Assert.That(Sell(gate, 2, 0.001m), Is.EqualTo(RejectReason.None));
        Assert.That(Sell(gate, 3, 0.001m), Is.EqualTo(RejectReason.InsufficientInventory));
    }

    [Test]
    public void After_the_daily_loss_only_reducing_orders_pass()
    {
        RiskGate gate = Gate(new RiskOptions { DailyLossLimit = 50_000m });
        gate.OnTime(TradingFixture.StartNs, 0);
        _ledger.Book(Side.Bid, TradingFixture.Krw(101_000_000), TradingFixture.Btc(0.06m), Liquidity.Taker);
        Assert.That(Buy(gate, 1, 0.001m), Is.EqualTo(RejectReason.DailyLossLimit), "down 60,000 at the mid");
        Assert.That(Sell(gate, 2, 0.06m), Is.EqualTo(RejectReason.None));
    }

    [Test]
    public void A_new_day_starts_a_new_loss()
    {
        RiskGate gate = Gate(new RiskOptions { DailyLossLimit = 50_000m });
        gate.OnTime(TradingFixture.StartNs, 0);
        _ledger.Book(Side.Bid, TradingFixture.Krw(101_000_000), TradingFixture.Btc(0.06m), Liquidity.Taker);
        long nextDayNs = TradingFixture.StartNs + 86_400_000_000_000;
        gate.OnTime(nextDayNs, Bid.Mantissa + Ask.Mantissa);
        Assert.That(Buy(gate, 1, 0.001m, nextDayNs), Is.EqualTo(RejectReason.None));
    }

    [Test]
    public void An_order_that_would_meet_our_own_is_refused()
    {
        RiskGate gate = Gate(new RiskOptions());
        _ledger.Book(Side.Bid, Ask, TradingFixture.Btc(0.01m), Liquidity.Taker);
        OrderRequest offer = TradingFixture.Limit(1, Side.Ask, Ask, TradingFixture.Btc(0.001m));
        Assert.That(gate.Admit(offer, TradingFixture.View(Bid, Ask)), Is.EqualTo(RejectReason.None));
        Assert.That(Buy(gate, 2, 0.001m), Is.EqualTo(RejectReason.SelfTrade));
    }

    [Test]
    public void A_market_order_needs_a_book_to_be_valued_at()
    {
        RiskGate gate = Gate(new RiskOptions());
        OrderRequest order = TradingFixture.Limit(1, Side.Bid, default, TradingFixture.Btc(0.001m));
        order.Type = OrderType.Market;
        RiskView noBook = new(TradingFixture.StartNs, BookQuality.Synced, false, default, default);
        Assert.That(gate.Admit(order, noBook), Is.EqualTo(RejectReason.NoReferencePrice));
    }

    [Test]
    public void Futures_may_go_short_up_to_their_equity()
    {
        _ledger = TradingFixture.Ledger(TradingFixture.Futures, 10_000m);
        RiskGate gate = new(TradingFixture.Futures, _ledger, new RiskOptions());
        RiskView view = TradingFixture.View(new Price(600_000), new Price(600_001));
        Assert.That(gate.Admit(TradingFixture.Limit(1, Side.Ask, new Price(600_000), new Size(100)), view), Is.EqualTo(RejectReason.None));
        Assert.That(gate.Admit(TradingFixture.Limit(2, Side.Ask, new Price(600_000), new Size(100)), view), Is.EqualTo(RejectReason.InsufficientCash));
    }

    [TestCase(Side.Bid), TestCase(Side.Ask)]
    public void A_market_order_may_walk_to_any_of_our_own_orders(Side side)
    {
        RiskGate gate = Gate(new RiskOptions());
        _ledger.Book(Side.Bid, Ask, TradingFixture.Btc(0.01m), Liquidity.Taker);
        Price far = side == Side.Bid ? TradingFixture.Krw(101_000_000) : TradingFixture.Krw(99_000_000);
        OrderRequest own = TradingFixture.Limit(1, side == Side.Bid ? Side.Ask : Side.Bid, far, TradingFixture.Btc(0.001m));
        Assert.That(gate.Admit(own, TradingFixture.View(Bid, Ask)), Is.EqualTo(RejectReason.None));
        OrderRequest limit = TradingFixture.Limit(2, side, side == Side.Bid ? Ask : Bid, TradingFixture.Btc(0.001m));
        OrderRequest market = TradingFixture.Limit(3, side, default, TradingFixture.Btc(0.001m));
        market.Type = OrderType.Market;
        Assert.That(gate.Admit(market, TradingFixture.View(Bid, Ask)), Is.EqualTo(RejectReason.SelfTrade));
        market = limit with { OrderId = 4 };
        Assert.That(gate.Admit(market, TradingFixture.View(Bid, Ask)), Is.EqualTo(RejectReason.None), "a limit stops before it");
    }

    [TestCase(0.080, 0.160, RejectReason.None), TestCase(0.080, 0.246, RejectReason.None), TestCase(0.080, 0.247, RejectReason.InsufficientCash)]
    public void Turning_a_futures_position_around_needs_funds_for_the_new_side_alone(double held, double size, RejectReason expected)
    {
        // 10,000 less the fee of the first fill; at 60,000 that is 0.1665 on the new side, its own fee counted
        _ledger = TradingFixture.Ledger(TradingFixture.Futures, 10_000m);
        RiskGate gate = new(TradingFixture.Futures, _ledger, new RiskOptions());
        Price price = new(600_000);
        _ledger.Book(Side.Bid, price, new Size((long)(held * 1000)), Liquidity.Taker);
        OrderRequest order = TradingFixture.Limit(1, Side.Ask, price, new Size((long)(size * 1000)));
        Assert.That(gate.Admit(order, TradingFixture.View(price, new Price(600_001))), Is.EqualTo(expected));
    }

    [Test]
    public void Orders_that_only_reduce_count_in_the_rate_that_others_keep()
    {
        RiskGate gate = Gate(new RiskOptions { OrdersPerSecond = 2 });
        _ledger.Book(Side.Bid, Ask, TradingFixture.Btc(0.01m), Liquidity.Taker);
        for (int id = 1; id <= 3; id++)
            Assert.That(Sell(gate, id, 0.001m), Is.EqualTo(RejectReason.None), "no rate holds up what reduces");
        OrderRequest buy = TradingFixture.Limit(9, Side.Bid, TradingFixture.Krw(99_999_000), TradingFixture.Btc(0.001m));
        Assert.That(gate.Admit(buy, TradingFixture.View(Bid, Ask, engineNs: TradingFixture.StartNs + 999_999_999)), Is.EqualTo(RejectReason.OrderRate));
        Assert.That(gate.Admit(buy, TradingFixture.View(Bid, Ask, engineNs: TradingFixture.StartNs + 1_000_000_000)), Is.EqualTo(RejectReason.None));
    }

    [Test]
    public void A_ledger_without_room_takes_no_order_at_all()
    {
        _ledger = TradingFixture.Ledger(TradingFixture.Spot, openOrders: 2);
        RiskGate gate = Gate(new RiskOptions { OpenOrders = 20 });
        _ledger.Book(Side.Bid, Ask, TradingFixture.Btc(0.01m), Liquidity.Taker);
        Assert.That(new[] { Sell(gate, 1, 0.001m), Sell(gate, 2, 0.001m), Sell(gate, 3, 0.001m) }, Is.EqualTo(new[] { RejectReason.None, RejectReason.None, RejectReason.OpenOrderLimit }));
    }

    [TestCase(-1, RejectReason.DailyLossLimit), TestCase(0, RejectReason.None)]
    public void A_day_ends_at_midnight_utc_to_the_nanosecond(long offsetNs, RejectReason expected)
    {
        const long Day = 86_400_000_000_000;
        long midnightNs = ((TradingFixture.StartNs / Day) + 1) * Day;
        RiskGate gate = Gate(new RiskOptions { DailyLossLimit = 50_000m });
        gate.OnTime(TradingFixture.StartNs, 0);
        _ledger.Book(Side.Bid, TradingFixture.Krw(101_000_000), TradingFixture.Btc(0.06m), Liquidity.Taker);
        gate.OnTime(midnightNs + offsetNs, Bid.Mantissa + Ask.Mantissa);
        Assert.That(Buy(gate, 1, 0.001m, midnightNs + offsetNs), Is.EqualTo(expected), "60,000 were lost the day before");
    }

    [Test]
    public void Lifted_limits_let_everything_pass()
    {
        RiskGate gate = Gate(new RiskOptions { Lifted = true });
        OrderRequest order = TradingFixture.Limit(1, Side.Ask, new Price(1), TradingFixture.Btc(1_000m));
        Assert.That(gate.Admit(order, TradingFixture.View(Bid, Ask, BookQuality.Stale)), Is.EqualTo(RejectReason.None));
    }

    [Test]
    public void The_kill_switch_holds_with_lifted_limits_too()
    {
        RiskGate gate = Gate(new RiskOptions { Lifted = true });
        gate.Killed = true;
        Assert.That(Buy(gate, 1, 0.001m), Is.EqualTo(RejectReason.Killed));
        gate.Killed = false;
        Assert.That(Buy(gate, 1, 0.001m), Is.EqualTo(RejectReason.None), "and nothing was noted of what it stopped");
    }

    [Test]
    public void Limits_at_the_end_of_their_range_are_taken_by_every_scale_and_beyond_it_named()
    {
        RiskOptions most = new() { MaxOrderValue = 1_000_000_000_000_000m, MaxPosition = 10_000_000_000m, DailyLossLimit = 1_000_000_000_000_000m };
        Assert.That(most.Problems(), Is.Empty);
        foreach (Instrument market in new[] { TradingFixture.Spot, TradingFixture.Futures, TradingFixture.Spot with { PriceDecimals = 8, SizeDecimals = 8 } })
            Assert.That(() => new RiskGate(market, TradingFixture.Ledger(market), most), Throws.Nothing);
        RiskOptions beyond = new() { MaxOrderValue = most.MaxOrderValue + 1, MaxPosition = most.MaxPosition + 1, DailyLossLimit = most.DailyLossLimit + 1 };
        Assert.That(beyond.Problems().ToArray(), Has.Length.EqualTo(3));
    }

    [Test]
    public void Options_name_every_problem_at_once()
    {
        RiskOptions options = new() { PriceCollarBps = 0, OrdersPerSecond = 0, OpenOrders = 0, MaxOrderValue = -1, MaxPosition = -1, DailyLossLimit = -1 };
        Assert.That(options.Problems().ToArray(), Has.Length.EqualTo(6));
        Assert.That(new RiskOptions().Problems(), Is.Empty);
    }

    private RiskGate Gate(RiskOptions options) => new(TradingFixture.Spot, _ledger, options);

    private static RejectReason Buy(RiskGate gate, long id, decimal size, long engineNs = TradingFixture.StartNs) =>
        gate.Admit(TradingFixture.Limit(id, Side.Bid, Ask, TradingFixture.Btc(size)), TradingFixture.View(Bid, Ask, engineNs: engineNs));

    private static RejectReason Sell(RiskGate gate, long id, decimal size) =>
        gate.Admit(TradingFixture.Limit(id, Side.Ask, Bid, TradingFixture.Btc(size)), TradingFixture.View(Bid, Ask));
}
