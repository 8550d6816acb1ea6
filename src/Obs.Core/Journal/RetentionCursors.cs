using System;
using System.Collections.Generic;

namespace Obs.Core.Journal;

/// <summary>Everybody who must still see records of a journal before its segments may be deleted.</summary>
internal static class RetentionCursors
{
    /// <summary>A journal waits for its own cursors, for its oldest snapshot, for its output log, and for the slowest cursor on that log: it can then be
    /// built anew for everyone who reads it. Reads the log's last segment, and the segments its cursors stand in.</summary>
    /// <param name="journalFolder">The journal.</param>
    /// <param name="oldestSnapshot">Sequence of the oldest snapshot that is kept, or null.</param>
    /// <param name="outputFolder">The output log, or null; a folder without one counts as none.</param>
    public static IReadOnlyList<CursorPosition> OfJournal(string journalFolder, long? oldestSnapshot, string? outputFolder)
    {
        List<CursorPosition> cursors = [.. CursorFile.ReadAll(journalFolder)];
        if (oldestSnapshot is { } snapshot)
            cursors.Add(new CursorPosition("oldest snapshot", snapshot, IsParked: false));
        if (outputFolder is null || SegmentCatalog.List(outputFolder, LogFormat.Output).Count == 0)
            return cursors;
        cursors.Add(new CursorPosition("output log", JournalSequenceBefore(outputFolder, long.MaxValue), IsParked: false));
        foreach (CursorPosition cursor in CursorFile.ReadAll(outputFolder))
            cursors.Add(cursor with { Name = $"{cursor.Name} of the output log", Sequence = JournalSequenceBefore(outputFolder, cursor.Sequence + 1) });
        return cursors;
    }

    // the last journal record that is not needed for the log's record at a sequence, or for what comes after its end
    private static long JournalSequenceBefore(string outputs, long sequence)
    {
        IReadOnlyList<SegmentFile> segments = SegmentCatalog.List(outputs, LogFormat.Output);
        int index = Math.Max(0, SegmentCatalog.IndexOf(segments, sequence));
        using OutputLogReader reader = new(outputs, segments[index].FirstSequence);
        long last = 0;
        while (reader.TryRead(out OutputRecord record))
        {
            if (record.Header.Sequence >= sequence)
                return record.JournalSequence - 1;
            last = record.JournalSequence;
        }
        return Math.Max(0, last - 1);
    }
}
