using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Obs.Core.Market.Text;

/// <summary>Two decimal texts to two mantissas at once: prices and sizes come in pairs.</summary>
/// <remarks>Any thread. Both at once with AVX2; one after the other by <see cref="FastDecimal"/> elsewhere, and for anything unusual.
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
                ref readonly NumberShape firstShape = ref NumberScale.ShapeOf(in firstScale.Shapes, first.Whole, first.End - first.Start - first.Whole);
                ref readonly NumberShape secondShape = ref NumberScale.ShapeOf(in secondScale.Shapes, second.Whole, second.End - second.Start - second.Whole);
                Vector256<byte> text = Vector256.Create(
                    FrameBytes.Vector(ref frame, first.End - NumberShape.Bytes, length), FrameBytes.Vector(ref frame, second.End - NumberShape.Bytes, length));
                Vector256<byte> above = text - Vector256.Create(firstShape.Base, secondShape.Base);
                bool good = Vector256.LessThanOrEqualAll(above, Vector256.Create(firstShape.Limit, secondShape.Limit));
                if (good && (firstShape.Unusual | secondShape.Unusual) == 0)
                {
                    Vector256<byte> digits = Avx2.Shuffle(text - Vector256.Create((byte)'0'), Vector256.Create(firstShape.Shuffle, secondShape.Shuffle));
                    Vector256<long> values = Values(digits);
                    one = values.GetElement(0) * firstShape.Unit;
                    two = values.GetElement(2) * secondShape.Unit;
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

    /// <summary>The value of sixteen digits in each half, in its lower 64 bits: pairs, fours, eights, all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Values(Vector256<byte> digits)
    {
        Vector256<short> pairs = Avx2.MultiplyAddAdjacent(digits, Vector256.Create((short)0x010A).AsSByte());
        Vector256<int> fours = Avx2.MultiplyAddAdjacent(pairs, Vector256.Create(0x0001_0064).AsInt16());
        Vector256<short> packed = Avx2.PackUnsignedSaturate(fours, fours).AsInt16();
        // the upper eight digits stand in the lower half of each 64 bits
        Vector256<uint> eights = Avx2.MultiplyAddAdjacent(packed, Vector256.Create(0x0001_2710).AsInt16()).AsUInt32();
        return (Avx2.Multiply(eights, Vector256.Create(100_000_000u)) + (eights.AsUInt64() >> 32)).AsInt64();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TrySeparately(
        ref byte frame, int length, NumberPlace first, NumberScale firstScale, NumberPlace second, NumberScale secondScale, out long one, out long two)
    {
        bool valid = FastDecimal.TryParse(ref frame, length, first, firstScale, out one);
        return FastDecimal.TryParse(ref frame, length, second, secondScale, out two) && valid;
    }
}
