using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Diagnostics;

/// <summary>Knows when the machine, not the code, kept the engine waiting: gaps between two looks of a loop that had nothing else to do.</summary>
/// <remarks>The polling loop tells it the time at every idle look (<see cref="OnIdle"/>) and after every piece of work (<see cref="OnWorkDone"/>).
/// Only idle gaps count: a slow frame is the code's own fault and stays in the figures, unless the kernel says otherwise
/// (<see cref="StealReader"/>, then <see cref="Mark"/>). One thread; no allocation; an idle look costs about 1 ns beside the clock.
/// It keeps the latest <see cref="KeptStalls"/> stalls; times may be any monotonic nanoseconds, always the same ones.</remarks>
internal sealed class StallDetector
{
    /// <summary>Stalls that are remembered for <see cref="Overlaps"/>; older ones are only counted.</summary>
    public const int KeptStalls = 1024;

    private readonly long[] _fromNs = new long[KeptStalls];
    private readonly long[] _toNs = new long[KeptStalls];
    private readonly long _thresholdNs;
    private long _lastNs = long.MaxValue;
    private long _latestEndNs = long.MinValue;

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
            Mark(lastNs, nowNs);
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
