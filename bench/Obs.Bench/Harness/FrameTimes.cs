using Obs.Core.Diagnostics;

namespace Obs.Bench.Harness;

/// <summary>When a frame was due, when work on it began and when it ended, in ns of one monotonic clock.</summary>
/// <param name="DueNs">When it was received or due.</param>
/// <param name="BeginNs">When work on it began.</param>
/// <param name="EndNs">When work on it ended.</param>
/// <param name="WasIdleBefore">True when the loop had nothing to do before it: no queue stood in front of it.</param>
/// <param name="IsInGap">True when the idle loop saw a gap while it waited (<see cref="StallDetector"/>).</param>
/// <param name="HasOwnExtraWork">True when it did work that other rounds may have done elsewhere: its length proves nothing.</param>
internal readonly record struct FrameTimes(long DueNs, long BeginNs, long EndNs, bool WasIdleBefore, bool IsInGap, bool HasOwnExtraWork)
{
    /// <summary>Length of the work, ns.</summary>
    public long WorkNs => EndNs - BeginNs;

    /// <summary>From due to done, ns.</summary>
    public long LatencyNs => EndNs - DueNs;
}
