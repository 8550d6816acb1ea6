using System;
using System.Runtime.CompilerServices;

namespace Obs.Core.Signals;

/// <summary>Conversions of exact sums to doubles, correctly rounded.</summary>
internal static class ExactSum
{
    /// <summary>The nearest double; one instruction where the sum fits 64 bits, as it nearly always does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToDouble(Int128 sum)
    {
        long low = unchecked((long)sum);
        return low == sum ? low : (double)sum;
    }
}
