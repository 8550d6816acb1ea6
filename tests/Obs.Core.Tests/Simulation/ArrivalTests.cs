using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Trading;
using static Obs.Core.Market.Side;

namespace Obs.Core.Tests.Simulation;

/// <summary>Orders when they arrive, in both modes.</summary>
internal sealed class ArrivalTests
{
    private static VenueFixture Venue(PaperVenueOptions? options = null) =>
        new VenueFixture(options).Frame((Bid, 99, 5), (Bid, 98, 7), (Ask, 101, 4), (Ask, 102, 6), (Ask, 105, 9));

    [Test]
    public void A_limit_that_does_not_cross_rests_and_is_acknowledged_at_its_arrival()
    {
        VenueFixture venue = Venue();
        long sentNs = venue.NowNs;
        venue.Order(Bid, 99, 3);
        OrderReport report = venue.Reports()[0];
        Assert.That((report.Kind, report.VenueNs, report.ReportNs, report.Left.Mantissa), Is.EqualTo((ReportKind.New, sentNs + 10, sentNs + 20, 3L)));
        Assert.That(venue.Venue.RestingCount, Is.EqualTo(1));
    }

    [Test]
    public void A_crossing_limit_takes_level_by_level_and_its_rest_rests_in_front()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 102, 15);
        Assert.That(venue.Executions.ConvertAll(static e => (e.Price.Mantissa, e.Size.Mantissa, e.Liquidity)), Is.EqualTo(new[] { (101L, 4L, Liquidity.Taker), (102L, 6L, Liquidity.Taker) }));
        Assert.That(venue.Kinds(), Is.EqualTo(new[] { ReportKind.PartiallyFilled, ReportKind.PartiallyFilled, ReportKind.New }));
        venue.Print(Ask, 102, 2);
        Assert.That(venue.Executions[^1].Size.Mantissa, Is.EqualTo(2), "nothing stands ahead of the rest");
    }

    [Test]
    public void The_library_fills_the_rest_of_a_crossing_limit_at_its_price_and_reports_once()
    {
        VenueFixture venue = Venue(VenueFixture.Library);
        venue.Order(Bid, 103, 15);
        Assert.That(venue.Executions.ConvertAll(static e => (e.Price.Mantissa, e.Size.Mantissa)), Is.EqualTo(new[] { (101L, 4L), (102L, 6L), (103L, 5L) }));
        OrderReport report = venue.Reports()[0];
        Assert.That((report.Kind, report.Price.Mantissa, report.Size.Mantissa, report.Left.Mantissa), Is.EqualTo((ReportKind.Filled, 103L, 5L, 0L)));
        Assert.That(venue.Venue.Honesty.Take.BeyondEvidence.ToString(), Is.EqualTo("5"));
    }

    [Test]
    public void The_library_splits_a_large_sell_once_more_at_its_limit()
    {
        VenueFixture venue = Venue(VenueFixture.Library);
        venue.Order(Ask, 98, 20);
        Assert.That(venue.Executions.ConvertAll(static e => (e.Price.Mantissa, e.Size.Mantissa)), Is.EqualTo(new[] { (99L, 5L), (98L, 7L), (98L, 8L) }));
    }

    [Test]
    public void Liquidity_taken_is_gone_until_the_level_is_updated()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 101, 3, TimeInForce.Ioc);
        venue.Order(Bid, 101, 3, TimeInForce.Ioc);
        Assert.That(venue.Executions.ConvertAll(static e => e.Size.Mantissa), Is.EqualTo(new[] { 3L, 1L }));
        venue.Order(Bid, 101, 3, TimeInForce.Ioc);
        Assert.That(venue.Executions, Has.Count.EqualTo(2));
        venue.Frame((Ask, 101, 4)).Order(Bid, 101, 3, TimeInForce.Ioc);
        Assert.That(venue.Executions[^1].Size.Mantissa, Is.EqualTo(3));
    }

    [Test]
    public void Liquidity_taken_by_one_account_is_there_for_another()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 101, 4, TimeInForce.Ioc, account: 1);
        venue.Order(Bid, 101, 4, TimeInForce.Ioc, account: 2);
        Assert.That(venue.Executions.ConvertAll(static e => (e.Key.Account, e.Size.Mantissa)), Is.EqualTo(new[] { (1, 4L), (2, 4L) }));
    }

    [Test]
    public void The_library_takes_the_same_size_twice()
    {
        VenueFixture venue = Venue(VenueFixture.Library);
        venue.Order(Bid, 101, 4, TimeInForce.Ioc);
        venue.Order(Bid, 101, 4, TimeInForce.Ioc);
        Assert.That(venue.Executions.ConvertAll(static e => e.Size.Mantissa), Is.EqualTo(new[] { 4L, 4L }));
    }

    [Test]
    public void Post_only_expires_when_it_would_take([Values] bool compatible)
    {
        VenueFixture venue = Venue(compatible ? VenueFixture.Library : VenueFixture.Product);
        venue.Order(Bid, 101, 3, TimeInForce.Gtx);
        venue.Order(Bid, 100, 3, TimeInForce.Gtx);
        Assert.That(venue.Kinds(), Is.EqualTo(new[] { ReportKind.Expired, ReportKind.New }));
    }

    [Test]
    public void Immediate_or_cancel_takes_to_its_limit_and_expires([Values] bool compatible)
    {
        VenueFixture venue = Venue(compatible ? VenueFixture.Library : VenueFixture.Product);
        venue.Order(Bid, 102, 12, TimeInForce.Ioc);
        Assert.That(venue.Executions.ConvertAll(static e => e.Size.Mantissa), Is.EqualTo(new[] { 4L, 6L }));
        OrderReport last = venue.Reports()[^1];
        Assert.That((last.Kind, last.Left.Mantissa), Is.EqualTo((ReportKind.Expired, 2L)));
        venue.Order(Bid, 100, 1, TimeInForce.Ioc);
        Assert.That(venue.Kinds(), Is.EqualTo(new[] { ReportKind.Expired }));
    }

    [TestCase(10, true)]
    [TestCase(11, false)]
    public void Fill_or_kill_needs_the_whole_size_within_its_limit(long size, bool fills)
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 104, size, TimeInForce.Fok);
        Assert.That(venue.Executions, Has.Count.EqualTo(fills ? 2 : 0));
        Assert.That(venue.Reports()[^1].Kind, Is.EqualTo(fills ? ReportKind.Filled : ReportKind.Expired));
    }

    [Test]
    public void A_market_order_walks_at_most_a_hundred_ticks()
    {
        VenueFixture venue = Venue().Frame((Ask, 200, 50), (Ask, 201, 50));
        venue.Order(Bid, 0, 60, type: OrderType.Market);
        Assert.That(venue.Executions.ConvertAll(static e => e.Price.Mantissa), Is.EqualTo(new[] { 101L, 102L, 105L, 200L }));
        Assert.That(venue.Reports()[^1].Kind, Is.EqualTo(ReportKind.Filled));
        venue.Order(Bid, 0, 60, type: OrderType.Market);
        Assert.That(venue.Reports()[^1].Kind, Is.EqualTo(ReportKind.Expired), "the 99 ticks beyond the best are used up");
    }

    [Test]
    public void A_market_order_that_sells_walks_a_tick_further()
    {
        VenueFixture venue = new VenueFixture().Frame((Bid, 200, 1), (Bid, 100, 2), (Bid, 99, 4));
        venue.Order(Ask, 0, 7, type: OrderType.Market);
        Assert.That(venue.Executions.ConvertAll(static e => e.Price.Mantissa), Is.EqualTo(new[] { 200L, 100L }));
        Assert.That(venue.Reports()[^1].Left.Mantissa, Is.EqualTo(4));
    }

    [Test]
    public void Fill_or_kill_counts_nothing_that_the_account_has_taken_already()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 101, 3, TimeInForce.Ioc);
        venue.Order(Bid, 102, 8, TimeInForce.Fok);
        Assert.That(venue.Reports()[^1].Kind, Is.EqualTo(ReportKind.Expired), "1 and 6 are left of 4 and 6");
        Assert.That(venue.Executions, Has.Count.EqualTo(1), "all or nothing");
        venue.Order(Bid, 102, 7, TimeInForce.Fok);
        Assert.That(venue.Executions.ConvertAll(static e => e.Size.Mantissa), Is.EqualTo(new[] { 3L, 1L, 6L }));
    }

    [Test]
    public void A_new_book_shows_what_was_taken_from_the_old_one()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 101, 4, TimeInForce.Ioc);
        venue.Resync();
        venue.Order(Bid, 101, 4, TimeInForce.Ioc);
        Assert.That(venue.Executions.ConvertAll(static e => e.Size.Mantissa), Is.EqualTo(new[] { 4L, 4L }));
    }

    [Test]
    public void An_update_of_the_other_side_or_of_another_price_leaves_what_was_taken_taken()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 101, 4, TimeInForce.Ioc);
        venue.Frame((Ask, 102, 7), (Bid, 101, 0));
        venue.Order(Bid, 101, 4, TimeInForce.Ioc);
        Assert.That(venue.Executions, Has.Count.EqualTo(1));
        venue.Venue.OnLevelLeftView(Ask, new Price(101));
        venue.Order(Bid, 101, 4, TimeInForce.Ioc);
        Assert.That(venue.Executions, Has.Count.EqualTo(2), "out of sight and back: nothing is known of it any more");
    }

    [Test]
    public void A_market_order_without_an_opposite_side_expires()
    {
        VenueFixture venue = new VenueFixture().Frame((Bid, 99, 5));
        venue.Order(Bid, 0, 1, type: OrderType.Market);
        Assert.That(venue.Kinds(), Is.EqualTo(new[] { ReportKind.Expired }));
    }

    [Test]
    public void Whole_orders_are_filled_at_the_best_where_parts_are_not_simulated()
    {
        VenueFixture venue = Venue(VenueFixture.Library with { Exchange = ExchangeModel.NoPartial });
        venue.Order(Bid, 102, 50, TimeInForce.Fok);
        Assert.That(venue.Executions.ConvertAll(static e => (e.Price.Mantissa, e.Size.Mantissa)), Is.EqualTo(new[] { (101L, 50L) }));
        Assert.That(venue.Venue.Honesty.OptimisticShare, Is.EqualTo(46 / 50.0));
    }

    [TestCase(1000, 5, ReportKind.New)]
    [TestCase(1001, 5, ReportKind.Rejected)]
    [TestCase(1000, 4, ReportKind.Rejected)]
    [TestCase(0, 5, ReportKind.Rejected)]
    [TestCase(1000, 0, ReportKind.Rejected)]
    [TestCase(1000, -5, ReportKind.Rejected)]
    public void The_venue_refuses_what_is_off_tick_or_below_the_minimum(long price, long size, ReportKind expected)
    {
        Instrument upbit = VenueFixtureInstrument();
        VenueFixture venue = new VenueFixture(instrument: upbit).Frame((Ask, 2000, 5));
        venue.Order(Bid, price, size);
        Assert.That(venue.Kinds(), Is.EqualTo(new[] { expected }));
        VenueFixture library = new(VenueFixture.Library, upbit);
        library.Order(Bid, 1001, 4);
        Assert.That(library.Kinds(), Is.EqualTo(new[] { ReportKind.New }), "the library checks nothing");
    }

    [Test]
    public void A_second_order_with_an_id_that_rests_is_refused()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 99, 1);
        OrderRequest again = new() { OrderId = 1, RequestNs = venue.NowNs, Price = new Price(98), Size = new Size(1) };
        venue.Venue.Request(in again);
        venue.Arrive();
        Assert.That(venue.Kinds(), Is.EqualTo(new[] { ReportKind.New, ReportKind.Rejected }));
    }

    [Test]
    public void One_order_more_than_there_is_room_for_is_refused()
    {
        VenueFixture venue = Venue(VenueFixture.Product with { MaxRestingPerSide = 2 });
        venue.Order(Bid, 97, 1);
        venue.Order(Bid, 96, 1);
        venue.Order(Bid, 95, 1);
        venue.Order(Ask, 110, 1);
        Assert.That(venue.Kinds(), Is.EqualTo(new[] { ReportKind.New, ReportKind.New, ReportKind.Rejected, ReportKind.New }));
    }

    private static Instrument VenueFixtureInstrument() => Market.MarketFixture.Instrument(priceDecimals: 0, sizeDecimals: 0) with
    {
        Ticks = TickTable.Constant(new Price(10)),
        MinOrderValue = 5000,
    };
}
