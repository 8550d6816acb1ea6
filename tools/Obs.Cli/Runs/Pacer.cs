using System.Diagnostics;
using Obs.Core.Diagnostics;
using Obs.Core.Engine;

namespace Obs.Cli.Runs;

/// <summary>Waits until a record is due at recorded pace, doing background model work meanwhile.</summary>
/// <remarks>Open loop: a record's due time depends on the recording alone, never on how long earlier records took, so that waiting is part of the
/// measured latency (no coordinated omission).</remarks>
internal sealed class Pacer(double speed)
{
    private long _startTicks;
    private long _startNs;

    /// <summary>Waits and returns when the record was due, in Stopwatch ticks.</summary>
    public long WaitFor(long receiveNs, EngineCore engine)
    {
        long now = Stopwatch.GetTimestamp();
        if (_startTicks == 0)
        {
            _startTicks = now;
            _startNs = receiveNs;
        }
        long dueTicks = _startTicks + (long)((receiveNs - _startNs) / speed * (Stopwatch.Frequency / 1e9));
        engine.Stalls.OnWorkDone(StopwatchTicks.ToNs(now));
        while (now < dueTicks)
        {
            engine.RunBackgroundSlice();
            now = Stopwatch.GetTimestamp();
            engine.Stalls.OnIdle(StopwatchTicks.ToNs(now));
        }
        return dueTicks;
    }
}
