using Obs.Cli.Runs;

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

    /// <summary>Engine settings: model, strategy, fees, risk.</summary>
    public required RunSettings Run { get; init; }
}
