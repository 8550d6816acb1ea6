namespace Obs.Bench.Harness;

/// <summary>Latency distributions of ours and of what a user would pick instead, from interleaved rounds.</summary>
/// <remarks>The rounds of a contender are merged into one histogram; p50, p99, p99.9 and max are printed.</remarks>
/// <param name="Name">Unique in its suite.</param>
/// <param name="Targets">Limits for ours.</param>
/// <param name="Ours">Our contender.</param>
/// <param name="Baselines">The others.</param>
internal sealed record LatencyComparison(string Name, LatencyTargets Targets, LatencyContender Ours, LatencyContender[] Baselines)
{
    /// <summary>Measured rounds of each contender (1 in smoke runs). Default 3: rounds are long, and their records are merged.</summary>
    public int Rounds { get; init; } = 3;
}
