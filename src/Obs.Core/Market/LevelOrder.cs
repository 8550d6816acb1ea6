using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Obs.Core.Market;

/// <summary>Order of the levels of a side, and whether levels can stand as one: best first, each price once, prices and sizes above 0.</summary>
internal static class LevelOrder
{
    /// <summary>Levels of one vector.</summary>
    private const int Block = 4;

    /// <summary>True when levels can stand as a side. Four at a time in vectors.</summary>
    public static bool IsBestFirst(Side side, ReadOnlySpan<BookLevel> levels)
    {
        if (!Vector512.IsHardwareAccelerated || levels.Length <= Block)
            return IsBestFirstOneByOne(side, levels);
        int last = levels.Length - Block - 1;
        bool isGood = true;
        for (int at = 0; at < last; at += Block)
            isGood &= IsBlockGood(side, levels, at);
        // the last block lies at the end, and so may look at levels again
        return isGood & IsBlockGood(side, levels, last) && levels[^1].Price.Mantissa > 0 && levels[^1].Size.Mantissa > 0;
    }

    /// <summary>True when a price is strictly further from the top of its side.</summary>
    public static bool IsWorse(Side side, Price price, Price than) => side == Side.Bid ? price < than : price > than;

    /// <summary>As <see cref="IsBestFirst"/>, without vectors: for a few levels and other processors.</summary>
    internal static bool IsBestFirstOneByOne(Side side, ReadOnlySpan<BookLevel> levels)
    {
        for (int index = 0; index < levels.Length; index++)
        {
            BookLevel level = levels[index];
            if (level.Price.Mantissa <= 0 || level.Size.Mantissa <= 0 || (index > 0 && !IsWorse(side, level.Price, levels[index - 1].Price)))
                return false;
        }
        return true;
    }

    /// <summary>True when four levels are above 0 and each is better than the one behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBlockGood(Side side, ReadOnlySpan<BookLevel> levels, int at)
    {
        Debug.Assert(at >= 0 && at + Block < levels.Length, "four levels and the one behind them lie inside");
        ref long first = ref Unsafe.As<BookLevel, long>(ref Unsafe.Add(ref MemoryMarshal.GetReference(levels), at));
        Vector512<long> these = Vector512.LoadUnsafe(ref first), next = Vector512.LoadUnsafe(ref first, 2);
        Vector512<long> worse = side == Side.Bid ? Vector512.GreaterThan(these, next) : Vector512.LessThan(these, next);
        ulong prices = worse.ExtractMostSignificantBits() & 0b0101_0101;
        return prices == 0b0101_0101 && Vector512.GreaterThanAll(these, Vector512<long>.Zero);
    }
}
