using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Obs.Core.Diagnostics;
using Obs.Core.Disruptor;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>The journal stage of a live run: takes frames from the intake and commands from their lane, keeps timers, journals each and hands it to the engine's line.</summary>
/// <remarks>Its thread is the journal's one writer: the engine's thread in <c>fused</c>, a thread of its own in <c>split</c>. What it hands on is
/// exactly what a replay of the journal reads. Chain: processed ≤ handed over ≤ journaled.</remarks>
internal sealed class LiveLoop
{
    private readonly IEngineLine _line;
    private readonly JournalWriter _journal;
    private readonly Intake _intake;
    private readonly Func<long> _nowNs;
    private readonly CommandLane? _commands;
    private readonly LoopWait _wait;
    private TimerSchedule _timers;
    private long _handledSequence;

    /// <summary>A loop, not yet running.</summary>
    /// <param name="line">The engine, as recovered from the journal, in its layout.</param>
    /// <param name="journal">The journal, at the record after the engine's last.</param>
    /// <param name="intake">Where frames come from.</param>
    /// <param name="nowNs">The wall clock, ns since 1970 UTC, never going back: the same that stamps the records offered.</param>
    /// <param name="engineNs">Engine time as recovered.</param>
    /// <param name="commands">Where commands come from, or null.</param>
    /// <param name="wait">How it waits for records.</param>
    public LiveLoop(IEngineLine line, JournalWriter journal, Intake intake, Func<long> nowNs, long engineNs, CommandLane? commands = null, LoopWait wait = LoopWait.Yield)
    {
        (_line, _journal, _intake, _nowNs, _commands, _wait) = (line, journal, intake, nowNs, commands, wait);
        _timers.OnTime(engineNs);
    }

    /// <summary>How late timers were appended, ns after the time they stand for. This thread; other threads may read a value that is a little old.</summary>
    public LatencyHistogram TimerLateness { get; } = new();

    /// <summary>The same without timers that fell due while the machine kept this thread waiting.</summary>
    public LatencyHistogram StallFreeTimerLateness { get; } = new();

    /// <summary>Puts the record in front with which a live span begins: configuration of a new journal, or "live again" after a recovery. Timers begin with it.
    /// Before <see cref="Run"/>, on the thread that then starts it.</summary>
    /// <returns>Its sequence.</returns>
    public long Begin(RecordKind kind, long nowNs, ReadOnlySpan<byte> payload)
    {
        _timers.OnTime(nowNs);
        long sequence = _journal.Append(kind, 0, nowNs, payload);
        _line.Offer(kind, VenueId.None, nowNs, payload, 0, sequence);
        return sequence;
    }

    /// <summary>Runs until cancelled, then drains the intake, waits until all of it is processed, and returns.</summary>
    /// <exception cref="RingStoppedException">This stage or the engine failed: names the thread and the sequence; the cause is the inner exception, a
    /// <see cref="JournalException"/> where the journal cannot take records any more.</exception>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever stops this thread stops the line and is shown to its owner")]
    public void Run(CancellationToken stop)
    {
        try
        {
            Work(stop);
        }
        catch (Exception problem)
        {
            // what was journaled is processed, so that its outputs and answers go out
            _line.Dispose();
            throw problem as RingStoppedException ?? new RingStoppedException(new RingStop(_line.OfferingStage, _handledSequence, problem));
        }
        _line.Finish();
    }

    private void Work(CancellationToken stop)
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
                idle = 0;
                continue;
            }
            if (stop.IsCancellationRequested)
                return;
            idle = Idle() ? 0 : LoopWaits.After(idle);
            // spinning keeps the latency low between bursts; a market that stays quiet gives its core back, unless the core is this thread's own
            if (idle > 0)
                _wait.Pause(idle);
        }
    }

    private bool Idle()
    {
        long nowNs = _nowNs();
        long nowTicks = Stopwatch.GetTimestamp();
        // a pause of our own is no stall
        if (_wait == LoopWait.Sleep)
            _line.Stalls.OnWorkDone(StopwatchTicks.ToNs(nowTicks));
        else
            _line.Stalls.OnIdle(StopwatchTicks.ToNs(nowTicks));
        if (_timers.TryNext(nowNs, DueNs(), out long dueNs))
        {
            PassTimer(dueNs);
            return true;
        }
        return _line.RunIdleSlice(nowTicks);
    }

    private void Process(long taken)
    {
        ref IntakeSlot slot = ref _intake[taken];
        // timers due before this record come first, in the journal as in the engine
        PassTimers(slot.ReceiveNs);
        long sequence = Journal(slot.Kind, slot.Venue, slot.ReceiveNs, Intake.BytesOf(ref slot), out ReadOnlySpan<byte> stored);
        _line.Offer(slot.Kind, slot.Venue, slot.ReceiveNs, stored, slot.ReceivedTicks, sequence);
        _intake.Release(taken);
        _line.Stalls.OnWorkDone(StopwatchTicks.ToNs(Stopwatch.GetTimestamp()));
    }

    // a command takes its place before whatever waits in the intake; its answer may go out once its record is durable
    private void Obey(PendingCommand pending)
    {
        long nowNs = _nowNs();
        Span<byte> payload = stackalloc byte[EngineCommand.SizeBytes];
        int length = pending.Command.Write(payload);
        try
        {
            PassTimers(nowNs);
            long sequence = Journal(RecordKind.Command, VenueId.None, nowNs, payload[..length], out ReadOnlySpan<byte> stored);
            _line.Offer(RecordKind.Command, VenueId.None, nowNs, stored, 0, sequence, pending);
        }
        catch
        {
            pending.Drop();
            throw;
        }
    }

    private long Journal(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> stored)
    {
        _handledSequence = _journal.NextSequence;
        long sequence = _journal.Append(kind, (byte)venue, receiveNs, payload, out stored);
        Debug.Assert(sequence == _handledSequence, "a record gets the next sequence");
        return sequence;
    }

    private void PassTimers(long untilNs)
    {
        while (_timers.TryNext(untilNs, DueNs(), out long dueNs))
            PassTimer(dueNs);
        _timers.OnTime(untilNs);
    }

    // The engine may be some records behind with what it publishes. A time that the journal has passed meanwhile needs no timer: what falls due then happens
    // before the record that passed it.
    private long DueNs() => _line.NextDueNs is long dueNs && dueNs > _timers.LastNs ? dueNs : long.MaxValue;

    private void PassTimer(long dueNs)
    {
        Debug.Assert(dueNs > _timers.LastNs, "timers rise");
        _handledSequence = _journal.NextSequence;
        long sequence = JournalTimer(dueNs);
        _timers.OnTime(dueNs);
        _line.Offer(RecordKind.Timer, VenueId.None, dueNs, default, 0, sequence);
    }

    // the record's flags say how late it was written: µs, 65,535 for anything longer
    private long JournalTimer(long dueNs)
    {
        long latenessNs = Math.Max(0, _nowNs() - dueNs);
        TimerLateness.Record(latenessNs);
        long ticksNs = StopwatchTicks.ToNs(Stopwatch.GetTimestamp());
        if (!_line.Stalls.Overlaps(ticksNs - latenessNs, ticksNs))
            StallFreeTimerLateness.Record(latenessNs);
        _journal.Reserve(0, dueNs);
        return _journal.Publish((byte)RecordKind.Timer, 0, (ushort)Math.Min(ushort.MaxValue, latenessNs / 1_000));
    }
}
