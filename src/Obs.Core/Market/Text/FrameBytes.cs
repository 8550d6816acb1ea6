using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Obs.Core.Market.Text;

/// <summary>The one place of the decoders that reads memory without a bounds check. Each read states, as an assertion, why it lies inside the frame.</summary>
/// <remarks>Any thread. Vector code is the portable kind: 64 bytes at once where the processor has it, halves or quarters elsewhere.</remarks>
internal static class FrameBytes
{
    /// <summary>Bytes looked at by one mask. A frame shorter than this takes the general path.</summary>
    public const int BlockBytes = 64;

    private const ulong Zeros = 0x3030303030303030;
    private const ulong AboveNine = 0x7676767676767676;
    private const ulong HighBits = 0x8080808080808080;

    /// <summary>One byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte At(ref byte frame, int at, int length)
    {
        Debug.Assert(at >= 0 && at < length, "a byte outside the frame");
        return Unsafe.Add(ref frame, at);
    }

    /// <summary>Eight bytes, the first one lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word(ref byte frame, int at, int length)
    {
        Debug.Assert(at >= 0 && at <= length - 8, "a word that reaches outside the frame");
        ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref frame, at));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    /// <summary>Four bytes, the first one lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint HalfWord(ref byte frame, int at, int length)
    {
        Debug.Assert(at >= 0 && at <= length - 4, "a half word that reaches outside the frame");
        uint word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref frame, at));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    /// <summary>Sixteen bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Vector(ref byte frame, int at, int length)
    {
        Debug.Assert(at >= 0 && at <= length - Vector128<byte>.Count, "a vector that reaches outside the frame");
        return Vector128.LoadUnsafe(ref frame, unchecked((nuint)(uint)at));
    }

    /// <summary>Not 0 when one of the last <paramref name="count"/> bytes before a position (0 to 7) is something else than the digit 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Dropped(ref byte frame, int end, int count, int length)
    {
        Debug.Assert(count is >= 0 and <= 7, "a shift by 64 would drop nothing");
        return Digits(Word(ref frame, unchecked(end - 8), length)) & unchecked(~(ulong.MaxValue >> (8 * count)));
    }

    /// <summary>True when the bytes at a position are this literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Matches(ref byte frame, int at, int length, ReadOnlySpan<byte> literal)
    {
        Debug.Assert(at >= 0 && at <= length, "a position outside the frame");
        return literal.Length <= unchecked(length - at)
            && MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref frame, at), literal.Length).SequenceEqual(literal);
    }

    /// <summary>0 when the bytes at a position are this literal of at least four bytes, all of which lie in the frame.</summary>
    /// <remarks>For loops: with a constant literal two loads and two comparisons, which feed the branch directly.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Difference(ref byte frame, int at, int length, ReadOnlySpan<byte> literal)
    {
        Debug.Assert(literal.Length is >= 4 and <= 16, "a literal is covered by two loads");
        ref byte first = ref MemoryMarshal.GetReference(literal);
        unchecked
        {
            return literal.Length < 8
                ? (HalfWord(ref frame, at, length) ^ HalfWord(ref first, 0, 4)) | (HalfWord(ref frame, at + literal.Length - 4, length) ^ HalfWord(ref first, literal.Length - 4, literal.Length))
                : (Word(ref frame, at, length) ^ Word(ref first, 0, 8)) | (Word(ref frame, at + literal.Length - 8, length) ^ Word(ref first, literal.Length - 8, literal.Length));
        }
    }

    /// <summary>The 64 bytes from a position on, or the frame's last 64 when fewer are left; <paramref name="shift"/> is how many of them lie before the position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Block(ref byte frame, int at, int length, out int shift)
    {
        Debug.Assert(length >= BlockBytes, "the frame is shorter than a block");
        Debug.Assert(at >= 0 && at < length, "a block that starts outside the frame");
        int from = Math.Min(at, unchecked(length - BlockBytes));
        shift = unchecked(at - from);
        return Vector512.LoadUnsafe(ref frame, unchecked((nuint)(uint)from));
    }

    /// <summary>Bit k is set when byte k of the block is this one; shifted right by the block's shift, when byte k behind its position is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mask(Vector512<byte> block, byte wanted) => Vector512.Equals(block, Vector512.Create(wanted)).ExtractMostSignificantBits();

    /// <summary>Bit k is set when byte k behind the block's position may not stand in a plain string: controls, backslash, anything but ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MaskNotPlain(Vector512<byte> block, int shift)
    {
        Vector512<sbyte> signed = block.AsSByte();
        Vector512<sbyte> control = Vector512.LessThan(signed, Vector512.Create((sbyte)0x20));
        return (control.AsByte() | Vector512.Equals(block, Vector512.Create((byte)'\\'))).ExtractMostSignificantBits() >> shift;
    }

    /// <summary>The digits of a word as numbers 0 to 9; other bytes become something else (see <see cref="NotDigits"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Digits(ulong word) => word ^ Zeros;

    /// <summary>Not 0 when a byte is above 9. The lowest set bit is exact, higher ones may come from a carry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NotDigits(ulong digits) => unchecked((digits + AboveNine) | digits) & HighBits;

    /// <summary>Keeps the last <paramref name="count"/> bytes of a word (the highest), 1 to 8; the others become 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong KeepLast(ulong digits, int count)
    {
        Debug.Assert(count is >= 1 and <= 8, "a shift by 64 would keep everything");
        return digits & unchecked(ulong.MaxValue << (64 - 8 * count));
    }

    /// <summary>Value of eight digits, the first one most significant: pairs, fours, eight (three multiplications).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Value(ulong digits)
    {
        unchecked
        {
            ulong pairs = digits * 10 + (digits >> 8);
            ulong high = (pairs & 0x000000FF_000000FF) * 0x000F4240_00000064;
            ulong low = ((pairs >> 16) & 0x000000FF_000000FF) * 0x00002710_00000001;
            return (long)((high + low) >> 32);
        }
    }

    /// <summary>Number of digits at the start of a word, 0 to 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LeadingDigits(ulong digits) => BitOperations.TrailingZeroCount(NotDigits(digits)) >> 3;
}
