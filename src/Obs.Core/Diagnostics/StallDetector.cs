using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Diagnostics;

/// <summary>Knows when the machine, not the code, kept the engine waiting: gaps between two looks of a loop that had nothing else to do.</summary>
/// <remarks>The polling loop tells it the time at every idle look (<see cref="OnIdle"/>) and after every piece of work (<see cref="OnWorkDone"/>).
/// A slow frame is the code's own fault and stays in the figures, with two exceptions. The kernel says that the thread waited for a core for most of
/// it (<see cref="ReadRunDelayFrom"/>; asked only after work longer than the threshold, so a busy loop of our own is never excused: it waits for
/// nothing). Or the frame stood in the queue that a stall left behind: from a stalled frame on, every frame counts as stalled that was
/// due before the one in front of it was done. One thread; no allocation; an idle look costs a comparison beside the clock. It keeps
/// the latest <see cref="KeptStalls"/> stalls; times may be any monotonic nanoseconds, always the same ones.</remarks>
internal sealed class StallDetector
{
    /// <summary>Stalls that are remembered for <see cref="Overlaps"/>; older ones are only counted.</summary>
    public const int KeptStalls = 1024;

    private readonly long[] _fromNs = new long[KeptStalls];
    private readonly long[] _toNs = new long[KeptStalls];
    private readonly long _thresholdNs;
    private long _lastNs = long.MaxValue;
    private long _latestEndNs = long.MinValue;
    private StealReader? _runDelay;
    private long _runDelayNs;
    private long _lastEndNs = long.MinValue;
    private bool _isStalled;

    /// <summary>A detector.</summary>
    /// <param name="thresholdNs">Longest gap that is still normal, &gt; 0. The default of 10 µs is five background slices of 2 µs.</param>
    public StallDetector(long thresholdNs = 10_000)
    {
        if (thresholdNs <= 0)
            ThrowHelper.StallThresholdNotPositive(thresholdNs);
        _thresholdNs = thresholdNs;
    }

    /// <summary>Longest gap that is still normal, in ns.</summary>
    public long ThresholdNs => _thresholdNs;

    /// <summary>Stalls seen.</summary>
    public long Count { get; private set; }

    /// <summary>Their total length, in ns.</summary>
    public long StalledNs { get; private set; }

    /// <summary>The longest, in ns.</summary>
    public long LongestNs { get; private set; }

    /// <summary>The loop looked and there was nothing to do. A clock that goes back starts afresh.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnIdle(long nowNs)
    {
        long lastNs = _lastNs;
        _lastNs = nowNs;
        if (nowNs > lastNs && nowNs - lastNs > _thresholdNs)
            OnIdleGap(lastNs, nowNs);
    }

    /// <summary>From now on the kernel is asked whether long work waited for a core. Call it on the polling thread with a reader made there; it stays the caller's.</summary>
    public void ReadRunDelayFrom(StealReader reader) => _runDelay = reader.TryReadRunDelayNs(out _runDelayNs) ? reader : null;

    /// <summary>Work on a frame is done: whether the machine, not the code, delayed it. Call it once per frame, in their order.</summary>
    /// <param name="dueNs">When the frame was received or due.</param>
    /// <param name="beginNs">When work on it began.</param>
    /// <param name="endNs">When it ended.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsStalled(long dueNs, long beginNs, long endNs)
    {
        if (endNs - beginNs > _thresholdNs)
            OnLongWork(beginNs, endNs);
        bool isInQueue = dueNs < _lastEndNs;
        _lastEndNs = endNs;
        _isStalled = (_isStalled && isInQueue) || Overlaps(dueNs, endNs);
        return _isStalled;
    }

    /// <summary>The loop comes back from work: the time since the last look was used, not lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnWorkDone(long nowNs) => _lastNs = nowNs;

    /// <summary>Counts a stall known from elsewhere (steal time, a debugger, a suspended machine).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval ends before it begins.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Mark(long fromNs, long toNs)
    {
        if (toNs < fromNs)
            ThrowHelper.StallEndsBeforeItBegins(fromNs, toNs);
        int slot = (int)(Count % KeptStalls);
        _fromNs[slot] = fromNs;
        _toNs[slot] = toNs;
        Count++;
        StalledNs += toNs - fromNs;
        LongestNs = Math.Max(LongestNs, toNs - fromNs);
        _latestEndNs = Math.Max(_latestEndNs, toNs);
        Debug.Assert(LongestNs <= StalledNs, "one stall is longer than all of them");
    }

    /// <summary>Whether a remembered stall shares an instant with the interval. Answers at once when none ended at or after its begin.</summary>
    /// <param name="fromNs">Begin of the latency.</param>
    /// <param name="toNs">Its end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Overlaps(long fromNs, long toNs) => fromNs <= _latestEndNs && Search(fromNs, toNs);

    private void OnIdleGap(long fromNs, long toNs)
    {
        Mark(fromNs, toNs);
        // what was lost here is not lost again in the next long work
        _ = RunDelaySinceLastReading();
    }

    // the delay since the last reading is this work's: a shorter one of another frame or gap would have been read there
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OnLongWork(long beginNs, long endNs)
    {
        long workNs = endNs - beginNs;
        if (workNs - Math.Min(workNs, RunDelaySinceLastReading()) <= _thresholdNs)
            Mark(beginNs, endNs);
    }

    private long RunDelaySinceLastReading()
    {
        if (_runDelay is null || !_runDelay.TryReadRunDelayNs(out long nowNs))
            return 0;
        long sinceNs = nowNs - _runDelayNs;
        _runDelayNs = nowNs;
        return sinceNs;
    }

    private bool Search(long fromNs, long toNs)
    {
        Debug.Assert(fromNs <= toNs, "a latency ends before it begins");
        int kept = (int)Math.Min(Count, KeptStalls);
        for (int back = 1; back <= kept; back++)
        {
            int slot = (int)((Count - back) % KeptStalls);
            if (_fromNs[slot] <= toNs && fromNs <= _toNs[slot])
                return true;
        }
        return false;
    }
}
