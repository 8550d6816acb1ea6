using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace Obs.Core.Journal;

/// <summary>Cuts a log behind its last whole record; what is cut is copied or moved to *.damaged files first, never deleted.</summary>
internal static unsafe class TailCut
{
    private const long CopyChunkBytes = 16L << 20;

    /// <summary>Sets everything behind the scan's end aside and leaves the log clean up to there, on disk.</summary>
    /// <returns>The files that keep what was cut.</returns>
    /// <exception cref="JournalException">The disk is full or failed; the log is as it was, or a part was only copied.</exception>
    public static IReadOnlyList<string> Apply(JournalScan scan, string directory)
    {
        List<string> setAside = [];
        for (int i = scan.Segments.Count - 1; i > scan.EndIndex; i--)
            setAside.Add(MoveAside(scan.Segments[i].Path));
        for (int i = 0; i <= scan.EndIndex; i++)
        {
            SegmentReport segment = scan.Segments[i];
            bool isEnd = i == scan.EndIndex;
            if (!segment.IsVerified || (!isEnd && segment.AcknowledgedBytes == segment.UsedBytes))
                continue;
            using MappedSegment map = MappedSegment.OpenForWriting(segment.Path, Math.Max(segment.FileBytes, segment.Header.SegmentBytes));
            Clean(map, isEnd && !scan.IsEndSealed ? scan.EndOffsetBytes : segment.UsedBytes, setAside);
        }
        if (setAside.Count > 0)
            DiskSync.Directory(directory);
        return setAside;
    }

    /// <summary>Renames a whole file out of the way.</summary>
    public static string MoveAside(string path)
    {
        string target = SegmentFileName.FreeDamagedPath(path);
        try
        {
            File.Move(path, target, overwrite: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw JournalThrow.From(error, path, "set a segment aside", 0);
        }
        return target;
    }

    /// <summary>Copies bytes to a new *.damaged file and waits until they are on disk.</summary>
    public static string CopyAside(string path, byte* start, long bytes)
    {
        string target = SegmentFileName.FreeDamagedPath(path);
        try
        {
            using FileStream copy = new(target, FileMode.CreateNew, FileAccess.Write);
            for (long done = 0; done < bytes; done += CopyChunkBytes)
                copy.Write(new ReadOnlySpan<byte>(start + done, (int)Math.Min(CopyChunkBytes, bytes - done)));
            copy.Flush(flushToDisk: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw JournalThrow.From(error, target, "copy damaged bytes aside", bytes);
        }
        return target;
    }

    /// <summary>Copies the bytes behind a position aside, zeroes them, and acknowledges exactly what is before.</summary>
    public static void Clean(MappedSegment map, long keepBytes, List<string> setAside)
    {
        Debug.Assert(keepBytes >= SegmentHeaderPage.SizeBytes && keepBytes <= map.LengthBytes, "header ≤ kept ≤ length");
        long used = ZeroBytes.UsedPrefix(map.Start + keepBytes, map.LengthBytes - keepBytes);
        try
        {
            if (used > 0)
            {
                string path = $"{map.Path}.at-{keepBytes}";
                setAside.Add(CopyAside(path, map.Start + keepBytes, used));
                ZeroBytes.Clear(map.Start + keepBytes, used);
            }
            map.Sync(0, map.LengthBytes);
            _ = AcknowledgedLength.TryRead(map.Start, out AcknowledgedBytes newest);
            AcknowledgedLength.Write(map.Start, keepBytes, newest.Generation + 1);
            AcknowledgedLength.Write(map.Start, keepBytes, newest.Generation + 2);
            map.Sync(0, SegmentHeaderPage.SizeBytes);
        }
        catch (IOException error)
        {
            throw JournalThrow.From(error, map.Path, "cut a damaged tail off", used);
        }
    }
}
