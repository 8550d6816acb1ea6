using System;
using System.Collections.Generic;
using System.Diagnostics;
using Obs.Bench.Harness;
using Obs.Core.Diagnostics;

namespace Obs.Bench.Suites;

/// <summary>What measuring itself costs: recording a latency must not be what the latency shows.</summary>
internal sealed class DiagnosticsSuite : IBenchSuite
{
    private readonly LatencyHistogram _histogram = new();
    private readonly long[] _latenciesNs = new long[4096];
    private readonly SortedDictionary<long, long> _counts = [];

    /// <summary>Suite over a fixed set of latencies between 100 ns and 100 µs.</summary>
    public DiagnosticsSuite()
    {
        Random random = new(7);
        for (int index = 0; index < _latenciesNs.Length; index++)
            _latenciesNs[index] = (long)(100 * Math.Pow(1000, random.NextDouble()));
    }

    /// <inheritdoc/>
    public string Name => "diagnostics";

    /// <inheritdoc/>
    public string Title => "Latency recording";

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options)
    {
        long passes = options.Operations(5_000);
        long slowPasses = options.Operations(100);
        return
        [
            new Comparison("record a latency", BenchUnit.NanosecondsPerOperation, Limit: null, Aim: 2,
                new Contender("LatencyHistogram.Record", passes * _latenciesNs.Length, () => RecordAll(passes)),
                [new Contender("SortedDictionary counts", slowPasses * _latenciesNs.Length, () => CountAll(slowPasses))]),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<LatencyComparison> Latencies(BenchOptions options)
    {
        long reads = options.Operations(1_000_000);
        return [new LatencyComparison("two clock reads in a row", new LatencyTargets(), new LatencyContender("Stopwatch.GetTimestamp", sample => ReadClock(sample, reads)), [])];
    }

    private void RecordAll(long passes)
    {
        for (long pass = 0; pass < passes; pass++)
        {
            foreach (long latencyNs in _latenciesNs)
                _histogram.Record(latencyNs);
        }
    }

    private void CountAll(long passes)
    {
        for (long pass = 0; pass < passes; pass++)
        {
            foreach (long latencyNs in _latenciesNs)
                _counts[latencyNs] = _counts.GetValueOrDefault(latencyNs) + 1;
        }
    }

    private static void ReadClock(LatencySample sample, long reads)
    {
        long nsPerTick = 1_000_000_000 / Stopwatch.Frequency;
        long previous = Stopwatch.GetTimestamp();
        for (long read = 0; read < reads; read++)
        {
            long now = Stopwatch.GetTimestamp();
            sample.Raw.Record((now - previous) * nsPerTick);
            previous = now;
        }
    }
}
