using System.Collections.Generic;

namespace Obs.Core.Journal;

/// <summary>What opening a log for writing found and did.</summary>
internal sealed record RecoveryReport
{
    /// <summary>First sequence kept; 1 for an empty log.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>Last sequence kept; 0 for an empty log.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Identity of the log; 0 for an empty one.</summary>
    public required long LogId { get; init; }

    /// <summary>The unfinished tail that was cut off; null if the end was clean.</summary>
    public JournalProblem? CutOff { get; init; }

    /// <summary>Files that keep what was cut off.</summary>
    public IReadOnlyList<string> SetAside { get; init; } = [];

    /// <summary>The segment to go on in, mapped for writing; null if a new one must begin. The writer owns it.</summary>
    internal MappedSegment? Active { get; init; }

    /// <summary>Where the next record goes in it.</summary>
    internal long ActiveBytes { get; init; }

    /// <summary>Its first sequence.</summary>
    internal long ActiveFirstSequence { get; init; }
}
