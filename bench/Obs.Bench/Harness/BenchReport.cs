using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Obs.Bench.Harness;

/// <summary>Everything one call measured, with what is needed to judge it later.</summary>
/// <param name="MeasuredAt">When, UTC.</param>
/// <param name="Machine">Cores, architecture and system.</param>
/// <param name="Runtime">The .NET it ran on.</param>
/// <param name="Runs">Measured runs of each contender.</param>
/// <param name="WarmupMs">Warm-up of each contender.</param>
/// <param name="Smoke">True when the figures mean nothing.</param>
/// <param name="Suites">The suites.</param>
internal sealed record BenchReport(
    DateTimeOffset MeasuredAt, string Machine, string Runtime, int Runs, int WarmupMs, bool Smoke, IReadOnlyList<SuiteResult> Suites)
{
    /// <summary>A report on this machine, now.</summary>
    public static BenchReport Of(BenchOptions options, IReadOnlyList<SuiteResult> suites) => new(
        TimeProvider.System.GetUtcNow(),
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.OSDescription}",
        RuntimeInformation.FrameworkDescription,
        options.Runs,
        options.WarmupMs,
        options.Short,
        suites);
}
