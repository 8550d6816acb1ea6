using System;
using NUnit.Framework;
using Obs.Core.Diagnostics;

namespace Obs.Core.Tests.Diagnostics;

/// <summary>Frames stamped with times given by hand.</summary>
internal sealed class LatencyRecorderTests
{
    [Test]
    public void Each_stage_gets_the_time_since_the_stamp_before_it()
    {
        LatencyRecorder recorder = new(new StallDetector());
        Frame(recorder, receivedNs: 1_000, startNs: 1_500);
        Assert.That(Max(recorder, EngineStage.Decode), Is.EqualTo(100));
        Assert.That(Max(recorder, EngineStage.Book), Is.EqualTo(200));
        Assert.That(Max(recorder, EngineStage.Risk), Is.EqualTo(50));
    }

    [Test]
    public void The_whole_way_starts_when_the_frame_was_due_not_when_the_engine_got_to_it()
    {
        LatencyRecorder recorder = new(new StallDetector());
        Frame(recorder, receivedNs: 1_000, startNs: 1_500);
        Assert.That(Max(recorder, EngineStage.EndToEnd), Is.EqualTo(850));
    }

    [Test]
    public void A_stage_that_was_not_reached_is_not_recorded()
    {
        LatencyRecorder recorder = new(new StallDetector());
        Frame(recorder, receivedNs: 1_000, startNs: 1_000);
        Assert.That(recorder.Raw(EngineStage.Predict).Count, Is.Zero);
        Assert.That(recorder.Raw(EngineStage.Decode).Count, Is.EqualTo(1));
    }

    [Test]
    public void A_stage_stamped_twice_counts_with_the_sum()
    {
        LatencyRecorder recorder = new(new StallDetector());
        recorder.BeginFrame(Ticks(0), Ticks(0));
        recorder.Stamp(EngineStage.Decide, Ticks(100));
        recorder.Stamp(EngineStage.Risk, Ticks(110));
        recorder.Stamp(EngineStage.Decide, Ticks(140));
        recorder.EndFrame();
        Assert.That((recorder.Raw(EngineStage.Decide).Count, Max(recorder, EngineStage.Decide)), Is.EqualTo((1L, 130L)));
    }

    [Test]
    public void A_frame_during_a_stall_is_in_the_raw_figures_only()
    {
        StallDetector stalls = new();
        LatencyRecorder recorder = new(stalls);
        stalls.Mark(900, 1_200);
        Frame(recorder, receivedNs: 1_000, startNs: 1_500);
        Frame(recorder, receivedNs: 5_000, startNs: 5_000);
        foreach (EngineStage stage in new[] { EngineStage.Decode, EngineStage.EndToEnd })
            Assert.That((recorder.Raw(stage).Count, recorder.StallFree(stage).Count), Is.EqualTo((2L, 1L)), $"{stage}");
    }

    [Test]
    public void Without_a_stall_both_figures_are_the_same()
    {
        LatencyRecorder recorder = new(new StallDetector());
        for (long frame = 0; frame < 100; frame++)
            Frame(recorder, receivedNs: frame * 10_000, startNs: (frame * 10_000) + frame);
        LatencyHistogram raw = recorder.Raw(EngineStage.EndToEnd), stallFree = recorder.StallFree(EngineStage.EndToEnd);
        Assert.That((stallFree.Count, stallFree.ValueAtPercentile(50), stallFree.Max), Is.EqualTo((raw.Count, raw.ValueAtPercentile(50), raw.Max)));
        Assert.That(raw.Count, Is.EqualTo(100));
    }

    [TestCase(1, 640), TestCase(64, 10), TestCase(640, 1), TestCase(1000, 1)]
    public void Every_nth_frame_is_recorded_beginning_with_the_first(int sampleEvery, int expected)
    {
        LatencyRecorder recorder = new(new StallDetector(), sampleEvery);
        for (int frame = 0; frame < 640; frame++)
        {
            recorder.BeginFrame(Ticks(frame));
            recorder.Stamp(EngineStage.Decode);
            recorder.EndFrame();
            Assert.That(recorder.Raw(EngineStage.Decode).Count, Is.EqualTo((frame / sampleEvery) + 1), $"frame {frame}");
        }
        Assert.That(recorder.Raw(EngineStage.EndToEnd).Count, Is.EqualTo(expected));
    }

    [Test]
    public void A_frame_without_a_receive_time_was_received_when_it_began()
    {
        LatencyRecorder recorder = new(new StallDetector());
        recorder.BeginFrame(receivedTicks: 0);
        recorder.Stamp(EngineStage.Decode);
        recorder.EndFrame();
        Assert.That(recorder.Raw(EngineStage.EndToEnd).Max, Is.EqualTo(recorder.Raw(EngineStage.Decode).Max), "nothing lies before the first stage");
    }

    [Test]
    public void Reset_forgets_the_warm_up()
    {
        LatencyRecorder recorder = new(new StallDetector());
        Frame(recorder, receivedNs: 0, startNs: 0);
        recorder.Reset();
        foreach (EngineStage stage in Enum.GetValues<EngineStage>())
            Assert.That((recorder.Raw(stage).Count, recorder.StallFree(stage).Count), Is.EqualTo((0L, 0L)), $"{stage}");
    }

    [TestCase(0), TestCase(-64)]
    public void A_sampling_distance_below_one_is_refused(int sampleEvery) =>
        Assert.That(() => new LatencyRecorder(new StallDetector(), sampleEvery), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("1 records every frame"));

    [Test]
    public void Recording_a_frame_allocates_nothing()
    {
        LatencyRecorder recorder = new(new StallDetector());
        Frame(recorder, receivedNs: 0, startNs: 0);
        AllocationMeter meter = AllocationMeter.Start();
        for (int frame = 0; frame < 1_000; frame++)
            Frame(recorder, receivedNs: frame, startNs: frame);
        Assert.That(meter.Bytes, Is.Zero);
    }

    private static void Frame(LatencyRecorder recorder, long receivedNs, long startNs)
    {
        recorder.BeginFrame(Ticks(receivedNs), Ticks(startNs));
        recorder.Stamp(EngineStage.Decode, Ticks(startNs + 100));
        recorder.Stamp(EngineStage.Book, Ticks(startNs + 300));
        recorder.Stamp(EngineStage.Risk, Ticks(startNs + 350));
        recorder.EndFrame();
    }

    private static long Ticks(long ns) => StopwatchTicks.FromNs(ns);

    private static long Max(LatencyRecorder recorder, EngineStage stage) => recorder.Raw(stage).Max;
}
