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
}
