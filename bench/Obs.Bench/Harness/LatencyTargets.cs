namespace Obs.Bench.Harness;

/// <summary>Limits on percentiles of our contender, in nanoseconds; null where none is set.</summary>
/// <remarks>Judged on the stall-free histogram where the contender fills it, otherwise on the raw one.</remarks>
/// <param name="P50LimitNs">Median at most this.</param>
/// <param name="P99LimitNs">99th percentile at most this.</param>
/// <param name="P999LimitNs">99.9th percentile at most this.</param>
/// <param name="P50AimNs">The median we would like.</param>
internal sealed record LatencyTargets(
    double? P50LimitNs = null, double? P99LimitNs = null, double? P999LimitNs = null, double? P50AimNs = null);
