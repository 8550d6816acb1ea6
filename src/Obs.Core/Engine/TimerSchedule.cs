using System;
using System.Diagnostics;

namespace Obs.Core.Engine;

/// <summary>When timer records fall due: every 100 ms of engine time, and at every time the engine has published (docs/decisions/004).</summary>
/// <remarks>Used alike by the journal stage of a live run (which appends them) and by the replay of a recording (which inserts them). One thread.</remarks>
internal struct TimerSchedule
{
    /// <summary>Grid of the regular timers, ns.</summary>
    public const long TickNs = 100_000_000;

    private long _lastNs;

    /// <summary>The time reached so far, ns; 0 before the first record.</summary>
    public readonly long LastNs => _lastNs;

    /// <summary>The next regular timer, ns; <see cref="long.MaxValue"/> before the first record.</summary>
    public readonly long NextTickNs => _lastNs == 0 ? long.MaxValue : ((_lastNs / TickNs) + 1) * TickNs;

    /// <summary>Notes that engine time reached a moment (a record, or a timer).</summary>
    public void OnTime(long engineNs) => _lastNs = Math.Max(_lastNs, engineNs);

    /// <summary>The next timer at or before a moment; false when none falls due.</summary>
    /// <param name="untilNs">Receive time of the record that waits.</param>
    /// <param name="publishedDueNs">The earliest time the engine has published; <see cref="long.MaxValue"/> for none.</param>
    /// <param name="dueNs">The timer's time.</param>
    public readonly bool TryNext(long untilNs, long publishedDueNs, out long dueNs)
    {
        dueNs = Math.Min(NextTickNs, Math.Max(publishedDueNs, _lastNs + 1));
        return _lastNs != 0 && dueNs <= untilNs;
    }

    /// <summary>How many regular timers lie after the last time and strictly before <paramref name="limitNs"/>, at or before <paramref name="untilNs"/>:
    /// a run that may be passed in one step because nothing falls due in it.</summary>
    public readonly long RunLength(long untilNs, long limitNs, out long lastTickNs)
    {
        long end = Math.Min(untilNs, limitNs == long.MaxValue ? untilNs : limitNs - 1);
        lastTickNs = end / TickNs * TickNs;
        long count = (lastTickNs / TickNs) - (_lastNs / TickNs);
        Debug.Assert(_lastNs == 0 || count >= 0 || end < _lastNs, "a run of timers cannot be negative");
        return Math.Max(0, count);
    }
}
