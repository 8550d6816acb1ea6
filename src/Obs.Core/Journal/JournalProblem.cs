namespace Obs.Core.Journal;

/// <summary>A place of a log that does not hold what it should.</summary>
/// <param name="Path">The segment file.</param>
/// <param name="OffsetBytes">From the file's start; 0 for its header.</param>
/// <param name="Sequence">The record that should stand there.</param>
/// <param name="Description">What is wrong.</param>
/// <param name="IsAcknowledged">Below the acknowledged length: data that was promised is gone. Otherwise a tail that a crash left.</param>
/// <param name="IsHeader">The segment's header page itself is damaged.</param>
internal sealed record JournalProblem(string Path, long OffsetBytes, long Sequence, string Description, bool IsAcknowledged,
    bool IsHeader = false)
{
    /// <summary>File, offset, sequence, what is wrong and what to do.</summary>
    public override string ToString() => IsAcknowledged
        ? $"{Path}: damaged at byte {OffsetBytes}, sequence {Sequence}: {Description}. These bytes were acknowledged, so nothing was changed. "
            + "Restore the file from a backup, or run `obs journal repair` to keep everything before this place (the rest is set aside, not deleted)."
        : $"{Path}: unfinished from byte {OffsetBytes}, sequence {Sequence}: {Description}. Nothing there was acknowledged; it is cut off when the log is opened for writing.";
}
