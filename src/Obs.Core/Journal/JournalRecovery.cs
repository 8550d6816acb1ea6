using System;
using System.Collections.Generic;
using System.IO;

namespace Obs.Core.Journal;

/// <summary>Makes a log ready for its writer: finishes what a crash left half done, refuses where acknowledged data is damaged
/// (docs/concepts/journal.md, Torn or damaged).</summary>
/// <remarks>The caller holds the folder's lock.</remarks>
internal static class JournalRecovery
{
    /// <summary>Recovers the folder.</summary>
    /// <exception cref="JournalException">Acknowledged data is damaged (nothing was changed), the log is of the other sort, or the disk
    /// failed.</exception>
    public static RecoveryReport Run(JournalOptions options)
    {
        FinishSpares(options.Directory, options.Format);
        JournalScan scan = JournalScan.Run(options.Directory, options.Format, options.VerifyOnOpen, options.VerifyProgress, options.Evidence);
        if (scan.Problem is { IsAcknowledged: true } damage)
            JournalThrow.Damaged(damage);
        if (!options.IsRecording)
            LogBeginning.Ensure(options.Directory, options.Format);
        if (scan.EndIndex < 0)
            return new RecoveryReport { FirstSequence = 1, LastSequence = 0, LogId = 0 };

        SegmentHeader header = scan.Segments[scan.EndIndex].Header;
        if (header.IsRecording != options.IsRecording)
            JournalThrow.Settings(Mismatch(options, header));
        IReadOnlyList<string> setAside = TailCut.Apply(scan, options.Directory);
        SegmentReport end = scan.Segments[scan.EndIndex];
        return new RecoveryReport
        {
            FirstSequence = scan.FirstSequence,
            LastSequence = scan.LastSequence,
            LogId = header.LogId,
            CutOff = scan.Problem,
            SetAside = setAside,
            Active = scan.IsEndSealed ? null : MappedSegment.OpenForWriting(end.Path, header.SegmentBytes),
            ActiveBytes = scan.EndOffsetBytes,
            ActiveFirstSequence = end.FirstSequence,
        };
    }

    /// <summary>A spare with a written header was in use when the process ended: it gets its name. Others are empty and go.</summary>
    /// <returns>How many got their names.</returns>
    public static int FinishSpares(string directory, LogFormat format)
    {
        int named = 0;
        try
        {
            foreach (string path in Directory.GetFiles(directory, "*" + format.Extension + SegmentFileName.SpareExtension))
            {
                if (FirstSequenceOf(path, format) is long firstSequence)
                {
                    File.Move(path, SegmentFileName.PathOf(directory, format, firstSequence), overwrite: false);
                    named++;
                }
                else
                {
                    File.Delete(path);
                }
            }
            if (named > 0)
                DiskSync.Directory(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw JournalThrow.From(error, directory, "name segments left by a crash", 0);
        }
        return named;
    }

    private static unsafe long? FirstSequenceOf(string path, LogFormat format)
    {
        using MappedSegment map = MappedSegment.OpenForReading(path);
        return SegmentHeaderPage.TryRead(map.Start, map.LengthBytes, format, out SegmentHeader header, out _) ? header.FirstSequence : null;
    }

    private static string Mismatch(JournalOptions options, in SegmentHeader header) => header.IsRecording
        ? $"{options.Directory} was made by an import and holds no timers; live records would mix with it. Choose another folder."
        : $"{options.Directory} holds a live journal; an import must go to a folder of its own.";
}
