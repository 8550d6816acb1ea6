using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Obs.Core.Market.Text;

/// <summary>A walk over a frame that expects the venue's usual shape byte for byte, for the decoders' fast path.</summary>
/// <remarks>Any thread, no allocation. A false answer means "a surprise": the caller gives up and lets the general path decide. Accepts only what
/// the general path accepts with the same meaning. The frame must have at least <see cref="FrameBytes.BlockBytes"/> bytes.</remarks>
internal ref struct FrameCursor
{
    private const int MillisecondDigits = 13;
    private const int MaxIntegerDigits = 18;
    private const long ExactDoubles = 1L << 53;

    private readonly ref byte _frame;
    private readonly int _length;
    private int _at;

    /// <summary>Starts at the first byte of a frame.</summary>
    public FrameCursor(ReadOnlySpan<byte> frame)
    {
        Debug.Assert(frame.Length >= FrameBytes.BlockBytes, "short frames take the general path");
        _frame = ref MemoryMarshal.GetReference(frame);
        _length = frame.Length;
        _at = 0;
    }

    /// <summary>First byte of the frame.</summary>
    public readonly ref byte Frame => ref _frame;

    /// <summary>Bytes of the frame.</summary>
    public readonly int Length => _length;

    /// <summary>Position of the next byte.</summary>
    public int At
    {
        readonly get => _at;
        set
        {
            Debug.Assert(value >= _at && value <= _length, "a cursor moves forward and stays inside");
            _at = value;
        }
    }

    /// <summary>True when everything is taken.</summary>
    public readonly bool IsAtEnd => _at == _length;

    /// <summary>True when the next bytes are this literal; takes nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Sees(ReadOnlySpan<byte> literal) => FrameBytes.Matches(ref _frame, _at, _length, literal);

    /// <summary>Takes a literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(ReadOnlySpan<byte> literal)
    {
        if (!FrameBytes.Matches(ref _frame, _at, _length, literal))
            return false;
        _at = unchecked(_at + literal.Length);
        return true;
    }

    /// <summary>Takes a time of 13 digits (ms), as every frame has since 2001.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeTimeNs(out long ns)
    {
        ns = 0;
        if (unchecked(_length - _at) < MillisecondDigits)
            return false;
        ulong first = FrameBytes.Digits(FrameBytes.Word(ref _frame, _at, _length));
        ulong last = FrameBytes.Digits(FrameBytes.Word(ref _frame, unchecked(_at + MillisecondDigits - 8), _length));
        if ((FrameBytes.NotDigits(first) | FrameBytes.NotDigits(last)) != 0)
            return false;
        _at = unchecked(_at + MillisecondDigits);
        long stamp = unchecked(FrameBytes.Value(first) * 100_000 + FrameBytes.Value(FrameBytes.KeepLast(last, 5)));
        // a smaller number would start with 0, which is out of range here and no number there
        return FrameTime.TryMsToNs(stamp, out ns);
    }

    /// <summary>Takes an integer of 1 to 18 digits without sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeInteger(out long value)
    {
        value = 0;
        unchecked
        {
            int start = _at;
            while (_length - _at >= 8 && _at - start <= MaxIntegerDigits)
            {
                ulong digits = FrameBytes.Digits(FrameBytes.Word(ref _frame, _at, _length));
                int count = FrameBytes.LeadingDigits(digits);
                if (count == 8)
                {
                    value = value * 100_000_000 + FrameBytes.Value(digits);
                    _at += 8;
                    continue;
                }
                if (count > 0)
                    value = value * PowersOfTen.AsLong[count] + FrameBytes.Value(digits << (64 - 8 * count));
                _at += count;
                int taken = _at - start;
                return taken is >= 1 and <= MaxIntegerDigits && (taken == 1 || FrameBytes.At(ref _frame, start, _length) != '0');
            }
        }
        return false;
    }

    /// <summary>Takes a symbol the cache knows, up to its closing quote, which stays.</summary>
    /// <returns>A reference to the market, or a null reference.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly MarketScale TakeSymbol(SymbolCache cache)
    {
        if (unchecked(_length - _at) <= SymbolCache.MaxSymbolBytes)
            return ref Unsafe.NullRef<MarketScale>();
        Vector128<byte> text = Vector128.LoadUnsafe(ref _frame, unchecked((nuint)(uint)_at));
        uint quotes = Vector128.Equals(text, Vector128.Create((byte)'"')).ExtractMostSignificantBits() | 1u << SymbolCache.MaxSymbolBytes;
        int length = BitOperations.TrailingZeroCount(quotes);
        // a symbol that ends in NUL would look like a shorter one
        if (length == 0 || FrameBytes.At(ref _frame, unchecked(_at + length), _length) != '"' || FrameBytes.At(ref _frame, unchecked(_at + length - 1), _length) == 0)
            return ref Unsafe.NullRef<MarketScale>();
        ulong low = FrameBytes.Word(ref _frame, _at, _length);
        ulong high = FrameBytes.Word(ref _frame, unchecked(_at + 8), _length);
        low = length >= 8 ? low : low & unchecked(~(ulong.MaxValue << (8 * length)));
        high = length > 8 ? high & unchecked(ulong.MaxValue >> (8 * (SymbolCache.MaxSymbolBytes - length))) : 0;
        _at = unchecked(_at + length);
        return ref cache.Find(low, high);
    }

    /// <summary>Takes the contents of a plain string of at most 63 characters up to its closing quote, which stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakePlainText(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (_at >= _length)
            return false;
        Vector512<byte> block = FrameBytes.Block(ref _frame, _at, _length, out int shift);
        ulong quotes = FrameBytes.Mask(block, (byte)'"') >> shift;
        ulong before = quotes ^ unchecked(quotes - 1);
        if (quotes == 0 || (FrameBytes.MaskNotPlain(block, shift) & before) != 0)
            return false;
        int length = BitOperations.TrailingZeroCount(quotes);
        text = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _frame, _at), length);
        _at = unchecked(_at + length);
        return true;
    }

    /// <summary>Takes two numbers with a literal between them, up to a delimiter behind the second, which stays. The literal starts with the
    /// delimiter and holds no point; both numbers together with it must fit a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakePair(byte delimiter, ReadOnlySpan<byte> between, int delimitersBetween, NumberScale firstScale, NumberScale secondScale, out long first, out long second)
    {
        unchecked
        {
            first = second = 0;
            int start = _at;
            if (start >= _length || start < DecimalPair.BytesBefore)
                return false;
            Vector512<byte> block = FrameBytes.Block(ref _frame, start, _length, out int shift);
            ulong delimiters = FrameBytes.Mask(block, delimiter) >> shift;
            ulong ends = delimiters | (FrameBytes.Mask(block, (byte)'.') >> shift);
            int firstEnd = start + BitOperations.TrailingZeroCount(delimiters);
            for (int skip = 0; skip < delimitersBetween; skip++)
                delimiters &= delimiters - 1;
            int secondStart = firstEnd + between.Length;
            int secondEnd = start + BitOperations.TrailingZeroCount(delimiters);
            // a delimiter left in the block means that all before it lie in the frame
            if (delimiters == 0 || secondEnd < secondStart || !FrameBytes.Matches(ref _frame, firstEnd, _length, between))
                return false;
            _at = secondEnd;
            return DecimalPair.TryParse(
                ref _frame, _length, new NumberPlace(start, BitOperations.TrailingZeroCount(ends), firstEnd), firstScale,
                new NumberPlace(secondStart, BitOperations.TrailingZeroCount(ends >> (secondStart - start)), secondEnd), secondScale, out first, out second);
        }
    }

    /// <summary>Takes a number that is not needed, whatever its size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeAnyNumber()
    {
        int length = JsonNumber.Length(Rest());
        _at = unchecked(_at + length);
        return length > 0;
    }

    /// <summary>Takes two sums the venue states, with a literal between them, up to the comma behind the second, which stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeTotals(ReadOnlySpan<byte> between, NumberScale scale, out double first, out double second)
    {
        int start = _at;
        if (TakePair((byte)',', between, 1, scale, scale, out long one, out long two) && one is >= 0 and <= ExactDoubles && two is >= 0 and <= ExactDoubles)
        {
            // both operands are exact, so the quotient is the nearest double, as from any correct parser
            first = one / PowersOfTen.AsDouble[scale.Decimals];
            second = two / PowersOfTen.AsDouble[scale.Decimals];
            return true;
        }
        _at = start;
        int taken = FloatText.ParseTotals(Rest(), between, out first, out second);
        _at = unchecked(_at + taken);
        return taken > 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ReadOnlySpan<byte> Rest() => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _frame, _at), unchecked(_length - _at));
}
