using System;
using System.Diagnostics;

namespace Obs.Cli.Live;

/// <summary>Wall time in ns since 1970 that never goes back: the system's time at start, carried on by the monotonic clock.</summary>
/// <remarks>Any thread. A step of the system clock while running is not followed; receive times must not jump.</remarks>
internal sealed class WallClock
{
    private readonly long _startNs = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
    private readonly long _startTicks = Stopwatch.GetTimestamp();

    /// <summary>Now.</summary>
    public long NowNs() => NsAt(Stopwatch.GetTimestamp());

    /// <summary>The wall time of a Stopwatch reading.</summary>
    public long NsAt(long ticks) => _startNs + (long)((ticks - _startTicks) * (1e9 / Stopwatch.Frequency));

    /// <summary>The Stopwatch reading of a wall time.</summary>
    public long TicksAt(long ns) => _startTicks + (long)((ns - _startNs) * (Stopwatch.Frequency / 1e9));
}
