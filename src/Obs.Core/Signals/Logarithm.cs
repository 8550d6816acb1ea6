using System;
using System.Diagnostics;

namespace Obs.Core.Signals;

/// <summary>Natural logarithms from basic arithmetic only, so that every machine gives the same bits (a C library's log may differ in the last one).</summary>
/// <remarks>ln((1+z)/(1−z)) = 2(z + z³/3 + z⁵/5 + …); eleven terms are enough for |z| ≤ 3 − 2√2. Within 2 units in the last place of the true value.
/// Any thread.</remarks>
internal static class Logarithm
{
    private const double SeriesLimit = 0.171572875253810;   // (√2 − 1) / (√2 + 1)
    private const double Ln2High = 0.693147180369123816490; // ln 2 with its low 32 bits cleared: k·Ln2High is exact for |k| ≤ 2^11
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const long MantissaBits = 0xFFFFFFFFFFFFF;
    private const long ExponentOfOne = 0x3FF0000000000000;

    /// <summary>ln(a / b) of positive integers; exactly 0 when they are equal.</summary>
    public static double OfRatio(long a, long b)
    {
        Debug.Assert(a > 0 && b > 0, "a logarithm of a ratio needs positive numbers");
        if (a == b)
            return 0;
        double z = (a - b) / ((double)a + b);
        return Math.Abs(z) <= SeriesLimit ? Series(z) : Of((double)a / b);
    }

    /// <summary>ln(1 + x), accurate also for tiny x ≥ 0.</summary>
    public static double OfOnePlus(double x)
    {
        Debug.Assert(x >= 0 && double.IsFinite(x), "the sign is taken off before");
        double z = x / (2 + x);
        return z <= SeriesLimit ? Series(z) : Of(1 + x);
    }

    /// <summary>ln(x) of a positive normal number.</summary>
    public static double Of(double x)
    {
        Debug.Assert(double.IsNormal(x) && x > 0, "a logarithm needs a positive normal number");
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & MantissaBits) | ExponentOfOne);
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }
        return (exponent * Ln2High) + (Series((mantissa - 1) / (mantissa + 1)) + (exponent * Ln2Low));
    }

    private static double Series(double z)
    {
        double s = z * z;
        double tail = s * (1.0 / 3 + s * (1.0 / 5 + s * (1.0 / 7 + s * (1.0 / 9 + s * (1.0 / 11
            + s * (1.0 / 13 + s * (1.0 / 15 + s * (1.0 / 17 + s * (1.0 / 19 + s * (1.0 / 21))))))))));
        return 2 * (z + (z * tail));
    }
}
