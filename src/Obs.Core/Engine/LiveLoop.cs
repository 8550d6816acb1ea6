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

    /// <summary>A loop, not yet running.</summary>
    /// <param name="engine">The engine, as recovered from the journal.</param>
    /// <param name="decoder">Decoders with the engine's registry.</param>
    /// <param name="journal">The journal, at the record after the engine's last.</param>
    /// <param name="intake">Where records come from.</param>
    /// <param name="board">Where the status goes.</param>
    /// <param name="nowNs">The wall clock, ns since 1970 UTC, never going back: the same that stamps the records offered.</param>
    public LiveLoop(EngineCore engine, RecordDecoder decoder, JournalWriter journal, Intake intake, StatusBoard board, Func<long> nowNs)
    {
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

    /// <summary>Runs until cancelled, then drains the intake and returns.</summary>
    /// <exception cref="JournalException">The journal cannot take records any more (disk full, write error).</exception>
    public void Run(CancellationToken stop)
    {
        int idle = 0;
        while (true)
        {
            if (_intake.TryTake(out long slot))
            {
                Process(slot);
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

    private void JournalTimer(long dueNs) => _journal.Append(RecordKind.Timer, 0, dueNs, default);
}
