namespace Obs.Core.Models.Sequence;

/// <summary>The vector operations that a network needs, for one width; the JIT compiles one copy of each kernel per width and inlines all
/// of these.</summary>
/// <remarks>Only operations that IEEE 754 defines to the last bit: no reciprocal estimates. Minimum and maximum are given numbers only,
/// never NaN.</remarks>
internal unsafe interface ILanes<TVector> where TVector : unmanaged
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Vectors the machine can hold in registers at once, at least.</summary>
    static abstract int Registers { get; }

    /// <summary>Reads a vector; no alignment needed.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Writes a vector; no alignment needed.</summary>
    static abstract void Store(TVector value, float* target);

    /// <summary>All lanes the same.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a − b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a · b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a ÷ b, correctly rounded.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>Holds a between −limit and limit.</summary>
    static abstract TVector Clamp(TVector a, TVector negativeLimit, TVector limit);
}
