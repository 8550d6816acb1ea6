using System;
using System.Diagnostics;
using Obs.Bench.Harness;
using Obs.Core.Diagnostics;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Bench.Suites.Engine;

/// <summary>From the moment a frame is due to the moment the engine has finished with it and any order is at the paper venue: one thread, as in <c>fused</c>.</summary>
/// <remarks>Open loop: due times depend on the tape alone, so waiting behind an earlier frame counts. Between frames the loop does background model
/// work and looks at the clock, as the live loop does; its gaps mark stalls of the machine.</remarks>
internal sealed class FrameToOrder
{
    private readonly FrameTape _tape;
    private readonly Func<EngineRun> _newRun;
    private readonly int _begin;

    /// <summary>Frames of a tape through engines made by a function.</summary>
    /// <param name="tape">The frames.</param>
    /// <param name="newRun">Makes a fresh engine.</param>
    /// <param name="begin">First frame that is measured; those before fill the book and the windows.</param>
    public FrameToOrder(FrameTape tape, Func<EngineRun> newRun, int begin) => (_tape, _newRun, _begin) = (tape, newRun, begin);

    /// <summary>Measures at evenly spaced due times.</summary>
    public void AtShareOfCapacity(double share, int frames, bool isBooksOnly, LatencySample sample)
    {
        EngineRun run = Filled();
        int end = Math.Min(_tape.Count, _begin + frames);
        // what this machine can do right now: the same frames, one behind the other
        double gapNs = SecondsBackToBack(end) / (end - _begin) * 1e9 / share;
        long start = Stopwatch.GetTimestamp() + StopwatchTicks.FromNs(20_000);
        for (int index = _begin; index < end; index++)
            One(run, index, start + StopwatchTicks.FromNs((long)((index - _begin) * gapNs)), isBooksOnly, 0, sample);
    }

    /// <summary>Measures at the pace of the tape's own receive times.</summary>
    /// <param name="isBooksOnly">Only frames that changed the book.</param>
    /// <param name="rowNs">Taken off a book frame's latency for each of its level rows.</param>
    /// <param name="sample">Takes the latencies.</param>
    public void AtRecordedPace(bool isBooksOnly, int rowNs, LatencySample sample)
    {
        EngineRun run = Filled();
        long start = Stopwatch.GetTimestamp() + StopwatchTicks.FromNs(20_000);
        for (int index = _begin; index < _tape.Count; index++)
            One(run, index, start + StopwatchTicks.FromNs(_tape.ReceiveNs(index) - _tape.ReceiveNs(_begin)), isBooksOnly, rowNs, sample);
    }

    /// <summary>Book frames among those measured, for turning a share of capacity into book frames a second.</summary>
    public double SecondsBackToBack(int end)
    {
        EngineRun run = Filled();
        long start = Stopwatch.GetTimestamp();
        for (int index = _begin; index < end; index++)
            run.Loop.OnRecord(RecordKind.VenueFrame, _tape.Venue, _tape.ReceiveNs(index), _tape.Bytes(index));
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private EngineRun Filled()
    {
        EngineRun run = _newRun();
        run.Loop.Rehearse();
        for (int index = 0; index < _begin; index++)
            run.Loop.OnRecord(RecordKind.VenueFrame, _tape.Venue, _tape.ReceiveNs(index), _tape.Bytes(index));
        return run;
    }

    private void One(EngineRun run, int index, long dueTicks, bool isBooksOnly, int rowNs, LatencySample sample)
    {
        EngineCore engine = run.Engine;
        long now = Stopwatch.GetTimestamp();
        engine.Stalls.OnWorkDone(StopwatchTicks.ToNs(now));
        while (now < dueTicks)
        {
            run.Loop.RunIdleSlice(now);
            now = Stopwatch.GetTimestamp();
            engine.Stalls.OnIdle(StopwatchTicks.ToNs(now));
        }
        long booksBefore = engine.Counters.Books;
        run.Loop.OnRecord(RecordKind.VenueFrame, _tape.Venue, _tape.ReceiveNs(index), _tape.Bytes(index), dueTicks);
        now = Stopwatch.GetTimestamp();
        bool isBook = engine.Counters.Books != booksBefore;
        if (isBooksOnly && !isBook)
            return;
        long rowsNs = rowNs == 0 || !isBook ? 0 : (long)rowNs * RowsOf(run, index);
        long latencyNs = Math.Max(0, StopwatchTicks.ToNs(now - dueTicks) - rowsNs);
        sample.Raw.Record(latencyNs);
        if (!engine.Stalls.Overlaps(StopwatchTicks.ToNs(dueTicks), StopwatchTicks.ToNs(now)))
            sample.StallFree.Record(latencyNs);
    }

    // decoded again after the clock was read: the frame's own number of levels
    private int RowsOf(EngineRun run, int index)
    {
        MarketEvent e = default;
        run.Decoder.Decode(_tape.Venue, _tape.Bytes(index), ref e, out ReadOnlySpan<BookLevel> levels);
        return levels.Length;
    }
}
