using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Obs.Core.Market.Text;

/// <summary>Two decimal texts to two mantissas at once: prices and sizes come in pairs.</summary>
/// <remarks>Any thread, about 4 ns for both with AVX2; one after the other by <see cref="FastDecimal"/> elsewhere, and for anything unusual.
/// Both give what <see cref="DecimalText"/> gives.</remarks>
internal static class DecimalPair
{
    /// <summary>Bytes of the frame that must lie before the first number: vectors are read backwards from its end.</summary>
    public const int BytesBefore = NumberShape.Bytes;

    /// <summary>Converts both numbers; false when one is no number, does not fit its scale exactly, or overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(
        ref byte frame, int length, NumberPlace first, NumberScale firstScale, NumberPlace second, NumberScale secondScale, out long one, out long two)
    {
        Debug.Assert(first.Start >= BytesBefore && first.Start <= first.End, "a vector would reach before the frame");
        Debug.Assert(first.End < second.Start && second.Start <= second.End && second.End <= length, "the numbers lie one behind the other");
        if (Avx2.IsSupported)
        {
            unchecked
            {
                int firstWhole = Math.Min(first.Point, first.End) - first.Start, secondWhole = Math.Min(second.Point, second.End) - second.Start;
                ref readonly NumberShape firstShape = ref NumberScale.ShapeOf(in firstScale.Shapes, firstWhole, first.End - first.Start - firstWhole);
                ref readonly NumberShape secondShape = ref NumberScale.ShapeOf(in secondScale.Shapes, secondWhole, second.End - second.Start - secondWhole);
                Vector256<byte> text = Vector256.Create(
                    FrameBytes.Vector(ref frame, first.End - NumberShape.Bytes, length), FrameBytes.Vector(ref frame, second.End - NumberShape.Bytes, length));
                Vector256<byte> above = text - Vector256.Create(firstShape.Base, secondShape.Base);
                bool good = Vector256.LessThanOrEqualAll(above, Vector256.Create(firstShape.Limit, secondShape.Limit));
                if (good && (firstShape.Unusual | secondShape.Unusual) == 0)
                {
                    Vector256<byte> digits = Avx2.Shuffle(text - Vector256.Create((byte)'0'), Vector256.Create(firstShape.Shuffle, secondShape.Shuffle));
                    Vector256<ulong> values = Values(digits);
                    one = Whole(values.GetElement(0)) * firstShape.Unit;
                    two = Whole(values.GetElement(2)) * secondShape.Unit;
                    Debug.Assert(one >= 0 && two >= 0, "the shape limits the digits to 18");
                    return true;
                }
            }
        }
        // locals of their own: the results stay in registers on the usual way
        bool valid = TrySeparately(ref frame, length, first, firstScale, second, secondScale, out long slowOne, out long slowTwo);
        (one, two) = (slowOne, slowTwo);
        return valid;
    }

    /// <summary>Sixteen digits a half to two numbers of eight digits: low word the upper, high word the lower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Values(Vector256<byte> digits)
    {
        Vector256<short> pairs = Avx2.MultiplyAddAdjacent(digits, Vector256.Create((short)0x010A).AsSByte());
        Vector256<int> fours = Avx2.MultiplyAddAdjacent(pairs, Vector256.Create(0x0001_0064).AsInt16());
        Vector256<short> packed = Avx2.PackUnsignedSaturate(fours, fours).AsInt16();
        return Avx2.MultiplyAddAdjacent(packed, Vector256.Create(0x0001_2710).AsInt16()).AsUInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Whole(ulong halves) => unchecked((long)((halves & uint.MaxValue) * 100_000_000 + (halves >> 32)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TrySeparately(
        ref byte frame, int length, NumberPlace first, NumberScale firstScale, NumberPlace second, NumberScale secondScale, out long one, out long two)
    {
        bool valid = FastDecimal.TryParse(ref frame, length, first, firstScale, out one);
        return FastDecimal.TryParse(ref frame, length, second, secondScale, out two) && valid;
    }
}
