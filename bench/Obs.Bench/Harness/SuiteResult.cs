using System.Collections.Generic;

namespace Obs.Bench.Harness;

/// <summary>What a suite gave.</summary>
/// <param name="Name">The suite.</param>
/// <param name="Title">Its title.</param>
/// <param name="Skipped">Why it could not run; null when it ran.</param>
/// <param name="Error">What it threw; null when it did not.</param>
/// <param name="Comparisons">Throughput and cost.</param>
/// <param name="Latencies">Tail latencies.</param>
internal sealed record SuiteResult(
    string Name, string Title, string? Skipped, string? Error,
    IReadOnlyList<ComparisonResult> Comparisons, IReadOnlyList<LatencyResult> Latencies);
