using System.Linq;
using NUnit.Framework;
using Obs.Core.Simulation;
using Obs.Core.Trading;
using static Obs.Core.Market.Side;

namespace Obs.Core.Tests.Simulation;

/// <summary>When requests are processed and reports delivered.</summary>
internal sealed class VenueClockTests
{
    [Test]
    public void A_request_that_arrives_with_a_frame_goes_after_it()
    {
        VenueFixture venue = new VenueFixture().Frame((Bid, 99, 5), (Ask, 101, 4));
        venue.Send(Bid, 101, 9, TimeInForce.Ioc);
        long arrivalNs = venue.NowNs + 10;
        venue.FrameAt(arrivalNs, (Ask, 101, 2));
        Assert.That(venue.Executions, Is.Empty, "equal times: the frame first");
        venue.FrameAt(arrivalNs + 1, (Ask, 101, 7));
        Assert.That((venue.Executions[0].Size.Mantissa, venue.Executions[0].VenueNs), Is.EqualTo((2L, arrivalNs)));
    }

    [Test]
    public void A_request_one_ns_earlier_goes_before_the_frame()
    {
        VenueFixture venue = new VenueFixture().Frame((Bid, 99, 5), (Ask, 101, 4));
        venue.Send(Bid, 101, 9, TimeInForce.Ioc);
        venue.FrameAt(venue.NowNs + 11, (Ask, 101, 2));
        Assert.That(venue.Executions[0].Size.Mantissa, Is.EqualTo(4));
    }

    [Test]
    public void A_frame_behind_the_clock_leaves_it()
    {
        VenueFixture venue = new VenueFixture().FrameAt(5_000, (Bid, 99, 5)).FrameAt(4_000, (Bid, 99, 6));
        Assert.That(venue.Venue.ClockNs, Is.EqualTo(5_000));
    }

    [Test]
    public void A_timer_brings_a_request_in_where_no_frame_comes_but_not_in_compatible_mode([Values] bool compatible)
    {
        VenueFixture venue = new VenueFixture(compatible ? VenueFixture.Library : VenueFixture.Product).Frame((Ask, 101, 4));
        venue.Send(Bid, 99, 1);
        Assert.That(venue.Venue.NextDueNs, Is.EqualTo(venue.NowNs + 11));
        venue.Timer(venue.NowNs + 10);
        Assert.That(venue.Venue.HeldCount, Is.EqualTo(1), "not yet passed");
        venue.Timer(venue.Venue.NextDueNs);
        Assert.That(venue.Venue.HeldCount, Is.EqualTo(compatible ? 1 : 0));
    }

    [Test]
    public void The_end_of_a_recording_lets_the_rest_arrive()
    {
        VenueFixture venue = new VenueFixture(VenueFixture.Library).Frame((Ask, 101, 4));
        venue.Send(Bid, 101, 1);
        venue.Finish();
        Assert.That((venue.Executions.Count, venue.Venue.HeldCount), Is.EqualTo((1, 0)));
    }

    [Test]
    public void A_report_is_delivered_at_its_time_on_the_recorders_clock()
    {
        VenueFixture venue = new(VenueFixture.Product with { ClockOffsetNs = 1_000_000 });
        venue.FrameAt(1_000_000, (Ask, 101, 4));
        venue.Send(Bid, 99, 1);
        long dueNs = venue.NowNs + 20;
        venue.FrameAt(1_000_000 + venue.NowNs + 11);
        Assert.That(venue.Venue.NextDueNs, Is.EqualTo(dueNs));
        Assert.That(venue.Venue.TryDeliver(dueNs - 1, out _), Is.False);
        Assert.That(venue.Venue.TryDeliver(dueNs, out OrderReport report), Is.True);
        Assert.That((report.VenueNs, report.ReportNs), Is.EqualTo((1_000_000 + dueNs - 10, dueNs)));
        Assert.That(venue.Venue.NextDueNs, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void Neither_requests_nor_reports_overtake_one_another_also_after_a_restore([Values] bool isRestored)
    {
        // an order sent at 1,000 travels 500 ns in, one at 1,100 would need 251; a report of 1,500 travels 50 ns out, one of 1,520 only 1
        OrderLatency falling = OrderLatency.Interpolated([new(1_000, 1_500, 1_550), new(1_200, 1_201, 1_202), new(1_300, 1_520, 1_521)]);
        VenueFixture venue = new VenueFixture(VenueFixture.Product with { Latency = falling }).FrameAt(1_000, (Ask, 101, 4));
        venue.Send(Bid, 99, 1);
        Restore();
        venue.Frame();
        venue.Send(Bid, 98, 1);
        venue.Frame().Frame();
        Assert.That(venue.NowNs, Is.EqualTo(1_300));
        venue.Send(Bid, 97, 1);
        venue.FrameAt(1_510);
        Restore();
        venue.FrameAt(9_000);
        Assert.That(
            venue.Reports().ConvertAll(static r => (r.OrderId, r.VenueNs, r.ReportNs)),
            Is.EqualTo(new[] { (1L, 1_500L, 1_550L), (2L, 1_500L, 1_550L), (3L, 1_520L, 1_550L) }));

        void Restore()
        {
            if (isRestored)
                venue.SaveAndLoad();
        }
    }

    [Test]
    public void A_request_refused_on_the_way_never_reaches_the_venue()
    {
        OrderLatency refusing = OrderLatency.Interpolated([new(1, 0, 31), new(100_000, 100_001, 100_002)]);
        VenueFixture venue = new VenueFixture(VenueFixture.Product with { Latency = refusing }).FrameAt(1_000, (Ask, 101, 4));
        long id = venue.Send(Bid, 99, 1);
        venue.Cancel(id);
        Assert.That(venue.Kinds(), Is.EqualTo(new[] { ReportKind.Rejected, ReportKind.CancelRejected }));
        Assert.That((venue.Venue.HeldCount, venue.Venue.RestingCount), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_restored_gate_stamps_what_waited_no_earlier_than_its_reopening()
    {
        VenueFixture venue = new VenueFixture().Frame((Bid, 99, 5), (Ask, 101, 4));
        venue.Venue.SetTradable(false);
        venue.Send(Bid, 98, 1);
        venue.Frame();
        venue.Venue.SetTradable(true);
        long reopenedNs = venue.Venue.ClockNs;
        venue.SaveAndLoad();
        venue.Frame();
        Assert.That(venue.Reports().Single().VenueNs, Is.EqualTo(reopenedNs));
    }

    [Test]
    public void A_restored_cross_test_goes_on_from_the_best_prices_it_saw([Values] bool sells)
    {
        VenueFixture venue = new VenueFixture().Frame((Bid, 99, 5), (Ask, 101, 4));
        // the rest of a take stands at the opposite best, which must improve before it crosses
        venue.Order(sells ? Ask : Bid, sells ? 99 : 101, 10);
        venue.SaveAndLoad();
        venue.Frame((sells ? Bid : Ask, sells ? 99 : 101, 3));
        Assert.That(venue.Executions, Has.Count.EqualTo(1), "the best is where it was");
    }

    [Test]
    public void Room_for_requests_and_reports_grows_when_it_is_used_up()
    {
        VenueFixture venue = new VenueFixture(VenueFixture.Product with { QueueCapacity = 1 }).Frame((Ask, 1_000, 4));
        for (int price = 1; price <= 40; price++)
            venue.Send(Bid, price, 1);
        venue.Arrive();
        Assert.That(venue.Reports().ConvertAll(static r => r.OrderId), Is.Ordered.And.Count.EqualTo(40));
    }

    [TestCase(0.0, 512, 1024, "QueuePower")]
    [TestCase(65.0, 512, 1024, "QueuePower")]
    [TestCase(double.NaN, 512, 1024, "QueuePower")]
    [TestCase(3.0, 0, 1024, "MaxRestingPerSide")]
    [TestCase(3.0, 512, 0, "QueueCapacity")]
    public void Settings_out_of_range_are_named(double power, int resting, int capacity, string name)
    {
        PaperVenueOptions options = VenueFixture.Product with { QueuePower = power, MaxRestingPerSide = resting, QueueCapacity = capacity };
        Assert.That(() => new VenueFixture(options), Throws.ArgumentException.With.Message.Contains(name));
    }
}
