using System;
using System.Numerics;

namespace Obs.Core.Signals;

/// <summary>A set of features as bits, bit n = id n. What is not in the set wanted is neither kept nor computed.</summary>
internal readonly record struct FeatureSet(uint Bits)
{
    /// <summary>None.</summary>
    public static FeatureSet None => default;

    /// <summary>The six of the first product (spread … price_change_rate).</summary>
    public static FeatureSet Six => new(0b11_1111);

    /// <summary>Every feature.</summary>
    public static FeatureSet All => new((1u << FeatureNames.Count) - 1);

    /// <summary>Number of features in the set.</summary>
    public int Count => BitOperations.PopCount(Bits);

    /// <summary>The set of some ids.</summary>
    public static FeatureSet Of(params ReadOnlySpan<FeatureId> ids)
    {
        uint bits = 0;
        foreach (FeatureId id in ids)
            bits |= 1u << (int)id;
        return new FeatureSet(bits);
    }

    /// <summary>True when the feature is in the set.</summary>
    public bool Has(FeatureId id) => (Bits & (1u << (int)id)) != 0;

    /// <summary>True when at least one feature is in both sets.</summary>
    public bool HasAny(FeatureSet other) => (Bits & other.Bits) != 0;

    /// <summary>True when every feature of the other set is in this one.</summary>
    public bool HasAll(FeatureSet other) => (Bits & other.Bits) == other.Bits;

    /// <summary>Features in either set: what several readers of one row want together.</summary>
    public static FeatureSet operator |(FeatureSet left, FeatureSet right) => new(left.Bits | right.Bits);
}
