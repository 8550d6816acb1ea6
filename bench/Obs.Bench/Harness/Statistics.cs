using System;
using System.Collections.Generic;
using System.Linq;

namespace Obs.Bench.Harness;

/// <summary>The one statistic this harness trusts.</summary>
internal static class Statistics
{
    /// <summary>Median; the mean of the two middle values when their number is even.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
            throw new ArgumentException("A median needs at least one value; the comparison measured no runs.", nameof(values));
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
