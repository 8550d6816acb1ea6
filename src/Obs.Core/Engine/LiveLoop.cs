using System;
using System.Diagnostics;
using System.Threading;
using Obs.Core.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>The engine live: takes records from the intake, journals them, then processes them where they lie; keeps timers; does background work when idle.</summary>
/// <remarks>This thread is the journal's one writer (DESIGN §7.1). What it does to the engine is exactly what a replay of the journal does.</remarks>
internal sealed class LiveLoop
{
    private const int IdleSpins = 200;

    private readonly EngineCore _engine;
    private readonly JournalWriter _journal;
    private readonly Intake _intake;
    private readonly StatusBoard _board;
    private readonly Func<long> _nowNs;
    private readonly RecordLoop _records;
    private readonly CommandLane? _commands;
    private readonly SnapshotKeeper? _snapshots;

    /// <summary>A loop, not yet running.</summary>
    /// <param name="engine">The engine, as recovered from the journal.</param>
    /// <param name="decoder">Decoders with the engine's registry.</param>
    /// <param name="journal">The journal, at the record after the engine's last.</param>
    /// <param name="intake">Where records come from.</param>
    /// <param name="board">Where the status goes.</param>
    /// <param name="nowNs">The wall clock, ns since 1970 UTC, never going back: the same that stamps the records offered.</param>
    /// <param name="commands">Where commands come from, or null.</param>
    /// <param name="snapshots">Takes snapshots while the loop runs, or null.</param>
    public LiveLoop(
        EngineCore engine, RecordDecoder decoder, JournalWriter journal, Intake intake, StatusBoard board, Func<long> nowNs,
        CommandLane? commands = null, SnapshotKeeper? snapshots = null)
    {
        _commands = commands;
        _snapshots = snapshots;
        commands?.SetGate(engine.IsKilled);
        _engine = engine;
        _journal = journal;
        _intake = intake;
        _board = board;
        _nowNs = nowNs;
        _records = new RecordLoop(engine, decoder, insertTimers: true, JournalTimer);
        _records.Rehearse();
    }

    /// <summary>Puts the record in front with which a live span begins: configuration of a new journal, or "live again" after a recovery. Timers begin with it.</summary>
    public void Begin(RecordKind kind, long nowNs, ReadOnlySpan<byte> payload)
    {
        _records.Restart(nowNs);
        _journal.Append(kind, 0, nowNs, payload);
        _records.OnRecord(kind, VenueId.None, nowNs, payload);
    }

    /// <summary>How late timers were appended, ns after the time they stand for. Engine thread; other threads may read a value that is a little old.</summary>
    public LatencyHistogram TimerLateness { get; } = new();

    /// <summary>The same without timers that fell due while the machine kept this thread waiting.</summary>
    public LatencyHistogram StallFreeTimerLateness { get; } = new();

    /// <summary>Runs until cancelled, then drains the intake and returns.</summary>
    /// <exception cref="JournalException">The journal cannot take records any more (disk full, write error).</exception>
    public void Run(CancellationToken stop)
    {
        int idle = 0;
        while (true)
        {
            if (_commands is not null && _commands.TryTake(out PendingCommand? command))
            {
                Obey(command);
                continue;
            }
            if (_intake.TryTake(out long slot))
            {
                Process(slot);
                _snapshots?.BetweenRecords(isIdle: false);
                idle = 0;
                continue;
            }
            if (stop.IsCancellationRequested)
                return;
            idle = Idle(idle);
        }
    }

    private int Idle(int idle)
    {
        long nowNs = _nowNs();
        _engine.Stalls.OnIdle(StopwatchTicks.ToNs(Stopwatch.GetTimestamp()));
        _snapshots?.BetweenRecords(isIdle: true);
        if (_records.PassDueTimer(nowNs))
        {
            _engine.WriteStatus(_board);
            return 0;
        }
        if (_engine.RunBackgroundSlice())
            return 0;
        // no reason to stay awake longer: it does not count as work
        _records.RunIdleSlice(Stopwatch.GetTimestamp());
        // spinning keeps the latency low between bursts; a market that stays quiet gives its core back
        if (idle < IdleSpins)
        {
            Thread.SpinWait(20);
            return idle + 1;
        }
        Thread.Yield();
        return idle;
    }

    private void Process(long sequence)
    {
        ref IntakeSlot slot = ref _intake[sequence];
        // timers due before this record come first, in the journal as in the engine
        _records.PassTimers(slot.ReceiveNs);
        _journal.Append(slot.Kind, (byte)slot.Venue, slot.ReceiveNs, Intake.BytesOf(ref slot), out ReadOnlySpan<byte> stored);
        _records.OnRecord(slot.Kind, slot.Venue, slot.ReceiveNs, stored, slot.ReceivedTicks);
        Debug.Assert(_engine.Sequence == _journal.PublishedSequence, "engine and journal count the same records");
        _intake.Release(sequence);
        _engine.Stalls.OnWorkDone(StopwatchTicks.ToNs(Stopwatch.GetTimestamp()));
    }

    // a command takes its place before whatever waits in the ring; its answer may go out once its record is durable
    private void Obey(PendingCommand pending)
    {
        long nowNs = _nowNs();
        _records.PassTimers(nowNs);
        Span<byte> payload = stackalloc byte[EngineCommand.SizeBytes];
        int length = pending.Command.Write(payload);
        long sequence = _journal.Append(RecordKind.Command, 0, nowNs, payload[..length]);
        _records.OnRecord(RecordKind.Command, VenueId.None, nowNs, payload[..length]);
        Debug.Assert(_engine.Sequence == sequence, "engine and journal count the same records");
        if (!_engine.IsKilled)
            _commands!.SetGate(isKilled: false);
        _engine.WriteStatus(_board);
        pending.Complete(sequence, _engine.LastOutcome);
    }

    // the record's flags say how late it was written: µs, 65,535 for anything longer
    private void JournalTimer(long dueNs)
    {
        long latenessNs = Math.Max(0, _nowNs() - dueNs);
        TimerLateness.Record(latenessNs);
        long ticksNs = StopwatchTicks.ToNs(Stopwatch.GetTimestamp());
        if (!_engine.Stalls.Overlaps(ticksNs - latenessNs, ticksNs))
            StallFreeTimerLateness.Record(latenessNs);
        _journal.Reserve(0, dueNs);
        _journal.Publish((byte)RecordKind.Timer, 0, (ushort)Math.Min(ushort.MaxValue, latenessNs / 1_000));
    }
}
