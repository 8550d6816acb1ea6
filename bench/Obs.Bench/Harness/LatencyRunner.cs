using System.Collections.Generic;
using System.Diagnostics;
using Obs.Core.Diagnostics;

namespace Obs.Bench.Harness;

/// <summary>Runs the rounds of latency contenders in turn and merges each contender's histograms.</summary>
internal sealed class LatencyRunner(BenchOptions options, BenchProgress progress)
{
    /// <summary>Warms up, measures and judges one latency comparison; ours first, raw before stall-free.</summary>
    public IReadOnlyList<LatencyResult> Run(string suite, LatencyComparison comparison)
    {
        LatencyContender[] contenders = [comparison.Ours, .. comparison.Baselines];
        LatencySample[] samples = new LatencySample[contenders.Length];
        for (int index = 0; index < contenders.Length; index++)
        {
            progress.Show($"{suite}: {comparison.Name}: warm-up of {contenders[index].Name}");
            WarmUp(contenders[index]);
            samples[index] = new LatencySample();
        }
        int rounds = options.Short ? 1 : comparison.Rounds;
        for (int round = 0; round < rounds; round++)
        {
            progress.Show($"{suite}: {comparison.Name}: round {round + 1} of {rounds}");
            for (int index = 0; index < contenders.Length; index++)
                contenders[index].Run(samples[index]);
        }
        List<LatencyResult> results = [];
        for (int index = 0; index < contenders.Length; index++)
            Add(results, comparison, contenders[index].Name, samples[index], isOurs: index == 0);
        return results;
    }

    private void Add(List<LatencyResult> results, LatencyComparison comparison, string name, LatencySample sample, bool isOurs)
    {
        bool hasStallFree = sample.StallFree.Count > 0;
        results.Add(Row(comparison, name, "raw", sample.Raw, judge: isOurs && !hasStallFree));
        if (hasStallFree)
            results.Add(Row(comparison, name, "stall-free", sample.StallFree, judge: isOurs));
    }

    private LatencyResult Row(LatencyComparison comparison, string name, string view, LatencyHistogram histogram, bool judge)
    {
        long p50Ns = histogram.ValueAtPercentile(50), p99Ns = histogram.ValueAtPercentile(99), p999Ns = histogram.ValueAtPercentile(99.9);
        string verdict = options.Short ? Verdict.Smoke : judge ? Verdict.Of(comparison.Targets, p50Ns, p99Ns, p999Ns) : string.Empty;
        return new LatencyResult(comparison.Name, name, view, histogram.Count, p50Ns, p99Ns, p999Ns, histogram.Max, verdict);
    }

    private void WarmUp(LatencyContender contender)
    {
        LatencySample discarded = new();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < options.WarmupMs)
            contender.Run(discarded);
    }
}
