using System;
using System.Buffers.Binary;

namespace Obs.Core.Models;

/// <summary>Reads F32 and F64 tensors as doubles and refuses values that are no weights.</summary>
internal static class TensorValues
{
    /// <summary>Largest magnitude of a weight: with scaled inputs held within <see cref="RobustScaler.Saturation"/> no float sum overflows
    /// below it.</summary>
    public const double WeightMax = 1e9;

    /// <summary>The tensor's values in file order.</summary>
    /// <exception cref="ModelException">Another type, or a value that is NaN, infinite or larger than <see cref="WeightMax"/>.</exception>
    public static double[] Read(SafetensorsFile file, SafetensorEntry entry)
    {
        if (entry.Type is not ("F32" or "F64"))
            Throw.Model(file.Name, $"tensor {entry.Name} has type {entry.Type}; save it as F32 or F64.");
        ReadOnlySpan<byte> bytes = file.Bytes(entry);
        double[] values = new double[entry.Elements];
        bool wide = entry.Type == "F64";
        for (int i = 0; i < values.Length; i++)
        {
            double value = wide
                ? BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..])
                : BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
            if (!(Math.Abs(value) <= WeightMax))
                Throw.Model(file.Name, Describe(entry.Name, i, value));
            values[i] = value;
        }
        return values;
    }

    private static string Describe(string tensor, int index, double value) => FormattableString.Invariant(
        $"tensor {tensor} holds {value} at index {index}; weights are finite and at most {WeightMax}, train again.");
}
