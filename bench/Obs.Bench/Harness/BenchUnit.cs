namespace Obs.Bench.Harness;

/// <summary>How a comparison states its figures.</summary>
internal enum BenchUnit
{
    /// <summary>Wall time of a run divided by its operations; smaller is better.</summary>
    NanosecondsPerOperation,

    /// <summary>Operations of a run divided by its wall time, in 10^6 a second; larger is better.</summary>
    MillionsPerSecond,
}
