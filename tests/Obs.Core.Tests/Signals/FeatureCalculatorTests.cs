using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Signals;

namespace Obs.Core.Tests.Signals;

/// <summary>What the calculator promises beyond the formulas: nothing from the future, the same after a restore, no allocation, plain refusals.</summary>
internal sealed class FeatureCalculatorTests
{
    private static readonly MarketStep TwoSided = MadeMarket.Diff(MadeMarket.Start, [MadeMarket.Level(1199, 300)], [MadeMarket.Level(1201, 100)]);

    [Test]
    public void A_stream_cut_off_gives_the_same_rows_bit_for_bit([Values(10, 100, 399)] int cut)
    {
        List<MarketStep> steps = MadeMarket.Random(21, 800);
        List<FeatureRow> whole = new FeatureRun().FeedAll(steps).Rows;
        List<FeatureRow> part = new FeatureRun().FeedAll(steps.Take(cut)).Rows;
        Assert.That(part.Select(FeatureRun.Bits), Is.EqualTo(whole.Take(part.Count).Select(FeatureRun.Bits)), "a row that knows the future differs");
    }

    [Test]
    public void Rows_do_not_depend_on_whether_the_changes_were_told([Range(1, 4)] int seed)
    {
        List<MarketStep> steps = MadeMarket.Random(seed, 1500);
        FeatureRun told = new FeatureRun().FeedAll(steps);
        FeatureRun walked = new FeatureRun(tellChanges: false).FeedAll(steps);
        Assert.That(told.Rows.Select(FeatureRun.Bits), Is.EqualTo(walked.Rows.Select(FeatureRun.Bits)));
        Assert.That(told.Calculator.StateHash, Is.EqualTo(walked.Calculator.StateHash));
    }

    [Test]
    public void A_restored_calculator_gives_the_same_rows_bit_for_bit([Values(0, 1, 57, 500, 1100)] int cut)
    {
        List<MarketStep> steps = MadeMarket.Random(33, 1200);
        FeatureRun whole = new FeatureRun().FeedAll(steps);
        FeatureRun first = new FeatureRun().FeedAll(steps.Take(cut));
        byte[] bytes = new byte[first.Calculator.SnapshotBytes];
        int written = first.Calculator.Save(bytes);
        FeatureRun second = new FeatureRun().FeedAll(steps.Take(cut));
        second.Calculator.OnTrade(MadeMarket.Trade(MadeMarket.Start, 5, 5, Side.Bid));
        Assert.That(second.Calculator.Load(bytes), Is.EqualTo(written));
        Assert.That(second.Calculator.StateHash, Is.EqualTo(first.Calculator.StateHash));
        second.Rows.Clear();
        second.FeedAll(steps.Skip(cut));
        Assert.That(second.Rows.Select(FeatureRun.Bits), Is.EqualTo(whole.Rows.Skip(whole.Rows.Count - second.Rows.Count).Select(FeatureRun.Bits)));
        Assert.That(second.Calculator.StateHash, Is.EqualTo(whole.Calculator.StateHash));
    }

    [Test]
    public void The_state_is_the_same_whether_rows_are_read_or_not([Range(1, 4)] int seed)
    {
        Random random = new(seed);
        FeatureRun read = new(), partly = new();
        foreach (MarketStep step in MadeMarket.Random(seed, 1_500))
        {
            bool isRead = read.Feed(step);
            if (isRead && random.Next(3) > 0)
                partly.FeedUnread(step);
            else if (partly.Feed(step))
                Assert.That(FeatureRun.Bits(partly.Rows[^1]), Is.EqualTo(FeatureRun.Bits(read.Rows[^1])), $"seed {seed}, {step.Event.ReceiveNs}");
            Assert.That(partly.Calculator.StateHash, Is.EqualTo(read.Calculator.StateHash), $"seed {seed}, {step.Event.ReceiveNs}");
        }
        Assert.That(partly.Rows, Has.Count.InRange(100, read.Rows.Count - 100), "both ways were taken");
    }

    [Test]
    public void After_a_restore_the_book_is_read_whatever_was_known_of_another()
    {
        FeatureRun saved = new FeatureRun().FeedAll(MadeMarket.Random(5, 300)), other = new();
        byte[] bytes = new byte[saved.Calculator.SnapshotBytes];
        _ = saved.Calculator.Save(bytes);
        other.Feed(MadeMarket.Diff(MadeMarket.Start, [MadeMarket.Level(1100, 7)], [MadeMarket.Level(1300, 9)]));
        _ = other.Calculator.Load(bytes);
        MarketStep farAway = MadeMarket.Diff(MadeMarket.Start + (100_000 * MadeMarket.Second), [MadeMarket.Level(1, 5)], [MadeMarket.Level(9_000, 5)]);
        saved.Feed(farAway);
        FeatureRow row = default;
        other.Calculator.OnBook(saved.Book, farAway.Event, farAway.Levels, ref row);
        Assert.That(FeatureRun.Bits(row), Is.EqualTo(FeatureRun.Bits(saved.Rows[^1])));
    }

    [Test]
    public void A_damaged_snapshot_is_refused()
    {
        FeatureCalculator calculator = new FeatureRun().FeedAll(MadeMarket.Random(2, 300)).Calculator;
        byte[] bytes = new byte[calculator.SnapshotBytes];
        int written = calculator.Save(bytes);
        Random random = new(4);
        for (int flip = 0; flip < 300; flip++)
        {
            byte[] damaged = [.. bytes.Take(written)];
            damaged[random.Next(24, 32)] ^= (byte)(1 << random.Next(8)); // the start time is in no window, yet part of the state
            Assert.That(() => calculator.Load(damaged), Throws.TypeOf<InvalidDataException>(), $"flip {flip}");
        }
        Assert.That(() => calculator.Load(bytes.AsSpan(0, written - 1)), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => new FeatureRun(new FeatureOptions { Wanted = FeatureSet.Six }).Calculator.Load(bytes), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void The_state_hash_follows_every_event()
    {
        FeatureRun run = new();
        HashSet<ulong> hashes = [run.Calculator.StateHash];
        foreach (MarketStep step in MadeMarket.Random(8, 300))
        {
            run.Feed(step);
            hashes.Add(run.Calculator.StateHash);
        }
        Assert.That(hashes, Has.Count.GreaterThan(290), "nearly every event changes the state (equal times and equal tops may not)");
    }

    [Test]
    public void One_side_alone_gives_no_feature_of_the_book()
    {
        FeatureRun run = new();
        run.Feed(MadeMarket.Diff(MadeMarket.Start, [MadeMarket.Level(1199, 300)], []));
        Assert.That(run.Rows[0].Present, Is.EqualTo(FeatureSet.None));
    }

    [Test]
    public void The_venues_totals_go_before_the_visible_levels()
    {
        FeatureRun run = new(tellChanges: false);
        MarketEvent withTotals = TwoSided.Event with { Kind = MarketEventKind.FullBook, TotalBidSize = 1.5, TotalAskSize = 4.5 };
        run.Feed(TwoSided with { Event = withTotals });
        Assert.That(run.Rows[0][FeatureId.OrderBookImbalance], Is.EqualTo(-0.5));
        Assert.That(run.Rows[0][FeatureId.QueueImbalance], Is.EqualTo(0.5));
        run.Feed(TwoSided);
        Assert.That(run.Rows[1][FeatureId.OrderBookImbalance], Is.EqualTo(0.5), "a frame without totals falls back to the levels");
    }

    [Test]
    public void Nothing_flows_and_the_mid_does_not_move_over_a_time_without_a_side()
    {
        FeatureRun run = new(), unread = new();
        foreach (MarketStep step in new[]
        {
            TwoSided,
            MadeMarket.Diff(MadeMarket.Start + (6 * MadeMarket.Second), [MadeMarket.Level(1199, 0)], []),
            MadeMarket.Diff(MadeMarket.Start + (7 * MadeMarket.Second), [MadeMarket.Level(1200, 900)], []),
            MadeMarket.Diff(MadeMarket.Start + (8 * MadeMarket.Second), [MadeMarket.Level(1200, 0), MadeMarket.Level(1199, 100)], []),
            MadeMarket.Diff(MadeMarket.Start + (9 * MadeMarket.Second), [], [MadeMarket.Level(1201, 0)]),
        })
        {
            run.Feed(step);
            unread.FeedUnread(step);
            Assert.That(unread.Calculator.StateHash, Is.EqualTo(run.Calculator.StateHash), $"{step.Event.ReceiveNs}");
        }
        Assert.That((run.Rows[2][FeatureId.OrderFlow5S], run.Rows[2].TryGet(FeatureId.LastDirection, out _)), Is.EqualTo((0.0, false)));
        Assert.That(run.Rows[3][FeatureId.OrderFlow5S], Is.EqualTo(-900 / ((400 + 1000 + 200) / 3.0 / 2)).Within(1e-12));
        Assert.That(run.Rows[3][FeatureId.LastDirection], Is.EqualTo(-1));
    }

    [Test]
    public void Sizes_whose_sum_needs_more_than_64_bits_are_summed_all_the_same()
    {
        FeatureRun run = new();
        BookLevel[] bids = [.. Enumerable.Range(0, 5).Select(static (int level) => MadeMarket.Level(1199 - level, 1L << 62))];
        run.Feed(MadeMarket.Diff(MadeMarket.Start, bids, [MadeMarket.Level(1201, 1L << 62)]));
        Assert.That(run.Rows[0][FeatureId.DepthImbalance5], Is.EqualTo(4.0 / 6).Within(1e-15));
        Assert.That(run.Rows[0][FeatureId.DepthImbalance3], Is.EqualTo(0.5));
    }

    [TestCase(1e308, 1e308, 0.0), TestCase(1.5e308, 0.5e308, 0.0, Description = "their sum is infinite: no side can be said to outweigh the other"), TestCase(0.0, 3.0, -1.0)]
    public void Absurd_totals_give_a_finite_imbalance(double bid, double ask, double imbalance)
    {
        FeatureRun run = new(tellChanges: false);
        run.Feed(TwoSided with { Event = TwoSided.Event with { Kind = MarketEventKind.FullBook, TotalBidSize = bid, TotalAskSize = ask } });
        Assert.That(run.Rows[0][FeatureId.OrderBookImbalance], Is.EqualTo(imbalance));
    }

    [Test]
    public void Totals_of_zero_say_nothing_and_the_visible_levels_count_as_deep_as_without_them()
    {
        FeatureRun run = new(new FeatureOptions { Wanted = FeatureSet.Of(FeatureId.OrderBookImbalance), ObiLevels = 2 }, tellChanges: false);
        MarketStep deep = MadeMarket.Diff(MadeMarket.Start, [MadeMarket.Level(1199, 100), MadeMarket.Level(1198, 500)], [MadeMarket.Level(1201, 100), MadeMarket.Level(1202, 100)]);
        run.Feed(deep with { Event = deep.Event with { Kind = MarketEventKind.FullBook, TotalBidSize = 0, TotalAskSize = 0 } });
        Assert.That(run.Rows[0][FeatureId.OrderBookImbalance], Is.EqualTo((600.0 - 200) / 800));
    }

    [Test]
    public void Spread_and_mid_are_correctly_rounded_quotients()
    {
        FeatureRun run = new();
        run.Feed(TwoSided);
        Assert.That((run.Rows[0][FeatureId.Spread], run.Rows[0][FeatureId.MidPrice]), Is.EqualTo((0.002, 1.2)));
    }

    [Test]
    public void A_clock_that_goes_back_stands_still()
    {
        FeatureRun run = new();
        run.Feed(TwoSided);
        run.Feed(MadeMarket.Diff(MadeMarket.Start - (50 * MadeMarket.Second), [MadeMarket.Level(1199, 400)], []));
        run.Feed(MadeMarket.Diff(MadeMarket.Start + (5 * MadeMarket.Second), [MadeMarket.Level(1199, 500)], []));
        Assert.That(run.Rows[2][FeatureId.OrderFlow5S], Is.EqualTo(100 * 3 / ((400 + 500 + 600) / 2.0)).Within(1e-12), "the frame from the past counts at the time reached before it");
    }

    [Test]
    public void Trades_count_before_the_first_book_and_only_backward()
    {
        FeatureRun run = new();
        for (int trade = 0; trade < 30; trade++)
            run.Calculator.OnTrade(MadeMarket.Trade(MadeMarket.Start - 1000 + trade, 1200, 10, trade < 10 ? Side.Bid : Side.Ask));
        run.Feed(TwoSided);
        run.Calculator.OnTrade(MadeMarket.Trade(MadeMarket.Start, 9999, 10, Side.Bid));
        Assert.That(run.Rows[0][FeatureId.BuySellRatio], Is.EqualTo(10 / 30.0));
        Assert.That((run.Rows[0][FeatureId.PriceVolatility], run.Rows[0][FeatureId.PriceChangeRate]), Is.EqualTo((0.0, 0.0)));
    }

    [Test]
    public void A_row_costs_no_allocation()
    {
        List<MarketStep> steps = [.. MadeMarket.Random(3, 4000).Select(static (MarketStep s, int index) => s.IsTrade ? s : ArrayTestBook.Repeat(s.Event.ReceiveNs, index % 20))];
        ArrayTestBook book = ArrayTestBook.Create(MadeMarket.Instrument);
        FeatureCalculator calculator = new(MadeMarket.Instrument, new FeatureOptions());
        FeatureRow row = default;
        Feed(calculator, in book, steps, ref row);
        MarketStep[] later = [.. steps.Select(static (MarketStep s) => s with { Event = Later(s.Event) })];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Feed(calculator, in book, later, ref row);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(new object(), Is.Not.Null);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Positive, "the control: a boxed thing is counted");
    }

    [TestCase(1, 15)]
    [TestCase(5000, 15)]
    [TestCase(30, 0)]
    [TestCase(30, 1001)]
    public void Settings_out_of_range_are_refused(int tradeWindow, int obiLevels) =>
        Assert.That(() => new FeatureRun(new FeatureOptions { TradeWindow = tradeWindow, ObiLevels = obiLevels }), Throws.ArgumentException.With.Message.Contains("set it between"));

    [Test]
    public void Prices_whose_sum_could_overflow_are_refused_at_the_start() =>
        Assert.That(() => new FeatureCalculator(MadeMarket.Instrument with { MaxPrice = new Price(long.MaxValue) }, new FeatureOptions()), Throws.ArgumentException.With.Message.Contains("NEXOUSDT"));

    [Test]
    public void A_highest_price_of_a_quarter_of_the_range_is_the_last_that_is_taken()
    {
        Instrument highest = MadeMarket.Instrument with { MaxPrice = new Price(long.MaxValue / 4) };
        Instrument higher = highest with { MaxPrice = new Price((long.MaxValue / 4) + 1) };
        Assert.That(() => new FeatureCalculator(highest, new FeatureOptions()), Throws.Nothing);
        Assert.That(() => new FeatureCalculator(higher, new FeatureOptions()), Throws.ArgumentException);
    }

    private static MarketEvent Later(MarketEvent e) => e with { ReceiveNs = e.ReceiveNs + (1_000_000 * MadeMarket.Second) };

    private static void Feed(FeatureCalculator calculator, in ArrayTestBook book, IReadOnlyList<MarketStep> steps, ref FeatureRow row)
    {
        for (int index = 0; index < steps.Count; index++)
        {
            MarketStep step = steps[index];
            if (step.IsTrade)
                calculator.OnTrade(in step.EventRef);
            else
                calculator.OnBook(in book, in step.EventRef, step.Levels, ref row);
        }
    }
}
