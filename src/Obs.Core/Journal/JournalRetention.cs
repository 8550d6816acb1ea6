using System;
using System.Collections.Generic;
using System.IO;

namespace Obs.Core.Journal;

/// <summary>Deletes whole segments that are older or more than wanted, never the newest one, never past the slowest cursor
/// (docs/concepts/journal.md, Keeping the disk free).</summary>
/// <remarks>May run beside the writer. A segment's age is that of its newest record, taken as the first receive time of the segment after
/// it.</remarks>
internal static class JournalRetention
{
    /// <summary>Applies limits to a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="format">Which log.</param>
    /// <param name="limits">What to keep.</param>
    /// <param name="nowNs">Engine time, nanoseconds since 1970.</param>
    /// <param name="cursors">Everybody who must see every record; the oldest snapshot to be kept counts as one. Parked ones hold nothing
    /// back.</param>
    /// <exception cref="JournalException">Limits that make no sense, or the folder cannot be changed.</exception>
    public static RetentionReport Apply(string directory, LogFormat format, RetentionLimits limits, long nowNs,
        IReadOnlyList<CursorPosition> cursors)
    {
        string problems = string.Join(Environment.NewLine, limits.Problems());
        if (problems.Length > 0)
            JournalThrow.Settings(problems);
        IReadOnlyList<SegmentFile> segments = SegmentCatalog.List(directory, format);
        // once: what another process deletes meanwhile counts as freed, not as still to be freed
        long[] lengths = new long[segments.Count];
        long totalBytes = 0;
        for (int i = 0; i < lengths.Length; i++)
            totalBytes += lengths[i] = LengthOf(segments[i]);

        CursorPosition? slowest = Slowest(cursors);
        List<string> deleted = [];
        long freedBytes = 0;
        CursorPosition? heldBy = null;
        int kept = 0;
        for (; kept < segments.Count - 1; kept++)
        {
            if (!IsBeyond(limits, segments[kept + 1], format, nowNs, totalBytes - freedBytes))
                break;
            if (slowest is CursorPosition cursor && cursor.Sequence < segments[kept + 1].FirstSequence - 1)
            {
                heldBy = cursor;
                break;
            }
            freedBytes += lengths[kept];
        }
        if (kept > 0)
        {
            // first the mark: a log that begins later than it says has lost something
            _ = LogBeginning.Store(directory, format, segments[kept].FirstSequence - 1);
            for (int i = 0; i < kept; i++)
            {
                Delete(segments[i].Path);
                deleted.Add(segments[i].Path);
            }
            DiskSync.Directory(directory);
        }
        return new RetentionReport(deleted, freedBytes, segments.Count == 0 ? 1 : segments[kept].FirstSequence, heldBy);
    }

    // another process may prune the same log: what it deleted takes no room
    private static long LengthOf(SegmentFile segment)
    {
        FileInfo file = new(segment.Path);
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private static bool IsBeyond(RetentionLimits limits, SegmentFile next, LogFormat format, long nowNs, long totalBytes)
    {
        if (totalBytes > limits.KeepBytes)
            return true;
        if (limits.KeepAge is not TimeSpan age)
            return false;
        return FirstReceiveNs(next, format) < nowNs - ((long)age.TotalMicroseconds * 1000);
    }

    private static unsafe long FirstReceiveNs(SegmentFile segment, LogFormat format)
    {
        using MappedSegment map = MappedSegment.OpenForReading(segment.Path);
        if (!SegmentHeaderPage.TryRead(map.Start, map.LengthBytes, format, out SegmentHeader header, out string problem))
            JournalThrow.Damaged(new JournalProblem(segment.Path, 0, segment.FirstSequence, problem, IsAcknowledged: true, Kind: JournalProblemKind.Header));
        return header.FirstReceiveNs;
    }

    private static CursorPosition? Slowest(IReadOnlyList<CursorPosition> cursors)
    {
        CursorPosition? slowest = null;
        foreach (CursorPosition cursor in cursors)
        {
            if (!cursor.IsParked && (slowest is null || cursor.Sequence < slowest.Value.Sequence))
                slowest = cursor;
        }
        return slowest;
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw JournalThrow.From(error, path, "delete an old segment", 0);
        }
    }
}
