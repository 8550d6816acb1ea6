using Obs.Core.Diagnostics;

namespace Obs.Bench.Harness;

/// <summary>Where a latency contender records, in nanoseconds.</summary>
internal sealed class LatencySample
{
    /// <summary>Every latency as it was.</summary>
    public LatencyHistogram Raw { get; } = new();

    /// <summary>Only latencies during which the machine did not stall; left empty by contenders that cannot tell.</summary>
    public LatencyHistogram StallFree { get; } = new();
}
