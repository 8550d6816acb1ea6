using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Obs.Core.Journal;

/// <summary>CRC32C (Castagnoli, polynomial 0x1EDC6F41 reflected, RFC 3720 §B.4): by the processor's instruction where there is one, else by
/// tables.</summary>
/// <remarks>The x86 instruction takes 3 cycles and can start each cycle, so longer inputs run in three lanes at once, joined by a
/// carry-less
/// multiplication (Gopal et al., "Fast CRC Computation for iSCSI Polynomial Using CRC32 Instruction", Intel 2011). A 328-byte record takes
/// about
/// 60 cycles instead of 123. <see cref="BitOperations.Crc32C(uint, ulong)"/> covers Arm and processors without either. Pure; any
/// thread.</remarks>
internal static unsafe class Crc32C
{
    private const int LaneWordsMax = 256;
    private const int ThreeLanesFromWords = 18;
    private const uint PolynomialReflected = 0x82F63B78;
    private static readonly uint[] ShiftByWords = BuildShifts();

    /// <summary>The checksum of some bytes, as other programs compute it ("123456789" gives 0xE3069283).</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            nint words = bytes.Length >> 3;
            uint state = AddWords(uint.MaxValue, start, words);
            for (nint at = words << 3; at < bytes.Length; at++)
                state = BitOperations.Crc32C(state, start[at]);
            return ~state;
        }
    }

    /// <summary>The checksum of a record: its length, four zero bytes in place of the checksum, then everything up to the padded
    /// end.</summary>
    /// <param name="record">First byte of the record's header, a multiple of 8.</param>
    /// <param name="lengthBytes">The length to be stored; read from here because the writer stores it last.</param>
    /// <param name="paddedBytes">Length rounded up to 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint OfRecord(byte* record, int lengthBytes, nint paddedBytes)
    {
        Debug.Assert(((nint)record & 7) == 0, "records are 8-byte aligned");
        Debug.Assert(lengthBytes <= paddedBytes && paddedBytes < (long)lengthBytes + 8, "padding is below 8 bytes");
        uint state = BitOperations.Crc32C(uint.MaxValue, (ulong)unchecked((uint)lengthBytes));
        return ~AddWords(state, record + 8, (paddedBytes >> 3) - 1);
    }

    /// <summary>Advances a raw state (not inverted) over whole 8-byte words, by the fastest way of this processor.</summary>
    public static uint AddWords(uint state, byte* at, nint words)
    {
        Debug.Assert(words >= 0, "a checksum runs forward");
        if (Pclmulqdq.IsSupported && Sse42.X64.IsSupported)
            return AddWordsInLanes(state, (ulong*)at, words);
        return AddWordsPlainly(state, at, words);
    }

    /// <summary>Advances a raw state one word after the other; the reference that the lanes are compared with.</summary>
    public static uint AddWordsPlainly(uint state, byte* at, nint words)
    {
        unchecked
        {
            for (nint i = 0; i < words; i++)
                state = BitOperations.Crc32C(state, ((ulong*)at)[i]);
            return state;
        }
    }

    private static uint AddWordsInLanes(uint start, ulong* at, nint words)
    {
        unchecked
        {
            ulong state = start;
            while (words >= ThreeLanesFromWords)
            {
                nint lane = Math.Min(words / 3, LaneWordsMax);
                ulong first = state, second = 0, third = 0;
                for (nint i = 0; i < lane; i++)
                {
                    first = Sse42.X64.Crc32(first, at[i]);
                    second = Sse42.X64.Crc32(second, at[lane + i]);
                    third = Sse42.X64.Crc32(third, at[(2 * lane) + i]);
                }
                Vector128<ulong> shiftedFirst = Times(first, ShiftByWords[2 * lane]);
                Vector128<ulong> shiftedSecond = Times(second, ShiftByWords[lane]);
                state = third ^ Sse42.X64.Crc32(0, (shiftedFirst ^ shiftedSecond).ToScalar());
                at += 3 * lane;
                words -= 3 * lane;
            }
            for (nint i = 0; i < words; i++)
                state = Sse42.X64.Crc32(state, at[i]);
            return (uint)state;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Times(ulong left, uint right) =>
        Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(left), Vector128.CreateScalar((ulong)right), 0);

    /// <summary>Entry w is x^(64·w − 33) mod P, reflected: times it, one more crc32 step (which multiplies by x^33) moves a state w words
    /// on.</summary>
    private static uint[] BuildShifts()
    {
        uint[] shifts = new uint[(2 * LaneWordsMax) + 1];
        uint power = 0x8000_0000;                       // x^0
        for (int exponent = 1, word = 1; word < shifts.Length; exponent++)
        {
            power = (power >> 1) ^ ((power & 1) * PolynomialReflected);
            if (exponent == (64 * word) - 33)
                shifts[word++] = power;
        }
        return shifts;
    }
}
