using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace Obs.Bench.Harness;

/// <summary>Runs contenders in turn (ours, first baseline, second, ours, …), so that what disturbs the machine disturbs all of them.</summary>
internal sealed class ComparisonRunner(BenchOptions options, BenchProgress progress)
{
    /// <summary>Warms up, measures and judges one comparison.</summary>
    public ComparisonResult Run(string suite, Comparison comparison)
    {
        Contender[] contenders = [comparison.Ours, .. comparison.Baselines];
        double[][] figures = [.. contenders.Select(_ => new double[options.Runs])];
        double[] bytesPerOperation = [.. contenders.Select(static _ => double.MaxValue)];
        foreach (Contender contender in contenders)
        {
            progress.Show($"{suite}: {comparison.Name}: warm-up of {contender.Name}");
            WarmUp(contender);
        }
        for (int run = 0; run < options.Runs; run++)
        {
            progress.Show($"{suite}: {comparison.Name}: run {run + 1} of {options.Runs}");
            for (int index = 0; index < contenders.Length; index++)
            {
                (double seconds, long bytes) = Measure(contenders[index]);
                long operations = contenders[index].OperationsPerRun;
                figures[index][run] = Figure(comparison.Unit, seconds, operations);
                bytesPerOperation[index] = Math.Min(bytesPerOperation[index], bytes / (double)operations);
            }
        }
        return Judge(comparison, contenders, figures, bytesPerOperation);
    }

    private ComparisonResult Judge(Comparison comparison, Contender[] contenders, double[][] figures, double[] bytesPerOperation)
    {
        List<ContenderResult> results = [];
        for (int index = 0; index < contenders.Length; index++)
        {
            double[] own = figures[index];
            double times = Statistics.Median(own.Select((figure, run) => TimesBetter(comparison.Unit, figures[0][run], figure)));
            results.Add(new ContenderResult(contenders[index].Name, Statistics.Median(own), own.Min(), own.Max(), bytesPerOperation[index], times));
        }
        double? timesBetterThanFirst = results.Count > 1 ? results[1].OursIsTimesBetter : null;
        return new ComparisonResult(comparison.Name, comparison.Unit, options.Short ? Verdict.Smoke : Verdict.Of(comparison, results[0].Median, timesBetterThanFirst), results);
    }

    private static double Figure(BenchUnit unit, double seconds, long operations) =>
        unit == BenchUnit.NanosecondsPerOperation ? seconds * 1e9 / operations : operations / seconds / 1e6;

    private static double TimesBetter(BenchUnit unit, double ours, double other) =>
        unit == BenchUnit.NanosecondsPerOperation ? other / ours : ours / other;

    private void WarmUp(Contender contender)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            contender.Prepare?.Invoke();
            contender.Run();
        }
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < options.WarmupMs);
    }

    private static (double Seconds, long Bytes) Measure(Contender contender)
    {
        contender.Prepare?.Invoke();
        // The garbage of the previous contender is not this one's cost.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        contender.Run();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (Math.Max(seconds, 1e-9), GC.GetTotalAllocatedBytes(precise: true) - bytesBefore);
    }
}
