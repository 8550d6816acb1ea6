namespace Obs.Bench.Harness;

/// <summary>One contender's latency distribution, in nanoseconds.</summary>
/// <param name="Comparison">The comparison it belongs to.</param>
/// <param name="Contender">The contender.</param>
/// <param name="View"><c>raw</c> or <c>stall-free</c>.</param>
/// <param name="Count">Latencies recorded.</param>
/// <param name="P50">Median.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="P999">99.9th percentile.</param>
/// <param name="Max">Largest.</param>
/// <param name="Verdict">Limits, each met or missed; empty for baselines and where none is set.</param>
internal sealed record LatencyResult(
    string Comparison, string Contender, string View, long Count, long P50, long P99, long P999, long Max, string Verdict);
