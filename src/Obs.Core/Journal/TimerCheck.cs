using System;
using Obs.Core.Diagnostics;

namespace Obs.Core.Journal;

/// <summary>Reads the timers of a live journal: whether one stands at each 100 ms, and how late they were written (docs/decisions/004).</summary>
/// <remarks>A live span begins with the configuration of a new journal or with "live again"; between two spans nothing ran. The writer notes a
/// timer's lateness in its record's flags, in µs.</remarks>
internal static class TimerCheck
{
    private const long TickNs = 100_000_000;

    /// <summary>Reads the whole journal.</summary>
    /// <exception cref="JournalException">Acknowledged data is damaged.</exception>
    public static TimerReport Run(string directory)
    {
        LatencyHistogram lateness = new();
        long timers = 0, missing = 0, lastTick = 0;
        using JournalReader reader = new(directory);
        while (reader.TryRead(out RecordHeader header, out _))
        {
            long tick = header.ReceiveNs / TickNs;
            if (header.Kind == RecordKind.LiveAgain || lastTick == 0)
                lastTick = tick;
            if (header.Kind != RecordKind.Timer)
                continue;
            timers++;
            lateness.Record(header.Flags * 1_000L);
            if (header.ReceiveNs % TickNs != 0)
                continue;
            missing += Math.Max(0, tick - lastTick - 1);
            lastTick = Math.Max(lastTick, tick);
        }
        return new TimerReport(timers, missing, lateness);
    }
}
