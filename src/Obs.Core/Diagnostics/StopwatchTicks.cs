using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Diagnostics;

/// <summary>Turns <see cref="Stopwatch"/> ticks into nanoseconds. The rate is read once; where a tick is 1 ns (Linux) nothing is left to do.</summary>
internal static class StopwatchTicks
{
    private static readonly bool TickIsOneNs = Stopwatch.Frequency == 1_000_000_000;
    private static readonly double NsPerTick = 1_000_000_000.0 / Stopwatch.Frequency;

    /// <summary>A difference of two time stamps, in nanoseconds. Exact where a tick is 1 ns, else rounded to the nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ToNs(long ticks) => TickIsOneNs ? ticks : (long)Math.Round(ticks * NsPerTick);

    /// <summary>The length of a time span in ticks, rounded to the nearest.</summary>
    public static long FromNs(long ns) => TickIsOneNs ? ns : (long)Math.Round(ns / NsPerTick);
}
