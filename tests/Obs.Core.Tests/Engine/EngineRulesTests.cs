using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Engine;

[TestFixture]
internal sealed class EngineRulesTests
{
    [Test]
    public void A_frame_through_the_loop_allocates_nothing_once_its_market_is_open()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(11, 4_000);
        EngineFixture fixture = new(EngineFixture.Options());
        fixture.Feed(frames.Take(1_600));
        Assert.That(BytesFor([.. frames.Skip(1_600).Take(2_399)], fixture.Loop, boxes: false), Is.Zero);
        Assert.That(BytesFor([frames[^1]], fixture.Loop, boxes: true), Is.Positive, "control: one boxed value must be seen");
    }

    [Test]
    public void The_kill_command_stops_orders_until_it_is_released()
    {
        CollectingOutput output = new();
        EngineFixture fixture = new(EngineFixture.Options(), output);
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(13, 3_000);
        fixture.Feed(frames.Take(1_000));
        fixture.Command(EngineCommandKind.Kill, frames[999].ReceiveNs);
        int before = output.Reasons.Count;
        fixture.Feed(frames.Skip(1_000).Take(1_000));
        Assert.That(output.Reasons.Skip(before), Is.Not.Empty.And.All.EqualTo(RejectReason.Killed));
        fixture.Command(EngineCommandKind.Release, frames[1_999].ReceiveNs);
        before = output.Reasons.Count;
        fixture.Feed(frames.Skip(2_000));
        Assert.That(output.Reasons.Skip(before), Has.Some.EqualTo(RejectReason.None));
    }

    [Test]
    public void Nothing_is_ordered_on_a_book_that_is_not_synced()
    {
        CollectingOutput output = new();
        EngineFixture fixture = new(EngineFixture.Options(), output);
        fixture.Feed(MadeFrames.Upbit(14, 2_000));
        Assert.That(output.Qualities, Has.All.EqualTo(BookQuality.Synced), "an Upbit book is Synced at once, and a row that ends staleness too");
        Assert.That(output.Orders, Is.Not.Empty);
    }

    [Test]
    public void A_silent_market_becomes_stale_by_a_timer()
    {
        EngineFixture fixture = new(EngineFixture.Options());
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(15, 100);
        fixture.Feed(frames);
        Assert.That(fixture.Engine.Markets[0].Quality, Is.EqualTo(BookQuality.Synced));
        fixture.Loop.PassTimers(frames[^1].ReceiveNs + 60_000_000_000);
        Assert.That(fixture.Engine.Markets[0].Quality, Is.EqualTo(BookQuality.Stale));
    }

    [Test]
    public void A_report_is_never_delivered_before_it_is_due_nor_later_than_the_next_record()
    {
        DeliveryOutput output = new();
        EngineFixture fixture = new(EngineFixture.Options(), output);
        fixture.Feed(MadeFrames.Upbit(16, 2_000));
        Assert.That(output.LatenessNs, Is.Not.Empty);
        Assert.That(output.LatenessNs.Min(), Is.GreaterThanOrEqualTo(0));
        Assert.That(output.LatenessNs.Max(), Is.LessThanOrEqualTo(1), "timers stand at the due times");
    }

    [Test]
    public void Refused_frames_are_counted_by_reason_and_change_no_book()
    {
        EngineFixture fixture = new(EngineFixture.Options());
        fixture.Feed(MadeFrames.Upbit(17, 50));
        TopOfBook before = fixture.Engine.Markets[0].Top;
        fixture.Feed([(MadeFrames.StartNs + 10_000_000_000, "{\"ty\":\"orderbook\",\"cd\":\"KRW-BTC\""u8.ToArray())]);
        Assert.That(fixture.Engine.Counters.Rejected, Is.EqualTo(1));
        Assert.That(fixture.Engine.RejectedByReason[(int)DecodeStatus.Malformed], Is.EqualTo(1));
        Assert.That(fixture.Engine.Markets[0].Top, Is.EqualTo(before));
    }

    [Test]
    public void A_market_left_out_by_symbol_is_counted_and_nothing_else()
    {
        EngineFixture fixture = new(EngineFixture.Options() with { Symbol = "KRW-ETH" });
        fixture.Feed(MadeFrames.Upbit(18, 100));
        Assert.That(fixture.Engine.Counters.Frames, Is.EqualTo(100));
        Assert.That(fixture.Engine.Counters.Books, Is.Zero);
        Assert.That(fixture.Engine.Markets, Is.Empty);
    }

    [Test]
    public void A_receive_clock_that_goes_back_never_moves_engine_time_back()
    {
        EngineFixture fixture = new(EngineFixture.Options());
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(19, 200);
        fixture.Feed(frames);
        long before = fixture.Engine.EngineNs;
        fixture.Feed([(frames[^1].ReceiveNs - 1_000_000_000, frames[^1].Bytes)]);
        Assert.That(fixture.Engine.EngineNs, Is.EqualTo(before));
    }

    [Test]
    public void A_request_carries_engine_time_although_the_receive_clock_went_back()
    {
        CollectingOutput output = new();
        EngineFixture fixture = new(EngineFixture.Options(), output);
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(20, 1_000);
        fixture.Feed(frames.Take(500));
        (long engineNs, int before) = (fixture.Engine.EngineNs, output.Orders.Count);
        fixture.Feed(frames.Skip(500).Select(frame => (engineNs - 5_000_000_000, frame.Bytes)));
        Assert.That(output.Orders.Skip(before).Select(static order => order.RequestNs), Is.Not.Empty.And.All.EqualTo(engineNs));
    }

    [Test]
    public void A_day_of_the_loss_limit_begins_with_the_first_row_after_midnight()
    {
        const long Day = 86_400_000_000_000;
        CollectingOutput output = new();
        EngineFixture fixture = new(EngineFixture.Options() with { Risk = new RiskOptions { DailyLossLimit = 40 } }, output);
        fixture.Feed(MadeFrames.Upbit(21, 1_500));
        int firstDay = output.Reasons.Count;
        Assert.That(output.Reasons[^1], Is.EqualTo(RejectReason.DailyLossLimit), "fees alone come to more");
        fixture.Feed(MadeFrames.Upbit(22, 300, startNs: MadeFrames.StartNs + Day));
        Assert.That(output.Reasons.Skip(firstDay).First(), Is.EqualTo(RejectReason.None));
    }

    [Test]
    public void A_print_reaches_what_rests_while_the_book_waits_for_a_snapshot()
    {
        CollectingOutput output = new();
        EngineFixture fixture = new(EngineFixture.Options(threshold: 1) with { Risk = new RiskOptions { PriceCollarBps = 10_000 } }, output);
        SpotFeed feed = new SpotFeed(fixture).Snapshot().Diffs(1);
        feed.Bid(9_900, 10_000_000).Diffs(2).Gap();
        Assert.That(feed.Market.Quality, Is.EqualTo(BookQuality.Syncing), "800 ids are missing");
        feed.Trade(98).Trade(98);
        Assert.That(output.Reports.Select(static report => (report.Kind, report.Cause)), Has.Some.EqualTo((ReportKind.Filled, FillCause.TradedThrough)));
        Assert.That((feed.Market.Honesty.Gaps, feed.Market.Honesty.ExecutionsInGaps), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void A_due_report_is_delivered_before_the_record_that_comes_later()
    {
        CollectingOutput output = new();
        EngineFixture fixture = new(EngineFixture.Options(threshold: 1) with { Risk = new RiskOptions { PriceCollarBps = 10_000 } }, output, insertTimers: false);
        SpotFeed feed = new SpotFeed(fixture).Snapshot().Diffs(1);
        feed.Bid(9_900, 10_000_000);
        int before = output.Lines.Count;
        feed.Diffs(1);
        Assert.That(output.Lines.Skip(before).Take(2).Select(static line => line.Split(' ')[0]), Is.EqualTo(new[] { "report", "top" }), "due after 20 ms, the frame came after 50");
    }

    private static long BytesFor((long ReceiveNs, byte[] Bytes)[] frames, RecordLoop loop, bool boxes)
    {
        AllocationMeter meter = AllocationMeter.Start();
        object? last = null;
        foreach ((long receiveNs, byte[] bytes) in frames)
        {
            loop.OnRecord(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, bytes);
            last = boxes ? receiveNs : null;
        }
        GC.KeepAlive(last);
        return meter.Bytes;
    }

    private sealed class DeliveryOutput : EngineOutput
    {
        public List<long> LatenessNs { get; } = [];

        public override void OnReport(in OrderReport report, Instrument instrument, in LedgerView ledger, Money fee, long engineNs) =>
            LatenessNs.Add(engineNs - report.ReportNs);
    }
}
