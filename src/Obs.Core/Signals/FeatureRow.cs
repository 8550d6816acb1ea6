using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Signals;

/// <summary>The features of one row. Absent is a state of its own and never 0: reading an absent feature gives NaN.</summary>
/// <remarks>160 bytes, meant to be one field that is filled again for every row. Present values are finite.</remarks>
internal struct FeatureRow
{
    private FeatureValues _values;
    private uint _present;

    /// <summary>The features that have a value.</summary>
    public readonly FeatureSet Present => new(_present);

    /// <summary>The value, or NaN when it is absent.</summary>
    public readonly double this[FeatureId id] => Present.Has(id) ? _values[(int)id] : double.NaN;

    /// <summary>Forgets every value.</summary>
    public void Clear() => _present = 0;

    /// <summary>Sets a value, which must be finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(FeatureId id, double value)
    {
        Debug.Assert(double.IsFinite(value), "a feature that cannot be computed is absent, not NaN or infinite");
        _values[(int)id] = value;
        _present |= 1u << (int)id;
    }

    /// <summary>The value when it is present.</summary>
    public readonly bool TryGet(FeatureId id, out double value)
    {
        value = this[id];
        return Present.Has(id);
    }

    /// <summary>Copies features in a model's order; false, with nothing promised about the values, when one of them is absent.</summary>
    public readonly bool TryCopy(ReadOnlySpan<FeatureId> order, Span<double> values)
    {
        Debug.Assert(values.Length >= order.Length, "one value for each feature");
        for (int index = 0; index < order.Length; index++)
        {
            if (!TryGet(order[index], out values[index]))
                return false;
        }
        return true;
    }

    [InlineArray(FeatureNames.Count)]
    private struct FeatureValues
    {
        private double _first;
    }
}
