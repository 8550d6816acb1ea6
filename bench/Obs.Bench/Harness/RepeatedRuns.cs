using System;
using System.Diagnostics;

namespace Obs.Bench.Harness;

/// <summary>Tells the machine's delays from the code's by doing the same frames several times: what the code needs it needs in every round, an interrupt hits one.</summary>
/// <remarks>For measurements, not for live use. A frame was delayed by the machine when it took more than <see cref="ThresholdNs"/> longer than in the fastest
/// round of the same work. A frame whose work can differ between rounds (a row that had to finish background work itself) never is: its time is
/// the code's own. The queue that a delay leaves behind counts until it has drained. Not for several threads; the methods allocate.</remarks>
internal sealed class RepeatedRuns
{
    /// <summary>Longest difference between rounds that caches and branch predictors are believed to make, ns; anything up to it stays in the figures.</summary>
    public const long ThresholdNs = 5_000;

    private readonly long[] _leastNs;

    /// <summary>Nothing seen yet.</summary>
    /// <param name="frames">Frames of every round.</param>
    public RepeatedRuns(int frames)
    {
        _leastNs = new long[frames];
        Array.Fill(_leastNs, long.MaxValue);
    }

    /// <summary>Takes the times of a round.</summary>
    /// <param name="round">One entry per frame.</param>
    public void Add(ReadOnlySpan<FrameTimes> round)
    {
        Debug.Assert(round.Length == _leastNs.Length, "every round has the same frames");
        for (int frame = 0; frame < round.Length; frame++)
        {
            if (!round[frame].HasOwnExtraWork)
                _leastNs[frame] = Math.Min(_leastNs[frame], round[frame].WorkNs);
        }
    }

    /// <summary>Marks the frames of a round that the machine delayed. Every round must have been added.</summary>
    public bool[] DelayedByMachine(ReadOnlySpan<FrameTimes> round)
    {
        Debug.Assert(round.Length == _leastNs.Length, "every round has the same frames");
        bool[] delayed = new bool[round.Length];
        for (int frame = 0; frame < round.Length; frame++)
        {
            ref readonly FrameTimes times = ref round[frame];
            bool isLonger = !times.HasOwnExtraWork && times.WorkNs - _leastNs[frame] > ThresholdNs;
            bool isBehind = frame > 0 && delayed[frame - 1] && !times.WasIdleBefore;
            delayed[frame] = times.IsInGap || isLonger || isBehind;
        }
        return delayed;
    }
}
