using System;
using Obs.Core.Signals;

namespace Obs.Core.Simulation;

/// <summary>Logarithm, exponential and power with the same bits on every machine.</summary>
/// <remarks>The platform's libraries pick code by processor (fused multiply-add or not) and may differ in the last bit. Here: only + − × ÷ on doubles, in
/// one fixed order. Accurate to a few ulp; any thread.</remarks>
internal static class PortableMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>Natural logarithm; NaN below 0, −∞ at 0.</summary>
    public static double Log(double x)
    {
        if (x > 0 && double.IsNormal(x))
            return Logarithm.Of(x);
        return x == 0 ? double.NegativeInfinity : double.IsPositiveInfinity(x) ? x : double.NaN;
    }

    /// <summary>e^x; 0 and ∞ beyond the range of doubles.</summary>
    /// <remarks>x = k·ln 2 + r, |r| ≤ 0.35: Taylor series of 15 terms.</remarks>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x > 710)
            return double.PositiveInfinity;
        if (x < -746)
            return 0;
        double k = Math.Round(x / (Ln2High + Ln2Low));
        double r = x - k * Ln2High - k * Ln2Low;
        double sum = 1;
        for (int term = 15; term >= 1; term--)
            sum = 1 + sum * r / term;
        return Math.ScaleB(sum, (int)k);
    }

    /// <summary>x^n for n above 0. Whole n: (x·x)·x… from the left; else e^(n·ln x), NaN for negative x.</summary>
    public static double Power(double x, double n)
    {
        if (n != Math.Floor(n))
            return x == 0 ? 0 : Exp(n * Log(x));
        double power = x;
        for (int factor = 1; factor < (int)n; factor++)
            power *= x;
        return power;
    }
}
