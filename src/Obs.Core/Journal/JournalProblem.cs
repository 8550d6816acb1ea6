using System.IO;

namespace Obs.Core.Journal;

/// <summary>A place of a log that does not hold what it should.</summary>
/// <param name="Path">The segment file; the folder where no segment is left.</param>
/// <param name="OffsetBytes">From the file's start; 0 for its header.</param>
/// <param name="Sequence">The record that should stand there.</param>
/// <param name="Description">What is wrong.</param>
/// <param name="IsAcknowledged">Below the acknowledged length: data that was promised is gone. Otherwise a tail that a crash left.</param>
/// <param name="Kind">Which part of the log it is about.</param>
internal sealed record JournalProblem(string Path, long OffsetBytes, long Sequence, string Description, bool IsAcknowledged,
    JournalProblemKind Kind = JournalProblemKind.Records)
{
    /// <summary>The segment's header page itself is damaged.</summary>
    public bool IsHeader => Kind == JournalProblemKind.Header;

    private string Folder => Directory.Exists(Path) ? Path : System.IO.Path.GetDirectoryName(Path) ?? Path;

    /// <summary>File, offset, sequence, what is wrong and what to do.</summary>
    public override string ToString() => Kind switch
    {
        _ when !IsAcknowledged =>
            $"{Path}: unfinished from byte {OffsetBytes}, sequence {Sequence}: {Description}. Nothing there was acknowledged; it is cut off when the log is opened for writing.",
        JournalProblemKind.Beginning =>
            $"{Path}: records are missing before sequence {Sequence}: {Description}. They were acknowledged, so nothing was changed. "
            + $"Put the missing files back, or run `obs journal repair {Folder}` to let the log begin where it does now (nothing is deleted).",
        JournalProblemKind.End =>
            $"{Path}: records are missing from byte {OffsetBytes}, sequence {Sequence}, on: {Description}. They were acknowledged, so nothing was changed. "
            + $"Put the missing files back, or run `obs journal repair {Folder}` to go on from the last record that is left (the snapshots beyond it are set aside, not deleted).",
        _ =>
            $"{Path}: damaged at byte {OffsetBytes}, sequence {Sequence}: {Description}. These bytes were acknowledged, so nothing was changed. "
            + $"Restore the file from a backup, or run `obs journal repair {Folder}` to keep everything before this place (the rest is set aside, not deleted).",
    };
}
