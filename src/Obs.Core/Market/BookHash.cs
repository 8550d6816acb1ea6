using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Obs.Core.Market;

/// <summary>The contribution of levels to a book's state hash.</summary>
/// <remarks>A 64-bit mix of side and price (the finaliser of SplitMix64; Steele, Lea, Flood 2014), times the size: changes are one mix and one
/// multiplication, their sum does not depend on order, and wrapping is meant. Because it does not, eight levels are mixed at once where the processor
/// multiplies eight 64-bit numbers; the result is the same everywhere.</remarks>
internal static class BookHash
{
    private const ulong Golden = 0x9E3779B97F4A7C15UL;
    private const ulong FirstFactor = 0xBF58476D1CE4E5B9UL;
    private const ulong SecondFactor = 0x94D049BB133111EBUL;

    /// <summary>The factor of a side and price; a level contributes factor × size.</summary>
    public static ulong Factor(Side side, Price price)
    {
        unchecked
        {
            return Mix(((ulong)price.Mantissa << 1) + (ulong)side);
        }
    }

    /// <summary>The mix itself, for other parts of the state: every input bit reaches every output bit.</summary>
    public static ulong Mix(ulong value)
    {
        unchecked
        {
            ulong z = value + Golden;
            z = (z ^ (z >> 30)) * FirstFactor;
            z = (z ^ (z >> 27)) * SecondFactor;
            return z ^ (z >> 31);
        }
    }

    /// <summary>What a change of size adds to the hash of a book, wrapping.</summary>
    public static ulong OfChange(Side side, Price price, long previous, long now) => unchecked(Factor(side, price) * (ulong)(now - previous));

    /// <summary>Contribution of a level; 0 for size 0.</summary>
    public static ulong OfLevel(Side side, Price price, Size size) => unchecked(Factor(side, price) * (ulong)size.Mantissa);

    /// <summary>Contribution of all levels of a side. Eight at a time where the processor multiplies so many.</summary>
    public static ulong OfLevels(Side side, ReadOnlySpan<BookLevel> levels)
    {
        if (!Avx512DQ.IsSupported || levels.Length < Vector512<ulong>.Count)
            return OfLevelsOneByOne(side, levels);
        unchecked
        {
            Vector512<ulong> sum = Vector512<ulong>.Zero;
            int last = levels.Length - Vector512<ulong>.Count;
            for (int at = 0; at < last; at += Vector512<ulong>.Count)
                sum += OfEight(side, levels, at, Vector512<ulong>.AllBitsSet);
            // the last eight lie at the end; those that were counted before weigh nothing
            int counted = (Vector512<ulong>.Count - levels.Length) & (Vector512<ulong>.Count - 1);
            sum += OfEight(side, levels, last, Vector512.GreaterThanOrEqual(Vector512<ulong>.Indices, Vector512.Create((ulong)counted)));
            return Vector512.Sum(sum);
        }
    }

    /// <summary>The same without vectors, for a few levels and other processors.</summary>
    internal static ulong OfLevelsOneByOne(Side side, ReadOnlySpan<BookLevel> levels)
    {
        ulong hash = 0;
        foreach (ref readonly BookLevel level in levels)
            hash = unchecked(hash + OfLevel(side, level.Price, level.Size));
        return hash;
    }

    /// <summary>Contributions of eight levels, those outside a mask 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> OfEight(Side side, ReadOnlySpan<BookLevel> levels, int at, Vector512<ulong> wanted)
    {
        Debug.Assert(at >= 0 && at + Vector512<ulong>.Count <= levels.Length, "eight levels lie inside");
        ref ulong first = ref Unsafe.As<BookLevel, ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(levels), at));
        Vector512<ulong> low = Vector512.LoadUnsafe(ref first), high = Vector512.LoadUnsafe(ref first, 8);
        Vector512<ulong> prices = Avx512F.PermuteVar8x64x2(low, Vector512.Create(0UL, 2, 4, 6, 8, 10, 12, 14), high);
        Vector512<ulong> sizes = Avx512F.PermuteVar8x64x2(low, Vector512.Create(1UL, 3, 5, 7, 9, 11, 13, 15), high);
        return Mix((prices << 1) + Vector512.Create((ulong)side)) * (sizes & wanted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Mix(Vector512<ulong> value)
    {
        Vector512<ulong> z = value + Vector512.Create(Golden);
        z = (z ^ (z >> 30)) * Vector512.Create(FirstFactor);
        z = (z ^ (z >> 27)) * Vector512.Create(SecondFactor);
        return z ^ (z >> 31);
    }
}
