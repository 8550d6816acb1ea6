using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;

namespace Obs.Core.Journal;

/// <summary>A background thread that makes segments ahead of the writer, names activated ones and unmaps those nobody reads any
/// more.</summary>
/// <remarks>So the writer's roll is a pointer swap: file creation, block allocation and page faults happen here. A spare is offered once
/// its first
/// pages are touched, the rest follows while the writer may already be at work. Named ⇒ header on disk: a named file with a blank header is
/// damage.</remarks>
internal sealed class SegmentPreparer : IDisposable
{
    private const long TouchChunkBytes = 4L << 20;
    private const int TurnsBetweenAttempts = 20;            // of 50 ms: a full disk is asked again each second
    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromMilliseconds(50);

    private readonly JournalOptions _options;
    private readonly Lock _gate = new();
    private readonly Queue<MappedSegment> _spares = new();
    private readonly List<WritableSegment> _unnamed = [];
    private readonly List<WritableSegment> _retired = [];
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private JournalException? _problem;
    private long _slowestReaderSequence = long.MaxValue;
    private long _spareNumber;
    private long _preparedCount;
    private int _turnsSinceProblem;
    private bool _isStopping;

    /// <summary>Starts the thread; the first spare is on its way.</summary>
    public SegmentPreparer(JournalOptions options)
    {
        _options = options;
        _thread = new Thread(Run) { IsBackground = true, Name = $"obs {options.Format.Name} segments" };
        _thread.Start();
    }

    /// <summary>Everything before this sequence may be unmapped once it is on disk; <see cref="long.MaxValue"/> if nobody reads in
    /// place.</summary>
    public long SlowestReaderSequence
    {
        get => Volatile.Read(ref _slowestReaderSequence);
        set => Volatile.Write(ref _slowestReaderSequence, value);
    }

    /// <summary>Why the last attempt to make a spare failed; null if it did not. A full disk shows here before the writer needs the
    /// room.</summary>
    public JournalException? Problem => Volatile.Read(ref _problem);

    /// <summary>Rolls that had to wait for a spare.</summary>
    public long WaitCount { get; private set; }

    /// <summary>Segments whose every page was touched so far, those in use included.</summary>
    public long PreparedCount => Volatile.Read(ref _preparedCount);

    /// <summary>Takes a spare, waiting until there is one. Writer thread only.</summary>
    /// <exception cref="JournalException">None could be made; the next call tries again.</exception>
    public MappedSegment Take()
    {
        MappedSegment? spare = TryTake();
        if (spare is not null)
            return spare;
        WaitCount++;
        Volatile.Write(ref _problem, null);
        _wake.Set();
        SpinWait spin = default;
        while ((spare = TryTake()) is null)
        {
            if (Volatile.Read(ref _problem) is JournalException problem)
                throw new JournalException(problem.Fault, problem.Message, problem.Path, problem);
            spin.SpinOnce();
        }
        return spare;
    }

    /// <summary>Asks for a name for a segment whose header was just written. Writer thread only.</summary>
    public void QueueNaming(WritableSegment segment)
    {
        lock (_gate)
            _unnamed.Add(segment);
        _wake.Set();
    }

    /// <summary>Puts the header on disk and gives the file its name, unless that was done already. Any thread but the writer's hot path;
    /// blocking.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public void EnsureNamed(WritableSegment segment)
    {
        if (segment.IsNamed)
            return;
        lock (segment)
        {
            if (segment.IsNamed)
                return;
            segment.Map.Sync(0, SegmentHeaderPage.SizeBytes);
            string path = SegmentFileName.PathOf(_options.Directory, _options.Format, segment.FirstSequence);
            File.Move(segment.Map.Path, path, overwrite: false);
            segment.Map.Path = path;
            DiskSync.Directory(_options.Directory);
            segment.IsNamed = true;
        }
    }

    /// <summary>Hands over a segment that is sealed and on disk; it is unmapped once the slowest reader has passed it.</summary>
    public void Retire(WritableSegment segment)
    {
        Debug.Assert(segment.IsSealed && segment.IsNamed, "only finished segments retire");
        lock (_gate)
            _retired.Add(segment);
    }

    /// <summary>Ends the thread, deletes spares and unmaps what retired.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _isStopping, true);
        _wake.Set();
        _thread.Join();
        while (TryTake() is MappedSegment spare)
        {
            spare.Dispose();
            File.Delete(spare.Path);
        }
        foreach (WritableSegment segment in _retired)
            segment.Map.Dispose();
        _retired.Clear();
        _wake.Dispose();
    }

    private MappedSegment? TryTake()
    {
        MappedSegment? spare;
        lock (_gate)
            _ = _spares.TryDequeue(out spare);
        if (spare is not null)
            _wake.Set();
        return spare;
    }

    private void Run()
    {
        while (!Volatile.Read(ref _isStopping))
        {
            NameActivated();
            UnmapRetired();
            bool isShort;
            lock (_gate)
                isShort = _spares.Count < _options.SparesAhead;
            if (!isShort || !TryPrepareOne())
                _ = _wake.WaitOne(HousekeepingInterval);
        }
    }

    private bool TryPrepareOne()
    {
        if (Problem is not null && ++_turnsSinceProblem % TurnsBetweenAttempts != 0)
            return false;                                   // the writer's next Take clears it and tries at once
        try
        {
            string name = (++_spareNumber).ToString(CultureInfo.InvariantCulture) + _options.Format.Extension + SegmentFileName.SpareExtension;
            MappedSegment spare = _options.CreateSegment(Path.Combine(_options.Directory, name), _options.SegmentBytes);
            spare.Touch(0, TouchChunkBytes);
            lock (_gate)
                _spares.Enqueue(spare);
            for (long at = TouchChunkBytes; at < spare.LengthBytes && !Volatile.Read(ref _isStopping); at += TouchChunkBytes)
            {
                spare.Touch(at, at + TouchChunkBytes);
                NameActivated();
            }
            Volatile.Write(ref _preparedCount, _preparedCount + 1);
            Volatile.Write(ref _problem, null);
            return true;
        }
        catch (JournalException problem)
        {
            Volatile.Write(ref _problem, problem);
            return false;
        }
    }

    private void NameActivated()
    {
        while (true)
        {
            WritableSegment segment;
            lock (_gate)
            {
                if (_unnamed.Count == 0)
                    return;
                segment = _unnamed[0];
                _unnamed.RemoveAt(0);
            }
            try
            {
                EnsureNamed(segment);
            }
            catch (IOException error)
            {
                // The committer meets the same error when it needs the name, and stops the log there; this only tells earlier.
                Volatile.Write(ref _problem, JournalThrow.From(error, segment.Map.Path, "name a segment", 0));
                return;
            }
        }
    }

    private void UnmapRetired()
    {
        lock (_gate)
        {
            for (int i = _retired.Count - 1; i >= 0; i--)
            {
                if (_retired[i].LastSequence >= SlowestReaderSequence)
                    continue;
                _retired[i].Map.Dispose();
                _retired.RemoveAt(i);
            }
        }
    }
}
