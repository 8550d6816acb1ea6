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
/// work and looks at the clock, as the live loop does; its gaps mark stalls of the machine, and every round is done several times
/// (<see cref="RepeatedRuns"/>). A frame's bytes are copied into a buffer in the 5 µs before it is due, as reading a socket does before the receive time is
/// taken.</remarks>
internal sealed class FrameToOrder
{
    private const long ArrivesBeforeNs = 5_000;
    private const int CacheLine = 64;

    private readonly FrameTape _tape;
    private readonly byte[] _received = GC.AllocateArray<byte>(1 << 20, pinned: true);
    private readonly Func<EngineRun> _newRun;
    private readonly int _begin;
    private int _read;

    /// <summary>Frames of a tape through engines made by a function.</summary>
    /// <param name="tape">The frames.</param>
    /// <param name="newRun">Makes a fresh engine.</param>
    /// <param name="begin">First frame that is measured; those before fill the book and the windows.</param>
    public FrameToOrder(FrameTape tape, Func<EngineRun> newRun, int begin)
    {
        (_tape, _newRun, _begin) = (tape, newRun, begin);
        (IsBook, Rows) = Kinds();
    }

    /// <summary>For each measured frame, whether it changes the book.</summary>
    public bool[] IsBook { get; }

    /// <summary>For each measured frame, its level rows.</summary>
    public int[] Rows { get; }

    /// <summary>Frames a second that this loop does right now when all are due at once, its clock readings included; of them <see cref="IsBook"/> are book frames.</summary>
    public double Capacity(int frames)
    {
        FrameTimes[] times = Run(frames, static _ => 0);
        return frames * 1e9 / (times[^1].EndNs - times[0].BeginNs);
    }

    /// <summary>Measures at evenly spaced due times.</summary>
    /// <param name="framesPerSecond">Their rate.</param>
    /// <param name="frames">How many.</param>
    public FrameTimes[] AtRate(double framesPerSecond, int frames) => Run(frames, index => (long)(index * 1e9 / framesPerSecond));

    /// <summary>Measures at the pace of the tape's own receive times.</summary>
    public FrameTimes[] AtRecordedPace(int frames) => Run(frames, index => _tape.ReceiveNs(_begin + index) - _tape.ReceiveNs(_begin), areTimersPassed: true);

    /// <summary>Frames after the first measured one that lie within a time of it, at the tape's own pace.</summary>
    public int FramesWithin(double seconds)
    {
        int frames = 0;
        while (_begin + frames < _tape.Count && _tape.ReceiveNs(_begin + frames) - _tape.ReceiveNs(_begin) <= seconds * 1e9)
            frames++;
        return frames;
    }

    private EngineRun Filled()
    {
        EngineRun run = _newRun();
        run.Loop.Rehearse();
        for (int index = 0; index < _begin; index++)
            Process(run, index, 0);
        return run;
    }

    private void Process(EngineRun run, int index, long dueTicks) =>
        run.Loop.OnRecord(RecordKind.VenueFrame, _tape.Venue, _tape.ReceiveNs(index), _tape.Bytes(index), dueTicks);

    private FrameTimes[] Run(int frames, Func<int, long> dueNs, bool areTimersPassed = false)
    {
        EngineRun run = Filled();
        long[] due = new long[frames];
        for (int index = 0; index < frames; index++)
            due[index] = dueNs(index);
        FrameTimes[] times = new FrameTimes[frames];
        using StealReader steal = new();
        run.Engine.Stalls.ReadRunDelayFrom(steal);
        GC.Collect();
        long startNs = NowNs() + 20_000;
        for (int index = 0; index < frames; index++)
            times[index] = One(run, _begin + index, startNs + due[index], areTimersPassed);
        return times;
    }

    private FrameTimes One(EngineRun run, int index, long dueNs, bool areTimersPassed)
    {
        EngineCore engine = run.Engine;
        ReadOnlySpan<byte> frame = default;
        long nowNs = NowNs();
        long lateBefore = LateRows(engine);
        bool isIdleBefore = nowNs < dueNs;
        engine.Stalls.OnWorkDone(nowNs);
        while (nowNs < dueNs)
        {
            if (frame.IsEmpty && dueNs - nowNs <= ArrivesBeforeNs)
                frame = Arrived(index);
            // due times at recorded pace are receive times moved in time
            if (areTimersPassed)
                run.Loop.PassDueTimer(nowNs - dueNs + _tape.ReceiveNs(index));
            run.Loop.RunIdleSlice(StopwatchTicks.FromNs(nowNs));
            nowNs = NowNs();
            engine.Stalls.OnIdle(nowNs);
        }
        long beginNs = nowNs;
        // behind another frame its reading counts
        if (frame.IsEmpty)
            frame = Arrived(index);
        run.Loop.OnRecord(RecordKind.VenueFrame, _tape.Venue, _tape.ReceiveNs(index), frame, StopwatchTicks.FromNs(dueNs));
        nowNs = NowNs();
        return new FrameTimes(dueNs, beginNs, nowNs, isIdleBefore, engine.Stalls.IsStalled(dueNs, beginNs, nowNs), LateRows(engine) != lateBefore);
    }

    // what decrypting a socket's bytes leaves behind: the frame in a buffer and in the core's caches when its receive time is taken. A copy alone does not:
    // above 2 KiB it is a string instruction whose target stays out of the first two caches (2.4 µs to read 3 KB again)
    private ReadOnlySpan<byte> Arrived(int index)
    {
        ReadOnlySpan<byte> bytes = _tape.Bytes(index);
        bytes.CopyTo(_received);
        for (int line = 0; line < bytes.Length; line += CacheLine)
            _read = unchecked(_read + _received[line]);
        return _received.AsSpan(0, bytes.Length);
    }

    private static long NowNs() => StopwatchTicks.ToNs(Stopwatch.GetTimestamp());

    private static long LateRows(EngineCore engine)
    {
        long rows = 0;
        for (int index = 0; index < engine.Markets.Count; index++)
            rows += engine.Markets[index].LateRows;
        return rows;
    }

    private (bool[] IsBook, int[] Rows) Kinds()
    {
        EngineRun run = Filled();
        bool[] isBook = new bool[_tape.Count - _begin];
        int[] rows = new int[isBook.Length];
        for (int index = 0; index < isBook.Length; index++)
        {
            long booksBefore = run.Engine.Counters.Books;
            Process(run, _begin + index, 0);
            isBook[index] = run.Engine.Counters.Books != booksBefore;
            MarketEvent e = default;
            run.Decoder.Decode(_tape.Venue, _tape.Bytes(_begin + index), ref e, out ReadOnlySpan<BookLevel> levels);
            rows[index] = isBook[index] ? levels.Length : 0;
        }
        return (isBook, rows);
    }
}
