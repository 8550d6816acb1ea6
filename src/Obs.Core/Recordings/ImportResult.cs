using System.Collections.Generic;

namespace Obs.Core.Recordings;

/// <summary>What an import did. Immutable.</summary>
internal sealed record ImportResult
{
    /// <summary>Data lines seen (rows of a binary format); headers and blank lines are none.</summary>
    public required long Lines { get; init; }

    /// <summary>Records given to the sink, without the configuration.</summary>
    public required long Records { get; init; }

    /// <summary>Lines that could not be used.</summary>
    public required long BadLines { get; init; }

    /// <summary>Frames stored although the validator refused them; not part of <see cref="BadLines"/>.</summary>
    public required long RefusedFrames { get; init; }

    /// <summary>Lines outside the asked time span.</summary>
    public required long OutsideSpan { get; init; }

    /// <summary>Lines that are well formed but nothing to import: rows of another side, rows before the first snapshot, unknown kinds.</summary>
    public required long Skipped { get; init; }

    /// <summary>Records whose receive time is before that of the record in front of them; kept as they came.</summary>
    public required long ClockSteps { get; init; }

    /// <summary>Where the clock first went back, <c>file:line</c>; null when it never did.</summary>
    public required string? FirstClockStep { get; init; }

    /// <summary>Receive time of the first record, ns; 0 without records.</summary>
    public required long FirstReceiveNs { get; init; }

    /// <summary>Receive time of the last record, ns; 0 without records.</summary>
    public required long LastReceiveNs { get; init; }

    /// <summary>Bad lines by reason.</summary>
    public required IReadOnlyDictionary<BadLineReason, long> Reasons { get; init; }

    /// <summary>What a reader of the result should know: assumptions made, evidence against them.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
