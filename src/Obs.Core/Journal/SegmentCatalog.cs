using System;
using System.Collections.Generic;
using System.IO;

namespace Obs.Core.Journal;

/// <summary>Lists the segment files of a folder in the order of their sequences.</summary>
internal static class SegmentCatalog
{
    /// <summary>All segments by first sequence; empty where the folder is missing.</summary>
    /// <exception cref="JournalException">The folder cannot be read.</exception>
    public static IReadOnlyList<SegmentFile> List(string directory, LogFormat format)
    {
        List<SegmentFile> found = [];
        try
        {
            if (!Directory.Exists(directory))
                return found;
            foreach (string path in Directory.EnumerateFiles(directory, "*" + format.Extension))
            {
                if (SegmentFileName.TryParse(path, format, out long firstSequence))
                    found.Add(new SegmentFile(path, firstSequence));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw JournalThrow.From(error, directory, "list the segments", 0);
        }
        found.Sort(static (left, right) => left.FirstSequence.CompareTo(right.FirstSequence));
        return found;
    }

    /// <summary>Like <see cref="List"/>, with the segments that a killed writer used and did not come to name: the next start names them, a reader must
    /// not miss them.</summary>
    /// <exception cref="JournalException">The folder cannot be read.</exception>
    public static IReadOnlyList<SegmentFile> ListWithUnnamed(string directory, LogFormat format)
    {
        // before the named ones: what gets its name in between is in both lists, and in none the other way round
        List<SegmentFile> unnamed = [];
        foreach (string path in Spares(directory, format))
        {
            using MappedSegment? map = OpenSpare(path, format, out long firstSequence);
            if (map is not null)
                unnamed.Add(new SegmentFile(path, firstSequence));
        }
        IReadOnlyList<SegmentFile> named = List(directory, format);
        if (named.Count == 0 || unnamed.Count == 0)
            return named;
        List<SegmentFile> all = [.. named, .. unnamed.FindAll(spare => spare.FirstSequence > named[^1].FirstSequence)];
        all.Sort(static (left, right) => left.FirstSequence.CompareTo(right.FirstSequence));
        return all;
    }

    /// <summary>Opens the segment that begins with a sequence and has no name yet; null where there is none.</summary>
    public static MappedSegment? TryOpenUnnamed(string directory, LogFormat format, long firstSequence)
    {
        foreach (string path in Spares(directory, format))
        {
            MappedSegment? map = OpenSpare(path, format, out long found);
            if (map is not null && found == firstSequence)
                return map;
            map?.Dispose();
        }
        return null;
    }

    private static string[] Spares(string directory, LogFormat format)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.GetFiles(directory, "*" + format.Extension + SegmentFileName.SpareExtension) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw JournalThrow.From(error, directory, "list the segments", 0);
        }
    }

    // one that cannot be opened was named or deleted since it was listed, or is no segment
    private static unsafe MappedSegment? OpenSpare(string path, LogFormat format, out long firstSequence)
    {
        firstSequence = 0;
        MappedSegment map;
        try
        {
            map = MappedSegment.OpenForReading(path);
        }
        catch (JournalException)
        {
            return null;
        }
        if (SegmentHeaderPage.TryRead(map.Start, map.LengthBytes, format, out SegmentHeader header, out _))
        {
            firstSequence = header.FirstSequence;
            return map;
        }
        map.Dispose();
        return null;
    }

    /// <summary>Index of the segment that holds a sequence, if any does: the last one that begins at or before it; −1 if all begin
    /// later.</summary>
    public static int IndexOf(IReadOnlyList<SegmentFile> segments, long sequence)
    {
        int low = 0, high = segments.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (segments[middle].FirstSequence <= sequence)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }
}
