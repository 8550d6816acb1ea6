using System;
using System.IO;

namespace Obs.Core.Journal;

/// <summary>Checks every byte of a log and changes none; `obs journal verify`.</summary>
internal static class JournalVerifier
{
    /// <summary>Verifies a folder. Takes no lock, so a log may be looked at while its writer works (its newest record may then show as
    /// unfinished).</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="format">Which log.</param>
    /// <param name="progress">Told the bytes read so far, after each segment.</param>
    /// <param name="evidence">The newest whole snapshot of the log, or null.</param>
    /// <exception cref="JournalException">The folder is missing or a file could not be read.</exception>
    public static VerifyReport Run(string directory, LogFormat format, IProgress<long>? progress = null, SnapshotEvidence? evidence = null)
    {
        if (!Directory.Exists(directory))
            JournalThrow.WrongContent(directory, $"There is no folder {directory}; give the folder that holds the {format.Extension} files.");
        JournalScan scan = JournalScan.Run(directory, format, ScanDepth.Everything, progress, evidence);
        long usedBytes = 0;
        foreach (SegmentReport segment in scan.Segments)
            usedBytes += segment.UsedBytes;
        bool isRecording = scan.Segments.Count > 0 && scan.Segments[0].Header.IsRecording;
        return new VerifyReport(VerdictOf(scan), scan.FirstSequence, scan.LastSequence, usedBytes, isRecording, NoteOf(scan),
            scan.Segments, scan.Problem);
    }

    /// <summary>The verdict on a scan.</summary>
    public static JournalVerdict VerdictOf(JournalScan scan) => scan.Problem switch
    {
        { IsAcknowledged: true } => JournalVerdict.Damaged,
        not null => JournalVerdict.UnfinishedTail,
        null => scan.Segments.Count == 0 ? JournalVerdict.Empty : JournalVerdict.Clean,
    };

    private static unsafe string NoteOf(JournalScan scan)
    {
        if (scan.Segments.Count == 0)
            return "";
        using MappedSegment map = MappedSegment.OpenForReading(scan.Segments[0].Path);
        return SegmentHeaderPage.Note(map.Start);
    }
}
