using System.Collections.Generic;
using Obs.Core.Engine;
using Obs.Core.Trading;

namespace Obs.Cli.Runs;

/// <summary>What one run gave.</summary>
internal sealed record RunResult
{
    /// <summary>Counters of the engine.</summary>
    public required EngineCounters Counters { get; init; }

    /// <summary>Last engine sequence.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Hash over all states passed.</summary>
    public required ulong StateHash { get; init; }

    /// <summary>One entry a market, in order of appearance.</summary>
    public required IReadOnlyList<MarketResult> Markets { get; init; }

    /// <summary>Stage latencies, raw.</summary>
    public required IReadOnlyList<StageLatency> Latency { get; init; }

    /// <summary>Stage latencies without intervals in which the machine stalled.</summary>
    public required IReadOnlyList<StageLatency> StallFreeLatency { get; init; }

    /// <summary>Refused orders by reason code.</summary>
    public required IReadOnlyDictionary<string, long> RejectsByReason { get; init; }

    /// <summary>Refused frames by reason.</summary>
    public required IReadOnlyDictionary<string, long> RejectedFramesByReason { get; init; }

    /// <summary>Bytes allocated by the engine's threads from first to last frame, divided by the frames.</summary>
    public double AllocatedBytesPerFrame { get; init; }

    /// <summary>Frames divided by the wall time of the timed pass.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Wall time of the timed pass, s.</summary>
    public double TimedSeconds { get; init; }

    /// <summary>Wall time of the cold pass, s; 0 without one.</summary>
    public double ColdSeconds { get; init; }

    /// <summary>Wall time of unpacking and importing, s.</summary>
    public double ImportSeconds { get; init; }

    /// <summary>True where a run without a frame is right: the whole journal of a live run that was stopped before its first, or a watched recording stopped so early.</summary>
    public bool IsBeforeFirstFrame { get; init; }

    /// <summary>Bad lines of the import.</summary>
    public long BadLines { get; init; }

    /// <summary>The settings at the end of the run, as they applied.</summary>
    public required RunSettings Settings { get; init; }

    /// <summary>Settings records of a live journal that were read; 0 where the command line alone decided.</summary>
    public int SettingsRecords { get; init; }

    /// <summary>Limits that applied.</summary>
    public required RiskOptions Risk { get; init; }

    /// <summary>File, line and reason of the first bad line or refused frame, or null when there is none or the run read a journal.</summary>
    public string? FirstFault { get; init; }

    /// <summary>Totals over the venue's executions (scripted runs), or null.</summary>
    public ExecutionTotals? Totals { get; init; }

    /// <summary>Things the reader of the result must know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
