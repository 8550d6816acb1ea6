using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Obs.Core.Journal;

/// <summary>Reads a log from front to back, in place: payloads lie in the mapping, nothing is copied or allocated per record. One
/// thread.</summary>
/// <remarks>Follows a live writer, of this process or another: what <see cref="TryRead"/> does not find now it may find later (with
/// <see cref="JournalReaderOptions.DurableOnly"/> a new segment shows once its header is on disk and it has its name). A payload is valid until
/// its segment is unmapped, at the earliest by the next <see cref="TryRead"/>; see <see cref="JournalReaderOptions.KeepMapped"/>.</remarks>
internal sealed unsafe class JournalReader : IDisposable
{
    private const int CacheLineBytes = 64;

    /// <summary>How far ahead of the reader lines are asked for: the way to the next record leads through this one's length, and the
    /// processor's own reading ahead ends with a page.</summary>
    private const int PrefetchBytes = 1_024;

    private readonly string _directory;
    private readonly JournalReaderOptions _options;
    private readonly bool _verifyChecksums;
    private readonly Queue<(MappedSegment Map, long LastSequence)> _kept = new();
    private byte* _at;
    private byte* _end;
    private long _nextSequence;
    private MappedSegment? _map;
    private SegmentHeader _header;
    private JournalProblem? _tailProblem;

    /// <summary>Opens a folder and goes to the record asked for. An empty or missing folder is a log whose writer has not begun.</summary>
    /// <exception cref="JournalException">The sequence is not kept (any more), a header is damaged, or a record on the way is.</exception>
    public JournalReader(string directory, JournalReaderOptions? options = null)
    {
        _directory = directory;
        _options = options ?? new JournalReaderOptions();
        _verifyChecksums = _options.VerifyChecksums;
        if (TryOpenFirst() && _options.FromSequence > 0)
            Skip(_options.FromSequence);
    }

    /// <summary>Sequence of the record that comes next.</summary>
    public long NextSequence => _nextSequence;

    /// <summary>The segment being read; empty before there is one.</summary>
    public string SegmentPath => _map?.Path ?? "";

    /// <summary>Where the next record stands in it.</summary>
    public long OffsetBytes => _map is null ? 0 : _at - _map.Start;

    /// <summary>Header of the segment being read; default before there is one.</summary>
    public SegmentHeader Header => _header;

    /// <summary>The writer's note in the segment being read.</summary>
    public string Note => _map is null ? "" : SegmentHeaderPage.Note(_map.Start);

    /// <summary>Why the last <see cref="TryRead"/> stopped, if not because nothing is written there: an unfinished tail, nothing of it
    /// acknowledged.</summary>
    public JournalProblem? TailProblem => _tailProblem;

    /// <summary>Reads the next record. About 30 ns for 300 bytes with its checksum.</summary>
    /// <param name="header">The record's header.</param>
    /// <param name="payload">Its payload, in place.</param>
    /// <returns>False if there is none (yet).</returns>
    /// <exception cref="JournalException">An acknowledged record is damaged or missing.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload)
    {
        unchecked
        {
            byte* at = _at;
            if (RecordInspection.Look(at, _end - at, _nextSequence, _verifyChecksums) != RecordState.Record)
                return TryReadFurther(out header, out payload);
            header = *(RecordHeader*)at;
            payload = new ReadOnlySpan<byte>(at + RecordHeader.SizeBytes, header.PayloadBytes);
            byte* next = at + RecordHeader.PaddedBytes(header.LengthBytes);
            Prefetch(at + PrefetchBytes, next + PrefetchBytes);
            _at = next;
            _nextSequence++;
            return true;
        }
    }

    /// <summary>Unmaps kept segments whose records are all at or before a sequence. Reader thread.</summary>
    public void ReleaseThrough(long sequence)
    {
        while (_kept.TryPeek(out (MappedSegment Map, long LastSequence) oldest) && oldest.LastSequence <= sequence)
            _kept.Dequeue().Map.Dispose();
    }

    /// <summary>Whether the log ends cleanly here. To be asked when <see cref="TryRead"/> said false and no writer is at work.</summary>
    /// <returns>The unfinished tail or the gap; null for a clean end.</returns>
    public JournalProblem? ExplainEnd()
    {
        if (_tailProblem is not null || _map is null)
            return _tailProblem;
        IReadOnlyList<SegmentFile> segments = SegmentCatalog.List(_directory, _options.Format);
        if (segments.Count == 0 || segments[^1].FirstSequence > _nextSequence)
            return ProblemHere("the segment that goes on here is missing", isAcknowledged: true);
        if (segments[^1].FirstSequence == _nextSequence && _header.FirstSequence != _nextSequence)
            return null;                                                    // a new segment appeared: read on
        long tailBytes = ZeroBytes.UsedPrefix(_at, _map.Start + _map.LengthBytes - _at);
        bool isEnded = RecordInspection.Look(_at, _map.Start + _map.LengthBytes - _at, _nextSequence,
            verifyChecksum: true) == RecordState.EndOfSegment;
        long expectedBytes = isEnded ? Math.Min(EndMarker.SizeBytes, tailBytes) : 0;
        return tailBytes > expectedBytes ? ProblemHere($"{tailBytes} bytes of an unfinished record", isAcknowledged: false) : null;
    }

    /// <summary>For whoever takes the end of the reading for the end of the log: refuses a log whose next segment is gone while later ones
    /// are there. To be asked when <see cref="TryRead"/> said false.</summary>
    /// <exception cref="JournalException">A segment is missing; the message says where.</exception>
    public void ExpectNoGap()
    {
        if (_tailProblem is null && ExplainEnd() is { IsAcknowledged: true } gap && !File.Exists(SegmentFileName.PathOf(_directory, _options.Format, _nextSequence)))
            JournalThrow.Damaged(gap);
    }

    /// <summary>Unmaps everything.</summary>
    public void Dispose()
    {
        _map?.Dispose();
        _map = null;
        _at = _end = null;
        ReleaseThrough(long.MaxValue);
    }

    /// <summary>Asks for the lines of later records. A hint: it reads nothing and cannot fault, not even behind the mapping.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(byte* from, byte* to)
    {
        if (!Sse.IsSupported)
            return;
        for (; from < to; from += CacheLineBytes)
            Sse.Prefetch0(from);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadFurther(out RecordHeader header, out ReadOnlySpan<byte> payload)
    {
        header = default;
        payload = default;
        while (_map is not null || TryOpenFirst())
        {
            _tailProblem = null;
            RecordState state = RecordInspection.Look(_at, _end - _at, _nextSequence, _verifyChecksums);
            bool canGoOn = state switch
            {
                RecordState.Record => true,
                RecordState.EndOfSegment => TryGoOn(),
                RecordState.Empty => StopAtEmpty(),
                _ => TryRemapGrown() || StopAtDamage(state),
            };
            if (!canGoOn)
                return false;
            if (state == RecordState.Record)
                return TryRead(out header, out payload);
        }
        return false;
    }

    /// <summary>Out of room: the file was shorter than it is now, more was acknowledged, or the next segment goes on.</summary>
    private bool TryGoOn()
    {
        byte* end = EndOfReadable();
        if (end > _end)
        {
            _end = end;
            return true;
        }
        bool isWhole = _end - _at >= EndMarker.SizeBytes || _at - _map!.Start == _header.SegmentBytes;
        if (!isWhole)
            return TryRemapGrown() || StopAtEmpty();
        string next = SegmentFileName.PathOf(_directory, _options.Format, _nextSequence);
        if (File.Exists(next))
            return Open(next);
        MappedSegment? unnamed = _options.DurableOnly ? null : SegmentCatalog.TryOpenUnnamed(_directory, _options.Format, _nextSequence);
        if (unnamed is not null)
            return Open(unnamed);
        // named between the two looks
        return File.Exists(next) && Open(next);
    }

    private bool StopAtEmpty()
    {
        if (OffsetBytes < Acknowledged())
            JournalThrow.Damaged(ProblemHere("the record is missing", isAcknowledged: true));
        return false;
    }

    private bool StopAtDamage(RecordState state)
    {
        JournalProblem problem = ProblemHere(RecordInspection.Describe(state), isAcknowledged: OffsetBytes < Acknowledged());
        if (problem.IsAcknowledged)
            JournalThrow.Damaged(problem);
        _tailProblem = problem;
        return false;
    }

    private JournalProblem ProblemHere(string description, bool isAcknowledged) =>
        new(SegmentPath, OffsetBytes, _nextSequence, description, isAcknowledged);

    private long Acknowledged() => AcknowledgedLength.TryRead(_map!.Start, out AcknowledgedBytes newest) ? newest.Bytes : long.MaxValue;

    private byte* EndOfReadable()
    {
        long bytes = Math.Min(_map!.LengthBytes, _header.SegmentBytes);
        if (_options.DurableOnly)
            bytes = Math.Min(bytes, Acknowledged());
        return _map.Start + (bytes & ~7L);
    }

    /// <summary>A trimmed file grows again when its log is opened for writing; a record may begin in the old mapping and end behind
    /// it.</summary>
    private bool TryRemapGrown()
    {
        if (_map!.LengthBytes >= _header.SegmentBytes || new FileInfo(SegmentPath).Length <= _map.LengthBytes)
            return false;
        long offset = OffsetBytes;
        _ = Open(SegmentPath);
        _at = _map.Start + offset;
        return true;
    }

    private bool TryOpenFirst()
    {
        IReadOnlyList<SegmentFile> segments = SegmentCatalog.List(_directory, _options.Format);
        if (segments.Count == 0)
        {
            _nextSequence = Math.Max(1, _options.FromSequence);
            return false;
        }
        int index = _options.FromSequence == 0 ? 0 : SegmentCatalog.IndexOf(segments, _options.FromSequence);
        if (index < 0)
            JournalThrow.SequenceMissing(_directory, _options.FromSequence, segments[0].FirstSequence, long.MaxValue);
        _nextSequence = segments[index].FirstSequence;
        return Open(segments[index].Path);
    }

    private bool Open(string path) => Open(MappedSegment.OpenForReading(path));

    private bool Open(MappedSegment map)
    {
        if (!SegmentHeaderPage.TryRead(map.Start, map.LengthBytes, _options.Format, out SegmentHeader header, out string problem))
        {
            map.Dispose();
            JournalThrow.Damaged(new JournalProblem(map.Path, 0, _nextSequence, problem, IsAcknowledged: true, Kind: JournalProblemKind.Header));
        }
        if (_map is not null)
            Leave(_map);
        _map = map;
        _header = header;
        _at = map.Start + SegmentHeaderPage.SizeBytes;
        _end = EndOfReadable();
        Debug.Assert(_at <= _end, "header ≤ readable");
        return true;
    }

    private void Leave(MappedSegment map)
    {
        if (_options.KeepMapped)
            _kept.Enqueue((map, _nextSequence - 1));
        else
            map.Dispose();
    }

    private void Skip(long toSequence)
    {
        while (_nextSequence < toSequence)
        {
            if (!TryRead(out _, out _))
                JournalThrow.SequenceMissing(_directory, toSequence, _header.FirstSequence, _nextSequence - 1);
        }
    }
}
