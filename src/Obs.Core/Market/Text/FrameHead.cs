using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Obs.Core.Market.Text;

/// <summary>How the frames of one stream begin: the same bytes each time, but for the digits of some integers. Learned from a frame that was decoded.</summary>
/// <remarks>
/// A frame that begins so means what that frame meant up to there, with the numbers it shows: two comparisons of 64 bytes stand for names, punctuation,
/// symbol and digits, and the integers lie where they lay. A byte is good when <c>byte − base ≤ limit</c> (unsigned), as in <see cref="NumberShape"/>: a
/// fixed byte is its own base with limit 0, a digit has '0' and 9, the first of several '1' and 8, what comes behind the head 0 and 255.
/// An integer is a run of digits between a colon and a comma; the digits of a symbol stand behind a quote and are fixed bytes. One thread.
/// </remarks>
internal struct FrameHead
{
    /// <summary>Longest head in bytes, and the shortest frame it can be compared with.</summary>
    public const int Bytes = 128;

    /// <summary>Most integers of a head.</summary>
    public const int IntegersMax = 4;

    private const int Half = Bytes / 2;
    private const int DigitsMax = 16;

    private Vector512<byte> _firstBase;
    private Vector512<byte> _firstLimit;
    private Vector512<byte> _secondBase;
    private Vector512<byte> _secondLimit;
    private Places _places;

    /// <summary>Bytes of the head; 0 before it is learned, when no frame of text matches.</summary>
    public int Length { get; private set; }

    /// <summary>Integers in it, in the order they stand there.</summary>
    public int Integers { get; private set; }

    /// <summary>Learns the head of a frame that was decoded; false, and nothing learned, when it is too long or its integers are too many, too long or too near
    /// the beginning.</summary>
    [SkipLocalsInit]
    public bool TryLearn(ReadOnlySpan<byte> frame, int length)
    {
        Debug.Assert(length <= frame.Length, "a head is part of its frame");
        if (length > Bytes)
            return false;
        Span<byte> low = stackalloc byte[Bytes], limit = stackalloc byte[Bytes];
        Places places = default;
        int integers = 0;
        low.Clear();
        limit.Fill(byte.MaxValue);
        frame[..length].CopyTo(low);
        limit[..length].Clear();
        for (int start = 1; start < length; start++)
        {
            int digits = frame[start - 1] == ':' ? frame[start..length].IndexOfAnyExceptInRange((byte)'0', (byte)'9') : 0;
            if (digits <= 0 || frame[start + digits] != ',')
                continue;
            if (integers == IntegersMax || digits > DigitsMax || start + digits < DigitsMax)
                return false;
            low.Slice(start, digits).Fill((byte)'0');
            limit.Slice(start, digits).Fill(9);
            if (digits > 1)
                (low[start], limit[start]) = ((byte)'1', 8);
            places[integers++] = new IntegerPlace(start + digits, digits);
        }
        (_firstBase, _secondBase) = (Vector512.Create<byte>(low[..Half]), Vector512.Create<byte>(low[Half..]));
        (_firstLimit, _secondLimit) = (Vector512.Create<byte>(limit[..Half]), Vector512.Create<byte>(limit[Half..]));
        (_places, Length, Integers) = (places, length, integers);
        return true;
    }

    /// <summary>True when a frame of at least <see cref="Bytes"/> begins so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Matches(ReadOnlySpan<byte> frame)
    {
        Debug.Assert(frame.Length >= Bytes, "two blocks lie in the frame");
        ref byte start = ref MemoryMarshal.GetReference(frame);
        Vector512<byte> first = Vector512.LoadUnsafe(ref start) - _firstBase;
        Vector512<byte> second = Vector512.LoadUnsafe(ref start, Half) - _secondBase;
        return Vector512.LessThanOrEqualAll(first, _firstLimit) && Vector512.LessThanOrEqualAll(second, _secondLimit);
    }

    /// <summary>An integer of a frame that matches. Its place does not depend on the others' digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long Integer(ReadOnlySpan<byte> frame, int index)
    {
        Debug.Assert(index >= 0 && index < Integers && frame.Length >= Bytes, "an integer of this head");
        IntegerPlace place = _places[index];
        ref byte start = ref MemoryMarshal.GetReference(frame);
        ulong high = FrameBytes.Digits(FrameBytes.Word(ref start, place.End - DigitsMax, frame.Length)) & place.HighMask;
        ulong low = FrameBytes.Digits(FrameBytes.Word(ref start, place.End - 8, frame.Length)) & place.LowMask;
        return unchecked(FrameBytes.Value(high) * 100_000_000 + FrameBytes.Value(low));
    }

    /// <summary>Where an integer ends, and which bytes of the sixteen before are its digits.</summary>
    private readonly struct IntegerPlace
    {
        public readonly ulong HighMask;
        public readonly ulong LowMask;
        public readonly int End;

        public IntegerPlace(int end, int digits)
        {
            Debug.Assert(digits is >= 1 and <= DigitsMax && end >= DigitsMax, "sixteen bytes up to the end hold the digits");
            End = end;
            LowMask = FrameBytes.KeepLast(ulong.MaxValue, Math.Min(digits, 8));
            HighMask = digits > 8 ? FrameBytes.KeepLast(ulong.MaxValue, digits - 8) : 0;
        }
    }

    [InlineArray(IntegersMax)]
    private struct Places
    {
        private IntegerPlace _first;
    }
}
