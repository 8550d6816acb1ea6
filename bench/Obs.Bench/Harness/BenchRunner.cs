using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;

namespace Obs.Bench.Harness;

/// <summary>Runs suites one after the other; a suite that throws does not take the others with it.</summary>
internal sealed class BenchRunner(BenchOptions options)
{
    private readonly BenchProgress _progress = new();

    /// <summary>Runs the suites and collects what they gave.</summary>
    public BenchReport Run(IEnumerable<IBenchSuite> suites)
    {
        List<SuiteResult> results = [.. suites.Select(RunSuite)];
        _progress.End();
        return BenchReport.Of(options, results);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "the failure is reported in the result and in the exit code; the other suites must still run")]
    private SuiteResult RunSuite(IBenchSuite suite)
    {
        List<ComparisonResult> comparisons = [];
        List<LatencyResult> latencies = [];
        string? error = null;
        string? skipped = suite.Unavailable(options);
        try
        {
            if (skipped is null)
                Measure(suite, comparisons, latencies);
        }
        catch (Exception exception)
        {
            error = exception.ToString();
        }
        return new SuiteResult(suite.Name, suite.Title, skipped, error, comparisons, latencies);
    }

    private void Measure(IBenchSuite suite, List<ComparisonResult> comparisons, List<LatencyResult> latencies)
    {
        ComparisonRunner comparisonRunner = new(options, _progress);
        foreach (Comparison comparison in suite.Comparisons(options).Where(comparison => IsWanted(comparison.Name)))
        {
            ComparisonResult result = comparisonRunner.Run(suite.Name, comparison);
            comparisons.Add(result);
            foreach (ContenderResult contender in result.Contenders)
                _progress.Done(string.Create(CultureInfo.InvariantCulture, $"  {contender.Name}: median {contender.Median:#,0.##} (times {contender.OursIsTimesBetter:0.##}) {result.Verdict}"));
        }
        LatencyRunner latencyRunner = new(options, _progress);
        foreach (LatencyComparison comparison in suite.Latencies(options).Where(comparison => IsWanted(comparison.Name)))
        {
            foreach (LatencyResult result in latencyRunner.Run(suite.Name, comparison))
            {
                latencies.Add(result);
                _progress.Done(string.Create(CultureInfo.InvariantCulture,
                    $"  {result.Comparison}: {result.View} n {result.Count:#,0} p50 {result.P50:#,0} p99 {result.P99:#,0} p99.9 {result.P999:#,0} max {result.Max:#,0} {result.Verdict}"));
            }
        }
    }

    private bool IsWanted(string name) => options.Only is null || name.Contains(options.Only, StringComparison.OrdinalIgnoreCase);
}
