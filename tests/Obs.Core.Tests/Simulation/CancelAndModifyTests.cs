using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Trading;
using static Obs.Core.Market.Side;

namespace Obs.Core.Tests.Simulation;

/// <summary>Cancels and changes race with the market; the market wins up to and including the arrival.</summary>
internal sealed class CancelAndModifyTests
{
    private static VenueFixture Venue() => new VenueFixture().Frame((Bid, 99, 5), (Ask, 101, 4));

    [Test]
    public void A_cancel_takes_out_what_is_left()
    {
        VenueFixture venue = Venue();
        long id = venue.Order(Bid, 99, 8);
        venue.Print(Ask, 99, 7);
        venue.Cancel(id);
        Assert.That(venue.Kinds(), Is.EqualTo(new[] { ReportKind.New, ReportKind.PartiallyFilled, ReportKind.Canceled }));
        Assert.That(venue.Venue.RestingCount, Is.Zero);
        venue.Print(Ask, 90, 100);
        Assert.That(venue.Executions, Has.Count.EqualTo(1), "nothing is executed after the cancel");
    }

    [Test]
    public void A_cancel_of_a_filled_an_unknown_or_a_foreign_order_is_rejected()
    {
        VenueFixture venue = Venue();
        long filled = venue.Order(Bid, 99, 1);
        venue.Print(Ask, 98, 1);
        long foreign = venue.Order(Bid, 99, 1, account: 7);
        venue.Cancel(filled);
        venue.Cancel(12345);
        venue.Cancel(foreign, account: 8);
        Assert.That(venue.Kinds().Where(static k => k == ReportKind.CancelRejected).Count(), Is.EqualTo(3));
        Assert.That(venue.Venue.RestingCount, Is.EqualTo(1));
    }

    [Test]
    public void A_cancel_sent_before_the_acknowledgement_is_processed_in_order()
    {
        VenueFixture venue = Venue();
        long id = venue.Send(Bid, 99, 1);
        venue.Cancel(id);
        Assert.That(venue.Kinds(), Is.EqualTo(new[] { ReportKind.New, ReportKind.Canceled }));
    }

    [Test]
    public void A_smaller_size_keeps_the_place_and_what_was_executed()
    {
        VenueFixture venue = Venue();
        long id = venue.Order(Bid, 99, 10);
        venue.Print(Ask, 99, 7);
        venue.Modify(id, 99, 6);
        OrderReport replaced = venue.Reports()[^1];
        Assert.That((replaced.Kind, replaced.Left.Mantissa), Is.EqualTo((ReportKind.Replaced, 4L)), "6 in all, 2 executed");
        venue.Print(Ask, 99, 1);
        Assert.That(venue.Executions[^1].Size.Mantissa, Is.EqualTo(1), "still at the front");
    }

    [Test]
    public void A_larger_size_loses_the_place()
    {
        VenueFixture venue = Venue();
        long id = venue.Order(Bid, 99, 10);
        venue.Print(Ask, 99, 7);
        venue.Modify(id, 99, 11);
        venue.Print(Ask, 99, 5);
        Assert.That(venue.Executions, Has.Count.EqualTo(1), "the 5 shown stand ahead again");
        venue.Print(Ask, 99, 1);
        Assert.That(venue.Executions[^1].Left.Mantissa, Is.EqualTo(8));
    }

    [Test]
    public void A_new_price_that_crosses_takes()
    {
        VenueFixture venue = Venue();
        long id = venue.Order(Bid, 99, 3);
        venue.Modify(id, 101, 3);
        Assert.That(venue.Executions.Single().Price.Mantissa, Is.EqualTo(101));
        Assert.That(venue.Kinds(), Is.EqualTo(new[] { ReportKind.New, ReportKind.Filled }));
    }

    [Test]
    public void A_total_at_or_below_what_was_executed_ends_the_order()
    {
        VenueFixture venue = Venue();
        long id = venue.Order(Bid, 99, 10);
        venue.Print(Ask, 99, 7);
        venue.Modify(id, 99, 2);
        OrderReport ended = venue.Reports()[^1];
        Assert.That((ended.Kind, ended.Left.Mantissa, venue.Venue.RestingCount), Is.EqualTo((ReportKind.Canceled, 0L, 0)));
    }

    [Test]
    public void A_change_of_an_unknown_order_or_to_a_price_off_tick_is_rejected_and_the_order_stays()
    {
        Instrument coarse = Market.MarketFixture.Instrument() with { Ticks = TickTable.Constant(new Price(10)), MinOrderValue = 0 };
        VenueFixture venue = new VenueFixture(instrument: coarse).Frame((Ask, 200, 1));
        long id = venue.Order(Bid, 100, 1);
        venue.Modify(id, 101, 1);
        venue.Modify(99, 100, 1);
        Assert.That(venue.Kinds(), Is.EqualTo(new[] { ReportKind.New, ReportKind.ModifyRejected, ReportKind.ModifyRejected }));
        Assert.That(venue.Venue.RestingCount, Is.EqualTo(1));
    }

    [Test]
    public void The_library_sets_the_rest_to_the_new_size()
    {
        VenueFixture venue = new VenueFixture(VenueFixture.Library).Frame((Bid, 99, 5), (Ask, 101, 4));
        long id = venue.Order(Bid, 99, 10);
        venue.Print(Ask, 99, 7);
        venue.Modify(id, 99, 6);
        Assert.That(venue.Reports()[^1].Left.Mantissa, Is.EqualTo(6));
    }
}
