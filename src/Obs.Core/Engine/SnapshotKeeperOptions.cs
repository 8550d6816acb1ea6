using Obs.Core.Engine.Outputs;
using Obs.Core.Journal;

namespace Obs.Core.Engine;

/// <summary>When snapshots are taken, where they go and what the journal keeps beside them.</summary>
internal sealed record SnapshotKeeperOptions
{
    /// <summary>Where snapshots go.</summary>
    public required SnapshotStore Store { get; init; }

    /// <summary>Folder of the journal.</summary>
    public required string JournalFolder { get; init; }

    /// <summary>The run's output log, or null where none is written.</summary>
    public IOutputPosition? Outputs { get; init; }

    /// <summary>Records between snapshots; <see cref="long.MaxValue"/> for no such rule.</summary>
    public long EveryRecords { get; init; } = long.MaxValue;

    /// <summary>Engine time between snapshots, ns; <see cref="long.MaxValue"/> for no such rule. Default a minute: a busy minute is replayed in a tenth of a second.</summary>
    public long EveryNs { get; init; } = 60_000_000_000;

    /// <summary>What the journal and the output log keep; null keeps everything.</summary>
    public RetentionLimits? Retention { get; init; }
}
