using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace Obs.Core.Journal;

/// <summary>Reads a log without changing it and says where its whole records end and whether anything acknowledged is damaged
/// (docs/concepts/journal.md, Torn or damaged).</summary>
/// <remarks>Recovery, verifier and repair all act on this one judgement. Reads at the speed of the disk; a log that is being written may
/// show the
/// record in the making as an unfinished tail.</remarks>
internal sealed class JournalScan
{
    private readonly string _directory;
    private readonly LogFormat _format;
    private readonly List<SegmentReport> _segments = [];

    private JournalScan(string directory, LogFormat format) => (_directory, _format) = (directory, format);

    /// <summary>The segments by age; those behind a damaged header are missing.</summary>
    public IReadOnlyList<SegmentReport> Segments => _segments;

    /// <summary>What is wrong first; null if everything read is whole.</summary>
    public JournalProblem? Problem { get; private set; }

    /// <summary>Index of the segment in which the whole records end; −1 for an empty log.</summary>
    public int EndIndex { get; private set; } = -1;

    /// <summary>Where they end in it.</summary>
    public long EndOffsetBytes { get; private set; }

    /// <summary>Last whole record; 0 for an empty log.</summary>
    public long LastSequence { get; private set; }

    /// <summary>The last segment was closed by an end marker or is full.</summary>
    public bool IsEndSealed { get; private set; }

    /// <summary>First sequence; 1 for an empty log.</summary>
    public long FirstSequence => _segments.Count == 0 ? 1 : _segments[0].FirstSequence;

    /// <summary>Scans a folder.</summary>
    /// <param name="directory">The folder; a missing one counts as an empty log.</param>
    /// <param name="format">Which log.</param>
    /// <param name="depth">How much to read.</param>
    /// <param name="progress">Told the bytes read so far, after each segment.</param>
    /// <param name="evidence">The newest whole snapshot of the log: it must not end before it. Null where there is none.</param>
    /// <exception cref="JournalException">A file could not be read at all.</exception>
    public static JournalScan Run(string directory, LogFormat format, ScanDepth depth, IProgress<long>? progress = null, SnapshotEvidence? evidence = null)
    {
        JournalScan scan = new(directory, format);
        if (scan.ReadHeaders(SegmentCatalog.ListWithUnnamed(directory, format)) && scan.BeginsWhereItShould() && scan._segments.Count > 0)
        {
            int from = depth == ScanDepth.Everything ? 0 : scan.FirstDoubtful();
            if (scan.IsLinkedUpTo(from))
                scan.WalkRecords(from, progress);
        }
        scan.Compare(evidence);
        Debug.Assert(scan.Problem is not null || scan.EndIndex == scan._segments.Count - 1, "a whole log ends in its last segment");
        return scan;
    }

    private unsafe bool ReadHeaders(IReadOnlyList<SegmentFile> files)
    {
        for (int i = 0; i < files.Count; i++)
        {
            SegmentFile file = files[i];
            using MappedSegment map = Open(file.Path, file.FirstSequence);
            if (!SegmentHeaderPage.TryRead(map.Start, map.LengthBytes, _format, out SegmentHeader header, out string problem)
                || !Belongs(header, file, out problem))
            {
                Problem = new JournalProblem(file.Path, 0, file.FirstSequence, problem, IsAcknowledged: true, Kind: JournalProblemKind.Header);
                return false;
            }
            _ = AcknowledgedLength.TryRead(map.Start, out AcknowledgedBytes acknowledged);
            long lastSequence = i + 1 < files.Count ? files[i + 1].FirstSequence - 1 : file.FirstSequence - 1;
            _segments.Add(new SegmentReport(file.Path, header, file.FirstSequence, lastSequence, 0, map.LengthBytes, acknowledged.Bytes,
                IsVerified: false));
        }
        return true;
    }

    // a writer at work may have named it since it was listed
    private MappedSegment Open(string path, long firstSequence) =>
        MappedSegment.OpenForReading(File.Exists(path) ? path : SegmentFileName.PathOf(_directory, _format, firstSequence));

    private bool BeginsWhereItShould()
    {
        long prunedTo = LogBeginning.PrunedTo(_directory, _format);
        if (_segments.Count == 0 && prunedTo > 0)
        {
            Problem = new JournalProblem(_directory, 0, prunedTo + 1, "no segment is left", IsAcknowledged: true, JournalProblemKind.Beginning);
            return false;
        }
        if (_segments.Count == 0 || _segments[0].FirstSequence <= prunedTo + 1)
            return true;
        string description = $"it begins with sequence {_segments[0].FirstSequence}, and only records up to {prunedTo} were ever pruned";
        Problem = new JournalProblem(_segments[0].Path, 0, _segments[0].FirstSequence, description, IsAcknowledged: true, JournalProblemKind.Beginning);
        return false;
    }

    /// <summary>Segments whose records are not read must at least end where the next one begins: their end marker is bound to its sequence.</summary>
    private bool IsLinkedUpTo(int index)
    {
        for (int i = 0; i < index; i++)
        {
            if (EndsBefore(_segments[i], _segments[i + 1].FirstSequence))
                continue;
            // filled to its last byte it needs no marker; then only its records can tell
            long expected = WalkOne(i, _segments[i]);
            if (Problem is null && expected != _segments[i + 1].FirstSequence)
                Problem = Gap(_segments[i + 1], expected);
            if (Problem is not null)
                return false;
        }
        return true;
    }

    private unsafe bool EndsBefore(SegmentReport segment, long nextSequence)
    {
        long at = segment.AcknowledgedBytes - EndMarker.SizeBytes;
        if (at < SegmentHeaderPage.SizeBytes || segment.AcknowledgedBytes > segment.FileBytes)
            return false;
        using MappedSegment map = Open(segment.Path, segment.FirstSequence);
        return *(int*)(map.Start + at) == EndMarker.Length && EndMarker.IsValid(map.Start + at, nextSequence);
    }

    private static JournalProblem Gap(SegmentReport segment, long expected) => new(segment.Path, SegmentHeaderPage.SizeBytes, expected,
        $"it begins with sequence {segment.FirstSequence}, {expected} comes next; a segment is missing before it", IsAcknowledged: true);

    private void Compare(SnapshotEvidence? evidence)
    {
        if (evidence is null || evidence.Sequence <= LastSequence || Problem is { IsAcknowledged: true })
            return;
        string path = EndIndex < 0 ? _directory : _segments[EndIndex].Path;
        string description = $"the {_format.Name} ends with sequence {LastSequence}, and the snapshot {evidence.Path} was stored after {evidence.Sequence} was on disk";
        Problem = new JournalProblem(path, EndOffsetBytes, LastSequence + 1, description, IsAcknowledged: true, JournalProblemKind.End);
    }

    private bool Belongs(in SegmentHeader header, in SegmentFile file, out string problem)
    {
        problem = "";
        if (header.FirstSequence != file.FirstSequence)
            problem = $"its header says it begins with sequence {header.FirstSequence}; the file was renamed or copied over another";
        else if (_segments.Count > 0 && (header.LogId != _segments[0].Header.LogId || header.Flags != _segments[0].Header.Flags))
            problem = $"it belongs to another log (id {header.LogId}, flags {header.Flags}; expected {_segments[0].Header.LogId} and {_segments[0].Header.Flags})";
        return problem.Length == 0;
    }

    /// <summary>Segments before the newest with acknowledged records are acknowledged as a whole; a file shorter than promised is doubtful
    /// anyway.</summary>
    private int FirstDoubtful()
    {
        int newest = _segments.FindLastIndex(static segment => segment.HasAcknowledgedRecords);
        int shortened = _segments.FindIndex(static segment => segment.AcknowledgedBytes > segment.FileBytes);
        int first = Math.Max(newest, 0);
        return shortened >= 0 ? Math.Min(first, shortened) : first;
    }

    private void WalkRecords(int from, IProgress<long>? progress)
    {
        long expected = _segments[from].FirstSequence;
        long readBytes = 0;
        for (int i = from; i < _segments.Count && Problem is null; i++)
        {
            SegmentReport segment = _segments[i];
            if (segment.FirstSequence != expected)
            {
                Problem = Gap(segment, expected);
                return;
            }
            expected = WalkOne(i, segment);
            readBytes += _segments[i].UsedBytes;
            progress?.Report(readBytes);
        }
    }

    private unsafe long WalkOne(int index, SegmentReport segment)
    {
        using MappedSegment map = Open(segment.Path, segment.FirstSequence);
        SegmentWalk walk = SegmentWalk.Through(map, segment.Header.SegmentBytes, segment.FirstSequence);
        _segments[index] = segment with { LastSequence = walk.NextSequence - 1, UsedBytes = walk.UsedBytes, IsVerified = true };
        (EndIndex, EndOffsetBytes, LastSequence) = (index, walk.OffsetBytes, walk.NextSequence - 1);
        IsEndSealed = walk.State == RecordState.EndOfSegment;

        bool isLast = index == _segments.Count - 1;
        bool isMissingSome = walk.UsedBytes < segment.AcknowledgedBytes;
        bool isWhole = !isMissingSome && (walk.State == RecordState.EndOfSegment || (walk.State == RecordState.Empty && isLast));
        string description = RecordInspection.Describe(walk.State);
        if (isWhole)
        {
            long used = ZeroBytes.UsedPrefix(map.Start + walk.UsedBytes, map.LengthBytes - walk.UsedBytes);
            if (used == 0)
                return walk.NextSequence;
            description = $"{used} bytes of an unfinished record follow the last whole one";
        }
        bool isAcknowledged = isMissingSome || LaterIsAcknowledged(index);
        Problem = new JournalProblem(segment.Path, walk.OffsetBytes, walk.NextSequence, description, isAcknowledged);
        return walk.NextSequence;
    }

    private bool LaterIsAcknowledged(int index)
    {
        for (int i = index + 1; i < _segments.Count; i++)
        {
            if (_segments[i].HasAcknowledgedRecords)
                return true;
        }
        return false;
    }
}
