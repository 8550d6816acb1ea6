using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace Obs.Core.Journal;

/// <summary>Group commit: one wait for the disk covers every record published before it began.</summary>
/// <remarks>durable ≤ published. Any thread may commit; one does at a time, the others find their records covered when they get in. The
/// device is
/// waited for once for the data; the acknowledged length is stored after it and gets its own wait from the flusher, off the path of whoever
/// waits.
/// After one failed wait nothing is known about the page cache any more, so the log stops for good (never retry fsync on the same
/// file).</remarks>
internal sealed class JournalCommitter
{
    private readonly SegmentPreparer _preparer;
    private readonly Lock _committing = new();
    private readonly Lock _listing = new();
    private readonly List<WritableSegment> _open = [];
    private readonly List<WritableSegment> _batch = [];
    private JournalException? _failure;
    private long _durableSequence;
    private long _commitCount;

    /// <summary>Starts with everything that recovery kept counted as durable: it was read back, and is synced again with the first
    /// commit.</summary>
    public JournalCommitter(SegmentPreparer preparer, long durableSequence)
    {
        _preparer = preparer;
        _durableSequence = durableSequence;
    }

    /// <summary>Last sequence that survives a power failure; never goes back.</summary>
    public long DurableSequence => Volatile.Read(ref _durableSequence);

    /// <summary>Commits that waited for the disk; how well groups form.</summary>
    public long CommitCount => Volatile.Read(ref _commitCount);

    /// <summary>Why the log stopped; null while it works.</summary>
    public JournalException? Failure => Volatile.Read(ref _failure);

    /// <summary>A new segment is about to receive records. Writer thread.</summary>
    public void Add(WritableSegment segment)
    {
        lock (_listing)
            _open.Add(segment);
    }

    /// <summary>Puts everything published so far on disk.</summary>
    /// <param name="writer">Tells the published sequence.</param>
    /// <param name="covering">Return at once if this sequence is durable already.</param>
    /// <returns>The durable sequence.</returns>
    /// <exception cref="JournalException">The disk failed, now or before.</exception>
    public long Commit(JournalWriter writer, long covering)
    {
        lock (_committing)
        {
            if (_failure is not null)
                JournalThrow.Stopped("The journal stopped after a failed write to disk; restart to recover. " + _failure.Message, _failure);
            if (covering <= _durableSequence)
                return _durableSequence;
            long published = writer.PublishedSequence;          // before the segments: their bytes are at least this new
            Debug.Assert(_durableSequence <= published, "durable ≤ published");
            if (published > _durableSequence)
                SyncOpenSegments();
            Volatile.Write(ref _durableSequence, Math.Max(published, _durableSequence));
            return _durableSequence;
        }
    }

    /// <summary>Waits until stored acknowledged lengths are on disk too, and touches the pages ahead of the writer.</summary>
    /// <remarks>Under the lock that retiring takes, so no segment is unmapped while it is touched.</remarks>
    public void Settle(long touchAheadBytes)
    {
        lock (_committing)
        {
            if (_failure is not null)
                return;
            CopyOpenSegments();
            foreach (WritableSegment segment in _batch)
            {
                Guarded(segment, static (_, one) => one.SettleHeader());
                long used = segment.PublishedBytes;
                if (!segment.IsSealed)
                    segment.Map.Touch(used, used + touchAheadBytes);
            }
        }
    }

    /// <summary>Unmaps what is left; the log is closed or abandoned.</summary>
    /// <param name="trimLast">Cut the last segment to its used length.</param>
    public void CloseSegments(bool trimLast)
    {
        lock (_committing)
        {
            CopyOpenSegments();
            foreach (WritableSegment segment in _batch)
            {
                bool isClean = _failure is null && segment.SyncedBytes == segment.PublishedBytes;
                long page = SegmentHeaderPage.SizeBytes;
                segment.Map.Close(trimLast && isClean ? (segment.PublishedBytes + page - 1) / page * page : null);
            }
            _open.Clear();
        }
    }

    private void SyncOpenSegments()
    {
        CopyOpenSegments();
        _commitCount++;
        foreach (WritableSegment segment in _batch)
            Guarded(segment, static (self, one) => self.SyncOne(one));
    }

    private void SyncOne(WritableSegment segment)
    {
        bool isSealed = segment.IsSealed;                       // before the length: sealed means the length is final
        _preparer.EnsureNamed(segment);
        segment.SyncTo(segment.PublishedBytes);
        if (!isSealed)
            return;
        segment.SettleHeader();                                 // before anything in the next segment is acknowledged
        lock (_listing)
            _ = _open.Remove(segment);
        _preparer.Retire(segment);
    }

    private void CopyOpenSegments()
    {
        _batch.Clear();
        lock (_listing)
            _batch.AddRange(_open);
    }

    private void Guarded(WritableSegment segment, Action<JournalCommitter, WritableSegment> act)
    {
        try
        {
            act(this, segment);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            JournalException failure = JournalThrow.From(error, segment.Map.Path, "put records on disk", 0);
            Volatile.Write(ref _failure, failure);
            throw failure;
        }
    }
}
