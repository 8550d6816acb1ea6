using Obs.Cli.Runs;
using Obs.Core.Journal;

namespace Obs.Cli.Live;

/// <summary>What <c>obs up</c> was asked to do.</summary>
internal sealed record UpSettings
{
    /// <summary>Folder of journal, snapshots and run.json.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Market of the generated frames.</summary>
    public required string Market { get; init; }

    /// <summary>Seed of the market generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Generated frames per second.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>How often generated quotes give way by a tick, a second.</summary>
    public required double MovesPerSecond { get; init; }

    /// <summary>True when no fee was given: the demonstration then trades without one and says so.</summary>
    public required bool IsFeeLeftOut { get; init; }

    /// <summary>Stop after this long, s; 0 runs until Ctrl-C.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Records between snapshots; <see cref="long.MaxValue"/> for no such rule.</summary>
    public required long SnapshotEveryRecords { get; init; }

    /// <summary>Time between snapshots, ns; <see cref="long.MaxValue"/> for no such rule.</summary>
    public required long SnapshotEveryNs { get; init; }

    /// <summary>What the journal keeps; null keeps everything.</summary>
    public RetentionLimits? Retention { get; init; }

    /// <summary>Size of a new segment file, bytes; null for the default.</summary>
    public long? SegmentBytes { get; init; }

    /// <summary>Engine settings: model, strategy, fees, risk.</summary>
    public required RunSettings Run { get; init; }
}
