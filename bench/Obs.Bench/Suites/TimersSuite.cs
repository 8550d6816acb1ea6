using System;
using System.Collections.Generic;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Live;

namespace Obs.Bench.Suites;

/// <summary>How late the timer records of a live run are written, beside a timer of .NET; docs/benchmarks.md has the limit, p99 at most 5 ms.</summary>
internal sealed class TimersSuite : IBenchSuite
{
    private const double RoundSeconds = 10;

    /// <inheritdoc/>
    public string Name => "timers";

    /// <inheritdoc/>
    public string Title => "Live timers: time of a timer's record less the time it stands for, at 200 generated frames a second in real time";

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options) => [];

    /// <inheritdoc/>
    public IReadOnlyList<LatencyComparison> Latencies(BenchOptions options)
    {
        double seconds = options.Short ? 0.5 : RoundSeconds;
        LatencyContender plain = new("System.Threading.Timer, every 100 ms", sample => PlainTimer.Run(seconds, sample));
        return
        [
            Of("fused", isSplit: false, seconds, plain),
            Of($"split on {Environment.ProcessorCount} cores", isSplit: true, seconds, plain),
        ];
    }

    private static LatencyComparison Of(string layout, bool isSplit, double seconds, LatencyContender plain) =>
        new($"timers written late, {layout}", new LatencyTargets(P99LimitNs: 5_000_000), new LatencyContender($"obs, {layout}", sample => TimerRun.Run(isSplit, seconds, sample)), [plain]);
}
