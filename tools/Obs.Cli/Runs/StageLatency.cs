namespace Obs.Cli.Runs;

/// <summary>Percentiles of one stage, ns.</summary>
internal readonly record struct StageLatency(string Stage, long Count, long P50, long P99, long P999, long Max);
