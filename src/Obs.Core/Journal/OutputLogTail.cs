using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;

namespace Obs.Core.Journal;

/// <summary>Cuts off what an output log holds beyond its journal: after a power failure the log's pages may have reached the disk before the
/// journal's.</summary>
/// <remarks>Those records belong to journal records that no longer exist. What is cut is kept in *.damaged files.</remarks>
internal static class OutputLogTail
{
    /// <summary>Cuts every record behind a journal sequence.</summary>
    /// <param name="directory">The output log's folder, which nobody writes to.</param>
    /// <param name="journalLast">Last record of the journal.</param>
    /// <returns>Files that keep what was cut; empty when nothing was.</returns>
    /// <exception cref="JournalException">Acknowledged records are damaged, or the disk failed.</exception>
    public static IReadOnlyList<string> CutBeyond(string directory, long journalLast)
    {
        if (!Directory.Exists(directory))
            return [];
        using DirectoryLock folder = DirectoryLock.Take(directory);
        _ = JournalRecovery.FinishSpares(directory, LogFormat.Output);
        IReadOnlyList<SegmentFile> segments = SegmentCatalog.List(directory, LogFormat.Output);
        List<string> setAside = [];
        for (int index = segments.Count - 1; index >= 0; index--)
        {
            if (FirstBeyond(directory, segments[index], journalLast) is not long offset)
                break;
            if (offset > SegmentHeaderPage.SizeBytes || index == 0)
            {
                Cut(segments[index].Path, offset, setAside);
                break;
            }
            setAside.Add(TailCut.MoveAside(segments[index].Path));
        }
        if (setAside.Count > 0)
            DiskSync.Directory(directory);
        return setAside;
    }

    /// <summary>Where the first record beyond the journal begins in a segment; null when none does.</summary>
    private static long? FirstBeyond(string directory, SegmentFile segment, long journalLast)
    {
        using JournalReader reader = new(directory, new JournalReaderOptions { Format = LogFormat.Output, FromSequence = segment.FirstSequence });
        while (true)
        {
            bool isHere = reader.SegmentPath == segment.Path;
            long offset = reader.OffsetBytes;
            if (!reader.TryRead(out RecordHeader header, out System.ReadOnlySpan<byte> payload))
                return null;
            if (!isHere || reader.SegmentPath != segment.Path)
                return null;
            if (payload.Length >= OutputLogWriter.PrefixBytes && BinaryPrimitives.ReadInt64LittleEndian(payload) > journalLast)
                return offset;
            _ = header;
        }
    }

    private static void Cut(string path, long keepBytes, List<string> setAside)
    {
        long bytes = new FileInfo(path).Length;
        using MappedSegment map = MappedSegment.OpenForWriting(path, bytes);
        TailCut.Clean(map, keepBytes, setAside);
    }
}
