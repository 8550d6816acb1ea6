using System;
using System.Diagnostics;
using System.Threading;
using Obs.Core.Diagnostics;
using Obs.Core.Engine;

namespace Obs.Cli.Runs;

/// <summary>Waits until a record is due at recorded pace, doing background model work meanwhile.</summary>
/// <remarks>Open loop: a record's due time depends on the recording alone, never on how long earlier records took, so that waiting is part of the
/// measured latency (no coordinated omission).</remarks>
internal sealed class Pacer
{
    private const double StatusSeconds = 0.2;
    private const long SleepFromMs = 10;
    private const long AwakeBeforeMs = 5;
    private const long SleepAtMostMs = 100;

    private const int ArrivesBeforeUs = 5;
    private const int CacheLine = 64;

    private readonly double _speed;
    private readonly Action<EngineCore>? _onStatus;
    private readonly CancellationToken _cancel;
    private readonly bool _isSpinning;
    private long _startTicks;
    private long _startNs;
    private long _statusTicks;
    private int _arrived;

    /// <summary>A pacer.</summary>
    /// <param name="speed">Multiple of recorded pace.</param>
    /// <param name="onStatus">Called a few times a second while waiting, or null.</param>
    /// <param name="isSpinning">True never sleeps: the thread has a core of its own.</param>
    /// <param name="cancel">Ends the waiting (<see cref="IsStopped"/>).</param>
    public Pacer(double speed, Action<EngineCore>? onStatus = null, bool isSpinning = false, CancellationToken cancel = default)
    {
        _isSpinning = isSpinning;
        _speed = speed;
        _onStatus = onStatus;
        _cancel = cancel;
    }

    /// <summary>True once the run was cancelled: the record waited for is not to be processed any more.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Waits and returns when the record was due, in Stopwatch ticks; at once when the run is cancelled.</summary>
    /// <param name="receiveNs">Receive time of the record.</param>
    /// <param name="payload">The record's bytes: read shortly before they are due, because a frame that just came from a socket lies in the caches.</param>
    /// <param name="loop">The engine's loop when this thread runs it, else null.</param>
    /// <param name="split">The line when another thread runs the engine, else null.</param>
    public long WaitFor(long receiveNs, ReadOnlySpan<byte> payload, RecordLoop? loop, SplitLine? split)
    {
        StallDetector? stalls = loop?.Engine.Stalls ?? split?.Stalls;
        long now = Stopwatch.GetTimestamp();
        if (_startTicks == 0)
        {
            _startTicks = now;
            _startNs = receiveNs;
        }
        long dueTicks = _startTicks + (long)((receiveNs - _startNs) / _speed * (Stopwatch.Frequency / 1e9));
        stalls?.OnWorkDone(StopwatchTicks.ToNs(now));
        long arrivesTicks = dueTicks - (Stopwatch.Frequency * ArrivesBeforeUs / 1_000_000);
        bool hasArrived = false;
        IsStopped = _cancel.IsCancellationRequested;
        while (now < dueTicks && !IsStopped)
        {
            IsStopped = _cancel.IsCancellationRequested;
            if (!hasArrived && now >= arrivesTicks)
                hasArrived = Arrive(payload);
            if (loop is not null && !loop.PassDueTimer(RecordedNs(now)) && !loop.RunIdleSlice(now))
                Show(now, loop.Engine);
            split?.RunIdleSlice(now);
            bool hasSlept = Sleep(dueTicks - now);
            now = Stopwatch.GetTimestamp();
            if (hasSlept)
                stalls?.OnWorkDone(StopwatchTicks.ToNs(now)); // a pause of our own is no stall
            else
                stalls?.OnIdle(StopwatchTicks.ToNs(now));
        }
        return dueTicks;
    }

    // where the recording stands now: what fell due in it by now is not left for the next record
    private long RecordedNs(long ticks) => _startNs + (long)(StopwatchTicks.ToNs(ticks - _startTicks) * _speed);

    private bool Arrive(ReadOnlySpan<byte> payload)
    {
        for (int line = 0; line < payload.Length; line += CacheLine)
            _arrived = unchecked(_arrived + payload[line]);
        return true;
    }

    // a core is not spun through a long pause; what is left before the record suffices to be warm again (see Rehearsal)
    private bool Sleep(long ticks)
    {
        if (_isSpinning || ticks < SleepFromMs * Stopwatch.Frequency / 1000)
            return false;
        long sleepMs = Math.Min(ticks * 1000 / Stopwatch.Frequency - AwakeBeforeMs, SleepAtMostMs);
        Thread.Sleep((int)sleepMs);
        return true;
    }

    private void Show(long now, EngineCore engine)
    {
        if (_onStatus is null || now - _statusTicks < StatusSeconds * Stopwatch.Frequency)
            return;
        _statusTicks = now;
        _onStatus(engine);
    }
}
