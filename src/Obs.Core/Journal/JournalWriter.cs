using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

namespace Obs.Core.Journal;

/// <summary>The one writer of a log: appends records to pre-touched mapped segments. One thread appends; any thread may commit and read the
/// counters.</summary>
/// <remarks>An append is a bounds check, a copy, a checksum and a release store: no allocation, no lock, no system call. A roll swaps in a
/// segment that
/// <see cref="SegmentPreparer"/> made ready. Published ≠ durable: see <see cref="DurableSequence"/>.</remarks>
internal sealed unsafe class JournalWriter : IDisposable
{
    private readonly JournalOptions _options;
    private readonly DirectoryLock _folder;
    private readonly SegmentPreparer _preparer;
    private readonly JournalCommitter _committer;
    private readonly JournalFlusher? _flusher;
    private readonly ulong _immediateKinds;
    private readonly byte[] _note;
    private byte* _at;
    private byte* _end;
    private byte* _last;
    private nint _reservedBytes;
    private int _reservedLength;
    private long _nextSequence;
    private long _logId;
    private WritableSegment? _active;
    private bool _isClosed;
    private PublishedCounter _published;

    private JournalWriter(JournalOptions options, DirectoryLock folder, RecoveryReport recovery)
    {
        _options = options;
        _folder = folder;
        Recovery = recovery;
        _note = Encoding.UTF8.GetBytes(options.Note);
        _logId = recovery.LogId;
        _nextSequence = recovery.LastSequence + 1;
        _published.Sequence = recovery.LastSequence;
        _immediateKinds = options.Durability.ImmediateKinds;
        _preparer = new SegmentPreparer(options);
        _committer = new JournalCommitter(_preparer, recovery.LastSequence);
        if (recovery.Active is MappedSegment map)
            Use(new WritableSegment(map, recovery.ActiveBytes, isNamed: true) { FirstSequence = recovery.ActiveFirstSequence });
        if (options.Durability.FlushInterval > TimeSpan.Zero)
            _flusher = new JournalFlusher(this, _committer, options.Durability.FlushInterval, options.Format.Name);
    }

    /// <summary>What was found, kept and cut off at opening.</summary>
    public RecoveryReport Recovery { get; }

    /// <summary>Sequence of the last record that readers may see; 0 for an empty log. Any thread.</summary>
    public long PublishedSequence => Volatile.Read(ref _published.Sequence);

    /// <summary>Sequence of the last record that survives a power failure. Any thread.</summary>
    public long DurableSequence => _committer.DurableSequence;

    /// <summary>Sequence the next record gets. Writer thread.</summary>
    public long NextSequence => _nextSequence;

    /// <summary>Why the log stopped taking records; null while it works. Any thread.</summary>
    public JournalException? Failure => _committer.Failure;

    /// <summary>Why no further segment could be prepared (disk full, most likely); null if all is well. Shows before the room is needed.
    /// Any thread.</summary>
    public JournalException? PreparationProblem => _preparer.Problem;

    /// <summary>Rolls that had to wait for their segment; 0 when the preparer keeps up.</summary>
    public long RollWaitCount => _preparer.WaitCount;

    /// <summary>Segments touched to their last page so far, those in use included; benchmarks wait for it. Any thread.</summary>
    public long PreparedSegmentCount => _preparer.PreparedCount;

    /// <summary>Waits for the disk so far.</summary>
    public long CommitCount => _committer.CommitCount;

    /// <summary>Payload of the last appended record, where it lies. Valid until its segment is unmapped: at the earliest after the next
    /// append.</summary>
    public ReadOnlySpan<byte> LastPayload => _last == null ? default : new(_last + RecordHeader.SizeBytes,
        ((RecordHeader*)_last)->PayloadBytes);

    /// <summary>Address of <see cref="LastPayload"/> for events that cross threads; hold <see cref="SlowestReaderSequence"/> back while it
    /// is used.</summary>
    public nint LastPayloadAddress => (nint)(_last + RecordHeader.SizeBytes);

    /// <summary>Last sequence that every in-place reader on another thread is done with; segments are unmapped only up to it.</summary>
    /// <remarks>Default <see cref="long.MaxValue"/>: only the writer's own thread reads in place. Any thread.</remarks>
    public long SlowestReaderSequence
    {
        get => _preparer.SlowestReaderSequence;
        set => _preparer.SlowestReaderSequence = value;
    }

    /// <summary>Takes the folder, recovers what is in it and makes ready to append.</summary>
    /// <exception cref="JournalException">Settings, lock, disk, or acknowledged data damaged; nothing was changed then.</exception>
    public static JournalWriter Open(JournalOptions options)
    {
        string problems = string.Join(Environment.NewLine, options.Problems());
        if (problems.Length > 0)
            JournalThrow.Settings(problems);
        DirectoryLock folder = DirectoryLock.Take(options.Directory);
        try
        {
            return new JournalWriter(options, folder, JournalRecovery.Run(options));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Appends a record and publishes it to readers. Writer thread; 40–60 ns for 300 bytes.</summary>
    /// <param name="kind">What it is; commands and live reports also wake the flusher.</param>
    /// <param name="source">The venue's number, 0 if none.</param>
    /// <param name="receiveNs">Receive time, nanoseconds since 1970.</param>
    /// <param name="payload">Copied; may be empty.</param>
    /// <returns>Its sequence: 1 more than the last.</returns>
    /// <exception cref="JournalException">Too large, no room for the next segment, or the log has stopped. Nothing was
    /// appended.</exception>
    public long Append(RecordKind kind, byte source, long receiveNs, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(Reserve(payload.Length, receiveNs));
        return Publish((byte)kind, source);
    }

    /// <summary>Like <see cref="Append(RecordKind, byte, long, ReadOnlySpan{byte})"/>; also tells where the bytes lie now.</summary>
    public long Append(RecordKind kind, byte source, long receiveNs, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> stored)
    {
        Span<byte> room = Reserve(payload.Length, receiveNs);
        payload.CopyTo(room);
        stored = room;
        return Publish((byte)kind, source);
    }

    /// <summary>Room for a payload inside the log, to be filled in place and then published. A reservation that is not published is dropped
    /// by the next.</summary>
    /// <exception cref="JournalException">Too large, no room for the next segment, or the log has stopped.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int payloadBytes, long receiveNs)
    {
        Debug.Assert(payloadBytes >= 0, "a payload has a length");
        unchecked
        {
            nint paddedBytes = (nint)RecordHeader.PaddedBytes(RecordHeader.SizeBytes + (long)payloadBytes);
            if (paddedBytes > _end - _at || _reservedBytes != 0 || _committer.Failure is not null)
                MakeRoom(payloadBytes, paddedBytes, receiveNs);
            _reservedBytes = paddedBytes;
            _reservedLength = RecordHeader.SizeBytes + payloadBytes;
            *(ulong*)(_at + paddedBytes - 8) = 0;
            *(long*)(_at + 16) = receiveNs;
            return new Span<byte>(_at + RecordHeader.SizeBytes, payloadBytes);
        }
    }

    /// <summary>Completes the reserved record and lets readers see it.</summary>
    /// <param name="kind">Number of the kind, not 0.</param>
    /// <param name="source">The venue's number, 0 if none.</param>
    /// <param name="flags">The caller's own bits.</param>
    /// <returns>Its sequence.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Publish(byte kind, byte source, ushort flags = 0)
    {
        Debug.Assert(_reservedBytes > 0, "reserve before you publish");
        Debug.Assert(kind != 0, "kind 0 means nothing was written");
        unchecked
        {
            byte* at = _at;
            long sequence = _nextSequence;
            *(long*)(at + 8) = sequence;
            *(ulong*)(at + 24) = kind | ((ulong)source << 8) | ((ulong)flags << 16);
            *(uint*)(at + 4) = Crc32C.OfRecord(at, _reservedLength, _reservedBytes);
            Volatile.Write(ref *(int*)at, _reservedLength);          // after everything else: who sees the length may read the record
            _last = at;
            _at = at + _reservedBytes;
            _reservedBytes = 0;
            _nextSequence = sequence + 1;
            _active!.PublishedBytes = _at - _active.Map.Start;
            Volatile.Write(ref _published.Sequence, sequence);       // after the bytes: a commit that reads it covers them
            if (((_immediateKinds >> kind) & 1) != 0 && kind < 64)
                _flusher?.Wake();
            return sequence;
        }
    }

    /// <summary>Puts everything published on disk and waits for it (0.2–0.4 ms on the reference machine). Any thread.</summary>
    /// <returns>The durable sequence.</returns>
    /// <exception cref="JournalException">The disk failed; the log takes no more records.</exception>
    public long Commit() => CommitCovering(long.MaxValue);

    /// <summary>Returns once a sequence is durable; many callers share one wait. Any thread but one that must not block.</summary>
    /// <exception cref="JournalException">The disk failed; the log takes no more records.</exception>
    public long CommitCovering(long sequence)
    {
        long durable = DurableSequence;
        if (sequence <= durable)
            return durable;
        durable = _committer.Commit(this, sequence);
        if (_flusher is null)
            _committer.Settle(touchAheadBytes: 0);
        return durable;
    }

    /// <summary>Commits, ends the background threads and lets the folder go.</summary>
    /// <exception cref="JournalException">The last commit failed; everything is released all the same.</exception>
    public void Dispose() => Close(isClean: true);

    /// <summary>Lets go without committing or naming anything, as a killed process would. For tests.</summary>
    internal void Abandon() => Close(isClean: false);

    private void Close(bool isClean)
    {
        if (_isClosed)
            return;
        _isClosed = true;
        if (isClean && _reservedBytes != 0)
            ZeroBytes.Clear(_at, _reservedBytes);
        _at = _end = _last = null;
        _flusher?.Dispose();
        try
        {
            if (isClean && _committer.Failure is null)
            {
                _ = _committer.Commit(this, long.MaxValue);
                _committer.Settle(touchAheadBytes: 0);
            }
        }
        finally
        {
            _preparer.Dispose();
            _committer.CloseSegments(isClean && _options.TrimOnClose);
            _folder.Dispose();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeRoom(int payloadBytes, nint paddedBytes, long receiveNs)
    {
        if (_isClosed)
            JournalThrow.Stopped("The journal's writer was closed; open it again to append.");
        if (_committer.Failure is JournalException failure)
            JournalThrow.Stopped("The journal stopped after a failed write to disk; restart to recover. " + failure.Message, failure);
        if (payloadBytes > _options.PayloadBytesMax)
            JournalThrow.RecordTooLarge(payloadBytes, _options.PayloadBytesMax);
        if (_reservedBytes != 0)
            ZeroBytes.Clear(_at, _reservedBytes);
        _reservedBytes = 0;
        if (paddedBytes > _end - _at)
            Roll(receiveNs);
        Debug.Assert(paddedBytes <= _end - _at, "a fresh segment takes any record within the limit");
    }

    private void Roll(long receiveNs)
    {
        MappedSegment spare = _preparer.Take();                      // first: if there is none, nothing has changed
        bool isFirst = _active is null;
        if (_active is not null)
            Seal(_active);
        if (_logId == 0)
            _logId = receiveNs == 0 ? 1 : receiveNs;
        SegmentHeaderPage.Write(spare.Start, new SegmentHeader
        {
            Stream = _options.Format.Stream,
            FirstSequence = _nextSequence,
            SegmentBytes = spare.LengthBytes,
            FirstReceiveNs = receiveNs,
            LogId = _logId,
            Flags = _options.IsRecording ? SegmentHeader.RecordingFlag : 0,
        }, _note);
        WritableSegment next = new(spare, SegmentHeaderPage.SizeBytes, isNamed: false) { FirstSequence = _nextSequence };
        Use(next);
        if (isFirst)
            NameNow(next);
        else
            _preparer.QueueNaming(next);
    }

    private void NameNow(WritableSegment segment)
    {
        try
        {
            _preparer.EnsureNamed(segment);
        }
        catch (System.IO.IOException error)
        {
            throw JournalThrow.From(error, segment.Map.Path, "name a segment", 0);
        }
    }

    private void Seal(WritableSegment segment)
    {
        Debug.Assert(segment.LastSequence == 0 && !segment.IsSealed, "a segment is sealed once");
        if (_end - _at >= EndMarker.SizeBytes)
        {
            EndMarker.Write(_at, _nextSequence);
            segment.PublishedBytes += EndMarker.SizeBytes;
        }
        segment.LastSequence = _nextSequence - 1;
        segment.IsSealed = true;
    }

    private void Use(WritableSegment segment)
    {
        _active = segment;
        _at = segment.Map.Start + segment.PublishedBytes;
        _end = segment.Map.Start + segment.Map.LengthBytes;
        _committer.Add(segment);
    }

    /// <summary>The published sequence, alone on its cache lines: readers poll it while the writer's other fields change.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct PublishedCounter
    {
        [FieldOffset(64)] public long Sequence;
    }
}
