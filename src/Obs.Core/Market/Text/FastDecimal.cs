using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Obs.Core.Market.Text;

/// <summary>Decimal text whose end and point are known, to a mantissa: eight digits at a time.</summary>
/// <remarks>Any thread. Anything unusual (sign, exponent, leading zero, more than ten whole digits) is left to <see cref="DecimalText"/>,
/// so both give the same answer; markets have at most <see cref="SymbolCache.MaxDecimals"/> decimals here.</remarks>
internal static class FastDecimal
{
    /// <summary>Bytes of the frame that must lie before a number: words are read backwards from its end.</summary>
    public const int BytesBefore = 8;

    private const int MaxWholeDigits = 10;

    /// <summary>Converts one number.</summary>
    /// <param name="frame">First byte of the frame.</param>
    /// <param name="length">Bytes of the frame.</param>
    /// <param name="place">Where the text lies.</param>
    /// <param name="scale">Decimals of the mantissa.</param>
    /// <param name="mantissa">The exact value times the unit.</param>
    /// <returns>False when the text is no number, does not fit the scale exactly, or overflows.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ref byte frame, int length, NumberPlace place, NumberScale scale, out long mantissa)
    {
        (int start, int whole, int end) = place;
        int point = start + whole;
        int decimals = scale.Decimals;
        Debug.Assert(start >= BytesBefore && start <= end && end <= length && whole <= end - start, "the number lies outside the frame, or too close to its start");
        Debug.Assert(decimals is >= 0 and <= SymbolCache.MaxDecimals, "the market's scale is too fine for this path");
        unchecked
        {
            if ((uint)(whole - 1) >= MaxWholeDigits)
                return TrySlow(ref frame, start, end, decimals, out mantissa);
            ulong high = FrameBytes.Digits(FrameBytes.Word(ref frame, start + whole - 8, length));
            ulong bad = 0;
            long value;
            if (whole <= 8)
            {
                high = FrameBytes.KeepLast(high, whole);
                value = FrameBytes.Value(high);
            }
            else
            {
                ulong top = FrameBytes.KeepLast(FrameBytes.Digits(FrameBytes.Word(ref frame, start + whole - 16, length)), whole - 8);
                bad = FrameBytes.NotDigits(top);
                value = FrameBytes.Value(top) * 100_000_000 + FrameBytes.Value(high);
            }
            bad |= FrameBytes.NotDigits(high);
            value *= scale.Unit;
            if (point < end)
            {
                int fraction = end - point - 1;
                int keep = Math.Min(fraction, decimals);
                int drop = fraction - keep;
                if (fraction == 0 || drop > 7 || FrameBytes.At(ref frame, point, length) != '.')
                    return TrySlow(ref frame, start, end, decimals, out mantissa);
                // with no decimals at all everything behind the point is dropped, and checked to be zeros below
                ulong low = keep == 0 ? 0 : FrameBytes.KeepLast(FrameBytes.Digits(FrameBytes.Word(ref frame, point + 1 + keep - 8, length)), keep);
                bad |= FrameBytes.NotDigits(low) | FrameBytes.Dropped(ref frame, end, drop, length);
                value += FrameBytes.Value(low) * UnitOf(decimals - keep);
            }
            if (bad != 0 || (whole > 1 && FrameBytes.At(ref frame, start, length) == '0'))
                return TrySlow(ref frame, start, end, decimals, out mantissa);
            Debug.Assert(value >= 0, "ten whole digits and eight decimals stay below 2^63");
            mantissa = value;
            return true;
        }
    }

    /// <summary>10^<paramref name="decimals"/>, from a table of nine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long UnitOf(int decimals)
    {
        Debug.Assert(decimals is >= 0 and <= SymbolCache.MaxDecimals, "the table has nine entries");
        return Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(PowersOfTen.AsLong), decimals);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TrySlow(ref byte frame, int start, int end, int decimals, out long mantissa) =>
        DecimalText.Parse(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref frame, start), end - start), decimals, out mantissa) == DecodeStatus.Ok;
}
