using System;
using System.Collections.Generic;
using NUnit.Framework;
using Obs.Core.Diagnostics;

namespace Obs.Core.Tests.Diagnostics;

/// <summary>Random frames, stamps and stalls: the histograms hold what a list of all latencies holds.</summary>
internal sealed class LatencyRecorderModelTests
{
    [Test]
    public void Every_stage_counts_what_a_plain_list_counts([Range(1, 10)] int seed)
    {
        (LatencyRecorder recorder, List<long>[] raw, List<long>[] stallFree) = Play(seed, frames: 500);
        for (int stage = 0; stage < LatencyRecorder.StageCount; stage++)
        {
            string what = $"seed {seed}, {(EngineStage)stage}";
            AssertSame(recorder.Raw((EngineStage)stage), raw[stage], what);
            AssertSame(recorder.StallFree((EngineStage)stage), stallFree[stage], $"{what}, stall-free");
        }
    }

    [Test]
    public void The_random_frames_meet_stalls_and_miss_them([Range(1, 10)] int seed)
    {
        (_, List<long>[] raw, List<long>[] stallFree) = Play(seed, frames: 500);
        int all = raw[(int)EngineStage.EndToEnd].Count, free = stallFree[(int)EngineStage.EndToEnd].Count;
        Assert.That(free, Is.InRange(1, all - 1), "the comparison above proves nothing");
    }

    private static (LatencyRecorder Recorder, List<long>[] Raw, List<long>[] StallFree) Play(int seed, int frames)
    {
        Random random = new(seed);
        StallDetector stalls = new();
        LatencyRecorder recorder = new(stalls);
        List<long>[] raw = NewLists(), stallFree = NewLists();
        long nowNs = 1_000;
        for (int frame = 0; frame < frames; frame++)
        {
            long receivedNs = nowNs;
            bool isStalled = random.Next(10) == 0;
            nowNs += random.Next(1, 5_000);
            if (isStalled)
                stalls.Mark(receivedNs, nowNs);
            recorder.BeginFrame(StopwatchTicks.FromNs(receivedNs), StopwatchTicks.FromNs(nowNs));
            for (int stage = 0; stage < (int)EngineStage.EndToEnd; stage++)
            {
                if (random.Next(4) == 0)
                    continue;
                long elapsedNs = random.Next(0, 100_000);
                nowNs += elapsedNs;
                recorder.Stamp((EngineStage)stage, StopwatchTicks.FromNs(nowNs));
                Note(raw, stallFree, stage, elapsedNs, isStalled);
            }
            recorder.EndFrame();
            Note(raw, stallFree, (int)EngineStage.EndToEnd, nowNs - receivedNs, isStalled);
            nowNs += random.Next(1, 1_000);
        }
        return (recorder, raw, stallFree);
    }

    private static void Note(List<long>[] raw, List<long>[] stallFree, int stage, long latencyNs, bool isStalled)
    {
        raw[stage].Add(latencyNs);
        if (!isStalled)
            stallFree[stage].Add(latencyNs);
    }

    private static void AssertSame(LatencyHistogram histogram, List<long> latencies, string what)
    {
        latencies.Sort();
        Assert.That((histogram.Count, histogram.Min, histogram.Max), Is.EqualTo(((long)latencies.Count, latencies[0], latencies[^1])), what);
        long median = latencies[((latencies.Count + 1) / 2) - 1];
        Assert.That(histogram.ValueAtPercentile(50), Is.InRange(median, median * 1.001), what);
    }

    private static List<long>[] NewLists()
    {
        List<long>[] lists = new List<long>[LatencyRecorder.StageCount];
        for (int stage = 0; stage < lists.Length; stage++)
            lists[stage] = [];
        return lists;
    }
}
