using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using Obs.Core.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>Takes snapshots while the engine runs: the engine's thread only copies its state into a buffer, another thread brings it to disk.</summary>
/// <remarks>A snapshot waits for a pause between frames, but not longer than a second. While one is still on its way to disk no other is taken.
/// After each one old snapshots go, and then the journal's segments that the limits and the oldest kept snapshot let go.</remarks>
internal sealed class SnapshotKeeper : IDisposable
{
    private const int Kept = 3;
    private const int BufferBytes = 8 << 20;
    private const long PatienceNs = 1_000_000_000;

    private readonly EngineCore _engine;
    private readonly InstrumentRegistry _registry;
    private readonly JournalWriter _journal;
    private readonly SnapshotKeeperOptions _options;
    private readonly SnapshotWriter _writer = new(BufferBytes);
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private long _lastSequence;
    private long _lastNs;
    private bool _isOnItsWay;
    private bool _isStopping;
    private JournalException? _problem;

    /// <summary>A keeper; its thread waits.</summary>
    public SnapshotKeeper(EngineCore engine, InstrumentRegistry registry, JournalWriter journal, SnapshotKeeperOptions options)
    {
        (_engine, _registry, _journal, _options) = (engine, registry, journal, options);
        (_lastSequence, _lastNs) = (engine.Sequence, engine.EngineNs);
        _thread = new Thread(Run) { IsBackground = true, Name = "obs snapshots" };
        _thread.Start();
    }

    /// <summary>How long the engine's thread stood still for a snapshot, ns.</summary>
    public LatencyHistogram PauseNs { get; } = new();

    /// <summary>Snapshots stored. Any thread.</summary>
    public long Stored { get; private set; }

    /// <summary>True while one is being written; what falls due meanwhile waits. Any thread.</summary>
    public bool IsStoring => Volatile.Read(ref _isOnItsWay);

    /// <summary>Bytes of the last snapshot. Any thread.</summary>
    public long LastBytes { get; private set; }

    /// <summary>Segments deleted because of the retention limits. Any thread.</summary>
    public long DeletedSegments { get; private set; }

    /// <summary>Why the newest attempt failed; null when it did not. The run goes on: a snapshot is a shortcut, the journal is the truth. Any thread.</summary>
    public JournalException? Problem => Volatile.Read(ref _problem);

    /// <summary>Takes a snapshot when one is due. Engine thread, between two records.</summary>
    /// <param name="isIdle">No record waits.</param>
    /// <param name="markets">Markets named by the records so far: where another thread decodes, the registry may hold later ones.</param>
    public void BetweenRecords(bool isIdle, int markets)
    {
        long overdueNs = unchecked(_engine.EngineNs - _lastNs - _options.EveryNs);
        bool isDue = _engine.Sequence - _lastSequence >= _options.EveryRecords || overdueNs >= (isIdle ? 0 : PatienceNs);
        if (!isDue || Volatile.Read(ref _isOnItsWay))
            return;
        // an empty engine has no time: its first record starts the clock
        if (_lastNs == 0)
            _lastNs = _engine.EngineNs;
        else
            Take(markets);
    }

    /// <summary>Takes one now and waits until it is on disk. The engine's thread must have ended.</summary>
    /// <exception cref="JournalException">It could not be stored.</exception>
    public void SaveNow()
    {
        while (Volatile.Read(ref _isOnItsWay))
            Thread.Yield();
        if (_engine.Sequence > 0)
        {
            Collect(_registry.Count);
            Store();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _isStopping, true);
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private void Take(int markets)
    {
        long start = Stopwatch.GetTimestamp();
        Collect(markets);
        Volatile.Write(ref _isOnItsWay, true);
        _wake.Set();
        PauseNs.Record(StopwatchTicks.ToNs(Stopwatch.GetTimestamp() - start));
    }

    private void Collect(int markets)
    {
        EngineSnapshot.Save(_engine, _registry, _writer, _options.Outputs?.Derived ?? EngineSnapshot.NoOutputs, markets);
        (_lastSequence, _lastNs) = (_engine.Sequence, _engine.EngineNs);
        Debug.Assert(_lastSequence <= _journal.PublishedSequence, "processed ≤ journaled");
    }

    private void Run()
    {
        while (true)
        {
            _wake.WaitOne();
            if (Volatile.Read(ref _isOnItsWay))
            {
                TryStore();
                Volatile.Write(ref _isOnItsWay, false);
            }
            if (Volatile.Read(ref _isStopping))
                return;
        }
    }

    private void TryStore()
    {
        try
        {
            Store();
            Volatile.Write(ref _problem, null);
        }
        catch (JournalException problem)
        {
            Volatile.Write(ref _problem, problem);
        }
    }

    // first the records it rests on: a snapshot beyond the journal's end would be useless after a power failure
    private void Store()
    {
        _journal.CommitCovering(_lastSequence);
        _options.Outputs?.Commit();
        _options.Store.Save(_writer, _lastSequence, _lastNs, EngineSnapshot.Schema);
        (LastBytes, Stored) = (_writer.LengthBytes, Stored + 1);
        _options.Store.Prune(Kept);
        if (_options.Retention is not { } limits || _options.Store.OldestSequence is not { } oldest)
            return;
        IReadOnlyList<CursorPosition> cursors = RetentionCursors.OfJournal(_options.JournalFolder, oldest, _options.Outputs?.Folder);
        RetentionReport report = JournalRetention.Apply(_options.JournalFolder, LogFormat.Journal, limits, _lastNs, cursors);
        DeletedSegments += report.Deleted.Count;
        if (_options.Outputs is not { } outputs)
            return;
        report = JournalRetention.Apply(outputs.Folder, LogFormat.Output, limits, _lastNs, CursorFile.ReadAll(outputs.Folder));
        DeletedSegments += report.Deleted.Count;
    }
}
