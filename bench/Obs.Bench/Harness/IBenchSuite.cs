using System.Collections.Generic;

namespace Obs.Bench.Harness;

/// <summary>A room's benchmarks. One file each in Suites, listed in <see cref="SuiteCatalog"/>.</summary>
internal interface IBenchSuite
{
    /// <summary>What is typed on the command line: lower case, no spaces.</summary>
    string Name { get; }

    /// <summary>One line for the reader of the tables.</summary>
    string Title { get; }

    /// <summary>Why this suite cannot run here (recordings absent, say), or null when it can.</summary>
    string? Unavailable(BenchOptions options) => null;

    /// <summary>Throughput and cost; called once a run, so expensive set-up belongs here or into <see cref="Contender.Prepare"/>.</summary>
    IReadOnlyList<Comparison> Comparisons(BenchOptions options);

    /// <summary>Tail latencies; none by default.</summary>
    IReadOnlyList<LatencyComparison> Latencies(BenchOptions options) => [];
}
