using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Trading;

/// <summary>Whether a number is a multiple of one fixed divisor: a multiplication and a rotation instead of a division.</summary>
/// <remarks>Exact for every pair of 64-bit numbers. A divisor is odd × 2^k; multiplying by the inverse of the odd part modulo 2^64 and rotating
/// the k zero bits to the top maps the multiples, and only them, to 0 … (2^64 − 1) / divisor (Granlund and Montgomery 1994, §9).</remarks>
internal readonly struct DivisibilityTest
{
    private readonly ulong _inverse;
    private readonly ulong _largestQuotient;
    private readonly int _zeroBits;

    /// <summary>The test for a divisor above 0.</summary>
    public DivisibilityTest(long divisor)
    {
        Debug.Assert(divisor > 0, "a step is positive");
        _zeroBits = BitOperations.TrailingZeroCount(divisor);
        _inverse = InverseOf((ulong)divisor >> _zeroBits);
        _largestQuotient = ulong.MaxValue / (ulong)divisor;
    }

    /// <summary>True for a multiple; the value is not negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Divides(long value)
    {
        Debug.Assert(value >= 0, "prices and sizes are checked to be positive first");
        return unchecked(BitOperations.RotateRight((ulong)value * _inverse, _zeroBits)) <= _largestQuotient;
    }

    // Newton: every step doubles the bits that are right; odd × odd = 1 modulo 8 starts with three
    private static ulong InverseOf(ulong odd)
    {
        ulong inverse = odd;
        for (int bits = 3; bits < 64; bits *= 2)
            inverse = unchecked(inverse * (2 - (odd * inverse)));
        Debug.Assert(unchecked(inverse * odd) == 1, "the inverse of an odd number modulo 2^64");
        return inverse;
    }
}
