using System;
using System.Diagnostics;

namespace Obs.Core.Models;

/// <summary>Scales each feature: z = (x − center) ÷ scale, in double, then rounded to float.</summary>
/// <remarks>Center and scale are fixed by training (usually median and interquartile range), so rows are scaled one by one and windows may
/// share them (docs/concepts/staggered-windows.md). Stateless; any thread; no allocation.</remarks>
internal sealed class RobustScaler
{
    /// <summary>|z| above this counts as outside the range the scaler was fitted on.</summary>
    public const double RangeLimit = 8.0;

    /// <summary>z is held within ± this: far beyond any gate's saturation, and small enough that no float sum of a layer
    /// overflows.</summary>
    public const double Saturation = 1e6;

    private readonly double[] _center;
    private readonly double[] _scale;

    /// <summary>Creates a scaler; both arrays have one finite value per feature, scales are positive (the model file's check).</summary>
    public RobustScaler(double[] center, double[] scale)
    {
        Debug.Assert(center.Length == scale.Length, "a center without its scale");
        Debug.Assert(Array.TrueForAll(scale, value => value > 0), "a scale that is not positive");
        _center = center;
        _scale = scale;
    }

    /// <summary>Number of features.</summary>
    public int Features => _center.Length;

    /// <summary>The value of one feature after scaling, unrounded and unbounded.</summary>
    public double Scale(int feature, double value) => (value - _center[feature]) / _scale[feature];

    /// <summary>True when the row has the right length and only finite numbers.</summary>
    public bool Accepts(ReadOnlySpan<double> row)
    {
        if (row.Length != _center.Length)
            return false;
        bool finite = true;
        for (int i = 0; i < row.Length; i++)
            finite &= double.IsFinite(row[i]);
        return finite;
    }

    /// <summary>Scales an accepted row and returns how many of its values lie outside the range.</summary>
    public int Scale(ReadOnlySpan<double> row, Span<float> scaled)
    {
        Debug.Assert(row.Length == _center.Length, "the caller checks with Accepts");
        Debug.Assert(scaled.Length >= row.Length, "no room for the scaled row");
        int outOfRange = 0;
        for (int i = 0; i < row.Length; i++)
        {
            double z = Scale(i, row[i]);
            if (Math.Abs(z) > RangeLimit)
                outOfRange++;
            scaled[i] = (float)Math.Clamp(z, -Saturation, Saturation);
        }
        return outOfRange;
    }
}
