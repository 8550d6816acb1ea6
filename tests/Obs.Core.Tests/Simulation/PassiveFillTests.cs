using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Trading;
using static Obs.Core.Market.Side;

namespace Obs.Core.Tests.Simulation;

/// <summary>What the market does to resting orders.</summary>
internal sealed class PassiveFillTests
{
    private static VenueFixture Venue(PaperVenueOptions? options = null) => new VenueFixture(options).Frame((Bid, 99, 5), (Ask, 101, 4));

    [Test]
    public void A_print_at_the_price_reaches_the_order_when_the_queue_ahead_is_used_up([Values] bool sells)
    {
        VenueFixture venue = Venue();
        (Side own, Side aggressor, long price, long ahead) = sells ? (Ask, Bid, 101L, 4L) : (Bid, Ask, 99L, 5L);
        venue.Order(own, price, 3);
        venue.Print(aggressor, price, ahead);
        Assert.That(venue.Executions, Is.Empty);
        venue.Print(aggressor, price, 2);
        venue.Print(aggressor, price, 2);
        Assert.That(venue.Executions.ConvertAll(static e => (e.Size.Mantissa, e.Cause, e.PrintSize.Mantissa, e.Liquidity)),
            Is.EqualTo(new[] { (2L, FillCause.Queue, 2L, Liquidity.Maker), (1L, FillCause.Queue, 2L, Liquidity.Maker) }));
        Assert.That(venue.Kinds(), Is.EqualTo(new[] { ReportKind.New, ReportKind.PartiallyFilled, ReportKind.Filled }));
    }

    [Test]
    public void A_print_of_the_other_aggressor_or_at_a_worse_price_does_nothing()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 99, 3);
        venue.Print(Bid, 99, 100).Print(Ask, 100, 100);
        Assert.That(venue.Executions, Is.Empty);
    }

    [Test]
    public void A_print_through_the_price_fills_at_the_own_price_and_no_more_than_the_print()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 99, 3);
        venue.Print(Ask, 98, 1);
        OrderReport fill = venue.Executions.Single();
        Assert.That((fill.Price.Mantissa, fill.Size.Mantissa, fill.Cause), Is.EqualTo((99L, 1L, FillCause.TradedThrough)));
        venue.Print(Ask, 99, 1);
        Assert.That(venue.Executions, Has.Count.EqualTo(2), "the queue ahead is gone too");
    }

    [Test]
    public void The_library_fills_any_size_from_a_print_through_the_price_and_that_is_counted()
    {
        VenueFixture venue = Venue(VenueFixture.Library);
        venue.Order(Bid, 99, 3);
        venue.Print(Ask, 98, 1);
        Assert.That(venue.Executions.Single().Size.Mantissa, Is.EqualTo(3));
        Assert.That(venue.Venue.Honesty.OptimisticShare, Is.EqualTo(2 / 3.0));
    }

    [Test]
    public void Own_orders_of_an_account_share_a_print_better_price_first_then_arrival()
    {
        VenueFixture venue = Venue();
        long late = venue.Order(Bid, 98, 4);
        long first = venue.Order(Bid, 99, 4);
        long second = venue.Order(Bid, 99, 4);
        venue.Print(Ask, 98, 10);
        Assert.That(venue.Executions.ConvertAll(static e => (e.OrderId, e.Size.Mantissa)), Is.EqualTo(new[] { (first, 4L), (second, 4L), (late, 2L) }));
        Assert.That(venue.Executions.Sum(static e => e.Size.Mantissa), Is.EqualTo(10), "never more than the print");
    }

    [Test]
    public void The_librarys_own_orders_each_see_the_whole_print()
    {
        VenueFixture venue = Venue(VenueFixture.Library);
        venue.Order(Bid, 99, 4);
        venue.Order(Bid, 99, 4);
        venue.Print(Ask, 99, 7);
        Assert.That(venue.Executions.ConvertAll(static e => e.Size.Mantissa), Is.EqualTo(new[] { 2L, 2L }));
    }

    [Test]
    public void An_own_order_counts_as_ahead_of_the_next_at_its_level()
    {
        VenueFixture venue = Venue();
        long first = venue.Order(Bid, 99, 20);
        venue.Frame((Bid, 99, 8));
        long second = venue.Order(Bid, 99, 5);
        venue.Print(Ask, 99, 12);
        Assert.That(venue.Executions.ConvertAll(static e => (e.OrderId, e.Size.Mantissa)), Is.EqualTo(new[] { (first, 7L) }));
        venue.Print(Ask, 99, 15);
        Assert.That(venue.Executions[^1], Is.EqualTo(venue.Executions[^1] with { OrderId = first, Left = Size.Zero }), "13 for the first, 2 eat into the market's 3 between");
        venue.Print(Ask, 99, 2);
        Assert.That((venue.Executions[^1].OrderId, venue.Executions[^1].Size.Mantissa), Is.EqualTo((second, 1L)));
    }

    [Test]
    public void Accounts_do_not_take_prints_from_one_another()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 99, 4, account: 1);
        venue.Order(Bid, 99, 4, account: 2);
        venue.Print(Ask, 99, 9);
        Assert.That(venue.Executions.ConvertAll(static e => (e.Key.Account, e.Size.Mantissa)), Is.EqualTo(new[] { (1, 4L), (2, 4L) }));
    }

    [Test]
    public void A_best_that_improves_onto_the_order_fills_it_after_the_frame()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 100, 3);
        venue.Frame((Ask, 100, 1));
        OrderReport fill = venue.Executions.Single();
        Assert.That((fill.Price.Mantissa, fill.Size.Mantissa, fill.Cause, fill.PrintSize.Mantissa), Is.EqualTo((100L, 3L, FillCause.BestCrossed, 0L)));
        Assert.That(venue.Venue.Honesty.BestCrossed.BeyondEvidence.ToString(), Is.EqualTo("2"));
    }

    [Test]
    public void What_a_crossing_level_shows_stands_for_one_own_order_at_a_time_except_in_the_library([Values] bool compatible)
    {
        VenueFixture venue = Venue(compatible ? VenueFixture.Library : VenueFixture.Product);
        venue.Order(Bid, 100, 3, account: 1);
        venue.Order(Bid, 100, 3, account: 1);
        venue.Order(Bid, 100, 3, account: 2);
        venue.Frame((Ask, 100, 4));
        Assert.That(venue.Executions.ConvertAll(static e => (e.Size.Mantissa, e.Cause)), Is.All.EqualTo((3L, FillCause.BestCrossed)).And.Exactly(3).Items, "each is filled whole");
        Assert.That((long)venue.Venue.Honesty.BestCrossed.BeyondEvidence, Is.EqualTo(compatible ? 0 : 2), "one of 4 was left for the second order of an account");
    }

    [Test]
    public void Another_queue_model_begins_with_the_place_the_order_has([Values] bool carefulFirst)
    {
        PaperVenueOptions careful = VenueFixture.Product, guessing = careful with { Queue = QueueModel.PowerProb3 };
        VenueFixture venue = Venue(carefulFirst ? careful : guessing);
        venue.Order(Bid, 99, 3);
        venue.Print(Ask, 99, 1).ChangeTo(carefulFirst ? guessing : careful).Print(Ask, 99, 3);
        Assert.That(venue.Executions, Is.Empty, "4 of 5 were traded, one still stands ahead");
        venue.SaveAndLoad();
        venue.Print(Ask, 99, 2);
        Assert.That(venue.Executions.Single().Size.Mantissa, Is.EqualTo(1));
    }

    [Test]
    public void A_state_that_lasts_only_within_a_frame_fills_in_the_library_alone()
    {
        foreach ((PaperVenueOptions options, int fills) in new[] { (VenueFixture.Product, 0), (VenueFixture.Library, 1) })
        {
            VenueFixture venue = Venue(options);
            venue.Order(Bid, 100, 3);
            venue.Frame((Ask, 100, 1), (Ask, 100, 0));
            Assert.That(venue.Executions, Has.Count.EqualTo(fills));
        }
    }

    [Test]
    public void The_rest_of_a_take_is_not_filled_by_the_level_it_took()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 101, 10);
        venue.Frame((Ask, 101, 3)).Frame((Bid, 98, 1));
        Assert.That(venue.Executions, Has.Count.EqualTo(1), "the best did not improve");
        venue.Frame((Ask, 101, 0), (Ask, 102, 5)).Frame((Ask, 101, 1));
        Assert.That(venue.Executions[^1].Cause, Is.EqualTo(FillCause.BestCrossed));
    }

    [Test]
    public void While_the_book_is_not_to_be_trusted_depth_fills_nothing_and_requests_wait()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 100, 3);
        venue.Venue.SetTradable(false);
        venue.Send(Bid, 98, 1);
        venue.Frame((Ask, 100, 1)).Frame((Ask, 101, 5));
        Assert.That((venue.Executions.Count, venue.Venue.HeldCount, venue.Venue.NextDueNs < long.MaxValue), Is.EqualTo((0, 1, true)));
        _ = venue.Reports();
        Assert.That(venue.Venue.NextDueNs, Is.EqualTo(long.MaxValue), "no timer helps a closed gate");
        venue.Venue.SetTradable(true);
        long reopenedNs = venue.Venue.ClockNs;
        venue.Frame();
        Assert.That(venue.Executions.Single().Cause, Is.EqualTo(FillCause.BestCrossed), "the best has improved since it was last trusted");
        Assert.That(venue.Reports().Single(static r => r.Kind == ReportKind.New).VenueNs, Is.EqualTo(reopenedNs));
    }

    [Test]
    public void While_the_book_is_not_to_be_trusted_prints_fill_and_the_gap_is_counted()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 100, 3);
        venue.Order(Bid, 99, 3);
        venue.Venue.SetTradable(false);
        venue.Frame((Ask, 98, 1));
        Assert.That(venue.Executions, Is.Empty, "depth fills nothing");
        venue.Print(Ask, 99, 6);
        Assert.That(venue.Executions.Select(static e => (e.Cause, e.Price.Mantissa, e.Size.Mantissa)), Is.EqualTo(new[] { (FillCause.TradedThrough, 100L, 3L) }), "3 of the print are left for a queue of 5");
        venue.Venue.SetTradable(true);
        venue.Frame();
        Assert.That((venue.Venue.Honesty.Gaps, venue.Venue.Honesty.ExecutionsInGaps, venue.Executions.Count), Is.EqualTo((1L, 1L, 2)), "what crossed meanwhile fills with the first trusted frame, and that is no fill in the gap");
        venue.SaveAndLoad();
        Assert.That((venue.Venue.Honesty.Gaps, venue.Venue.Honesty.ExecutionsInGaps), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void A_gap_without_orders_is_no_gap()
    {
        VenueFixture venue = Venue();
        venue.Venue.SetTradable(false);
        venue.Venue.SetTradable(true);
        Assert.That(venue.Venue.Honesty.Gaps, Is.Zero);
    }

    [Test]
    public void After_a_resync_the_queue_is_at_most_what_is_shown()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 99, 3);
        _ = venue.Book.Set(Bid, new Price(99), new Size(1));
        venue.Resync();
        venue.Print(Ask, 99, 2);
        Assert.That(venue.Executions.Single().Size.Mantissa, Is.EqualTo(1));
    }

    [Test]
    public void A_level_that_leaves_the_view_keeps_the_queue_and_coming_back_smaller_shortens_it()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 99, 3);
        venue.Venue.OnLevelLeftView(Bid, new Price(99));
        _ = venue.Book.Set(Bid, new Price(99), Size.Zero);
        venue.Print(Ask, 99, 1);
        Assert.That(venue.Executions, Is.Empty, "5 stood ahead, 4 still do");
        venue.Frame((Bid, 99, 2)).Print(Ask, 99, 3);
        Assert.That(venue.Executions.Single().Size.Mantissa, Is.EqualTo(1));
    }

    [Test]
    public void A_level_that_is_removed_in_view_leaves_nobody_ahead()
    {
        VenueFixture venue = Venue();
        venue.Order(Bid, 99, 3);
        venue.Frame((Bid, 99, 0)).Print(Ask, 99, 1);
        Assert.That(venue.Executions.Single().Size.Mantissa, Is.EqualTo(1));
    }

    [Test]
    public void Levels_matter_only_while_something_rests_or_was_taken()
    {
        VenueFixture venue = Venue();
        Assert.That(venue.Venue.WantsLevels, Is.False);
        venue.Order(Bid, 101, 1);
        Assert.That(venue.Venue.WantsLevels, Is.True, "a take is remembered");
        venue.Frame((Ask, 101, 4));
        Assert.That(venue.Venue.WantsLevels, Is.False);
        long id = venue.Order(Bid, 99, 1);
        Assert.That(venue.Venue.WantsLevels, Is.True);
        venue.Cancel(id);
        Assert.That(venue.Venue.WantsLevels, Is.False);
    }
}
