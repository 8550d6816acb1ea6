using System;
using System.Collections.Generic;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

/// <summary>Runs sessions over rows and keeps the bits of what they said.</summary>
internal static class SessionRuns
{
    /// <summary>All background work after every row.</summary>
    public static long[] Diligent(ISequenceSession session, double[][] rows) => Run(session, rows, _ => int.MaxValue);

    /// <summary>A number of slices after every row, chosen by the caller; none at all makes every row complete what it needs.</summary>
    public static long[] Run(ISequenceSession session, double[][] rows, Func<int, int> slicesAfterRow)
    {
        List<long> bits = [];
        for (int row = 0; row < rows.Length; row++)
        {
            PredictionStatus status = session.OnRow(rows[row], out double prediction);
            bits.Add(status == PredictionStatus.Ready ? BitConverter.DoubleToInt64Bits(prediction) : long.MinValue);
            for (int slice = slicesAfterRow(row); slice > 0 && session.RunBackgroundSlice(); slice--)
            {
                // the session counts for itself
            }
        }
        return [.. bits];
    }

    /// <summary>Largest difference to the double reference, in target scales.</summary>
    public static double WorstAgainstReference(SequenceModel model, double[][] rows, long[] bits)
    {
        ReferenceNetwork reference = new(model);
        double worst = 0;
        for (int last = model.Window - 1; last < rows.Length; last++)
        {
            List<double> window = [];
            foreach (double[] row in rows[(last - model.Window + 1)..(last + 1)])
                window.AddRange(row);
            double expected = reference.Predict(window.ToArray());
            worst = Math.Max(worst, Math.Abs(BitConverter.Int64BitsToDouble(bits[last]) - expected) / model.Metadata.Target.Scale);
        }
        return worst;
    }
}
