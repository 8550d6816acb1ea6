using System;
using System.Diagnostics;

namespace Obs.Core.Models;

/// <summary>The meaning and scale of a model's output.</summary>
/// <param name="Kind">What the number means.</param>
/// <param name="Center">Added after scaling, in the target's unit.</param>
/// <param name="Scale">Positive factor from network output to the target's unit; tolerances are stated as multiples of it.</param>
internal readonly record struct ModelTarget(TargetKind Kind, double Center, double Scale)
{
    private const int TaylorTerms = 18;

    /// <summary>Network output to the model's own unit, in double.</summary>
    public double Unscale(float output) => ((double)output * Scale) + Center;

    /// <summary>Network output of a double network to the model's own unit.</summary>
    public double Unscale(double output) => (output * Scale) + Center;

    /// <summary>The simple return a prediction stands for, given the mid price now (same unit as a price target, positive).</summary>
    /// <remarks>price: value ÷ mid − 1; return: value; logReturn: e^value − 1. Own exponential, so that all machines agree on the
    /// bits.</remarks>
    public double ToReturn(double value, double mid)
    {
        Debug.Assert(Kind != TargetKind.Price || mid > 0, "a price needs a mid to compare with");
        return Kind switch
        {
            TargetKind.Price => (value / mid) - 1.0,
            TargetKind.LogReturn => ExponentialMinusOne(value),
            _ => value,
        };
    }

    /// <summary>e^x − 1 without cancellation near 0: Taylor series below 1/2, above it by e^(2y) − 1 = m(m + 2) with m = e^y − 1.</summary>
    private static double ExponentialMinusOne(double x)
    {
        if (x > 709.0)
            return double.PositiveInfinity;
        if (x < -50.0)
            return -1.0;
        if (Math.Abs(x) > 0.5)
        {
            double half = ExponentialMinusOne(x * 0.5);
            return half * (half + 2.0);
        }
        double sum = 1.0;
        for (int term = TaylorTerms; term > 1; term--)
            sum = 1.0 + (x / term * sum);
        return x * sum;
    }
}
