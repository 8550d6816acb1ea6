using System;

namespace Obs.Core.Simulation;

/// <summary>Logarithm, exponential and power with the same bits on every machine.</summary>
/// <remarks>The platform's libraries pick code by processor (fused multiply-add or not) and differ in the last bit. Here: only + − × ÷ on doubles, in one
/// fixed order. Accurate to about 2 ulp; a few dozen ns; any thread.</remarks>
internal static class PortableMath
{
    private const double LogTwoHigh = 6.93147180369123816490e-01;
    private const double LogTwoLow = 1.90821492927058770002e-10;

    /// <summary>Natural logarithm; NaN below 0, −∞ at 0.</summary>
    /// <remarks>x = m·2^e with m in [√½, √2): ln m = 2·artanh((m−1)/(m+1)) as a series of 12 terms (|s| ≤ 0.172, rest below 2^-56).</remarks>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        int exponent = Math.ILogB(x);
        double mantissa = Math.ScaleB(x, -exponent);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }
        double s = (mantissa - 1) / (mantissa + 1);
        double square = s * s;
        double sum = 0;
        for (int odd = 23; odd >= 3; odd -= 2)
            sum = (sum + 1.0 / odd) * square;
        return exponent * LogTwoHigh + (exponent * LogTwoLow + (2 * s + 2 * s * sum));
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
        double k = Math.Round(x / (LogTwoHigh + LogTwoLow));
        double r = x - k * LogTwoHigh - k * LogTwoLow;
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
