using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Obs.Cli.Output;
using Obs.Core.Journal;

namespace Obs.Cli.Runs;

/// <summary>Everybody who must still see records of a log before its segments may be deleted (DESIGN §7.5).</summary>
internal static class RetentionCursors
{
    private const int SequenceDigits = 20;

    /// <summary>The cursors of a folder. A journal also waits for its oldest snapshot, for its output log, and for the slowest cursor on that log: it can
    /// then be built anew for everyone who reads it.</summary>
    public static IReadOnlyList<CursorPosition> Of(string folder, LogFormat format)
    {
        List<CursorPosition> cursors = [.. CursorFile.ReadAll(folder)];
        if (format != LogFormat.Journal)
            return cursors;
        if (OldestSnapshot(Path.Combine(folder, "snapshots")) is { } snapshot)
            cursors.Add(new CursorPosition("the oldest snapshot", snapshot, IsParked: false));
        string outputs = OutputLogs.FolderOf(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        if (!OutputLogs.IsLog(outputs))
            return cursors;
        cursors.Add(new CursorPosition("the output log", JournalSequenceBefore(outputs, long.MaxValue), IsParked: false));
        foreach (CursorPosition cursor in CursorFile.ReadAll(outputs))
            cursors.Add(cursor with { Name = $"{cursor.Name} of the output log", Sequence = JournalSequenceBefore(outputs, cursor.Sequence + 1) });
        return cursors;
    }

    private static long? OldestSnapshot(string folder)
    {
        if (!Directory.Exists(folder))
            return null;
        long? oldest = null;
        foreach (string path in Directory.EnumerateFiles(folder, "*" + SnapshotStore.Extension))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            if (name.Length >= SequenceDigits && long.TryParse(name.AsSpan(name.Length - SequenceDigits), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
                oldest = Math.Min(oldest ?? sequence, sequence);
        }
        return oldest;
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
