using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Obs.Core.Diagnostics;

/// <summary>Throws outside the fast methods, so that those stay small enough to inline.</summary>
internal static class ThrowHelper
{
    /// <summary>A percentile that is none.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void PercentileOutOfRange(double percentile) =>
        throw new ArgumentOutOfRangeException(nameof(percentile), percentile, $"Percentile {percentile} does not exist; ask for 0 to 100 (99.9 is the p99.9).");

    /// <summary>A stall threshold that would call every look a stall.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void StallThresholdNotPositive(long thresholdNs) =>
        throw new ArgumentOutOfRangeException(nameof(thresholdNs), thresholdNs, $"A stall threshold of {thresholdNs} ns makes everything a stall; use 1 or more (10000 is usual).");

    /// <summary>An interval whose ends are swapped.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void StallEndsBeforeItBegins(long fromNs, long toNs) =>
        throw new ArgumentOutOfRangeException(nameof(toNs), toNs, $"A stall from {fromNs} ns to {toNs} ns ends before it begins; pass the earlier time first.");

    /// <summary>A sampling distance that is none.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void SampleEveryNotPositive(int sampleEvery) =>
        throw new ArgumentOutOfRangeException(nameof(sampleEvery), sampleEvery, $"Every {sampleEvery}th frame cannot be sampled; 1 records every frame, 64 every 64th.");
}
