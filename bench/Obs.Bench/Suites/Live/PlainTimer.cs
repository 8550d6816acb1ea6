using System;
using System.Diagnostics;
using System.Threading;
using Obs.Bench.Harness;
using Obs.Core.Diagnostics;

namespace Obs.Bench.Suites.Live;

/// <summary>What a user would take for timers: <see cref="Timer"/>, armed for each multiple of 100 ms.</summary>
internal static class PlainTimer
{
    private const long TickNs = 100_000_000;
    private const long NsPerMs = 1_000_000;

    /// <summary>Records how late each call was.</summary>
    public static void Run(double seconds, LatencySample sample)
    {
        long startNs = NowNs(), dueNs = startNs + TickNs;
        using ManualResetEventSlim isOver = new(false);
        Timer? timer = null;
        timer = new Timer(_ =>
        {
            sample.Raw.Record(Math.Max(0, NowNs() - dueNs));
            dueNs += TickNs;
            if (dueNs - startNs > seconds * 1e9)
                isOver.Set();
            else
                timer!.Change(MsUntil(dueNs), Timeout.Infinite);
        });
        timer.Change(MsUntil(dueNs), Timeout.Infinite);
        isOver.Wait();
        timer.Dispose();
    }

    // in whole milliseconds, never early
    private static int MsUntil(long dueNs) => (int)Math.Max(0, (dueNs - NowNs() + NsPerMs - 1) / NsPerMs);

    private static long NowNs() => StopwatchTicks.ToNs(Stopwatch.GetTimestamp());
}
