using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Obs.Core.Market.Text;

/// <summary>Decimals of a mantissa, with the shape of every text worked out before: 256 shapes of 64 bytes, of which a market uses a few.</summary>
/// <remarks>Immutable, any thread. One per number of decimals, shared by all markets.</remarks>
internal sealed class NumberScale
{
    private const int Sizes = 16;

    private static readonly NumberScale[] Scales = Build();

    private readonly NumberShape[] _shapes = new NumberShape[Sizes * Sizes];

    private NumberScale(int decimals)
    {
        Decimals = decimals;
        Unit = PowersOfTen.AsLong[decimals];
        for (int whole = 0; whole < Sizes; whole++)
        {
            for (int tail = 0; tail < Sizes; tail++)
                _shapes[whole * Sizes + tail] = NumberShape.Of(whole, tail, decimals);
        }
    }

    /// <summary>Decimals, 0 to <see cref="SymbolCache.MaxDecimals"/>.</summary>
    public int Decimals { get; }

    /// <summary>10^<see cref="Decimals"/>.</summary>
    public long Unit { get; }

    /// <summary>Scale of a number of decimals.</summary>
    public static NumberScale Of(int decimals)
    {
        Debug.Assert(decimals is >= 0 and <= SymbolCache.MaxDecimals, "the market's scale is too fine for the fast path");
        return Scales[decimals];
    }

    /// <summary>The first shape; loops hold this reference and use <see cref="ShapeOf"/>.</summary>
    public ref readonly NumberShape Shapes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref MemoryMarshal.GetArrayDataReference(_shapes);
    }

    /// <summary>Shape of a text; counts outside 0 to 15 answer the shape of an empty text, which is unusual.</summary>
    /// <param name="shapes">A scale's first shape.</param>
    /// <param name="whole">Digits before the point.</param>
    /// <param name="tail">Bytes from the point on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly NumberShape ShapeOf(ref readonly NumberShape shapes, int whole, int tail)
    {
        uint index = unchecked((uint)(whole | tail) < Sizes ? (uint)(whole * Sizes + tail) : 0);
        Debug.Assert(index < Sizes * Sizes, "both counts are below 16");
        return ref Unsafe.Add(ref Unsafe.AsRef(in shapes), (nint)index);
    }

    private static NumberScale[] Build()
    {
        NumberScale[] scales = new NumberScale[SymbolCache.MaxDecimals + 1];
        for (int decimals = 0; decimals < scales.Length; decimals++)
            scales[decimals] = new NumberScale(decimals);
        return scales;
    }
}
