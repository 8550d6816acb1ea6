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
