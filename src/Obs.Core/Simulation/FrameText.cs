using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Simulation;

/// <summary>Writes a frame's text into a fixed buffer. No allocation.</summary>
internal sealed class FrameText
{
    private const int Decimals = 8;
    private const int MaxDigits = 19;

    private readonly byte[] _bytes = new byte[32_768];
    private int _length;

    /// <summary>What was written; valid until the next frame begins.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Begins a frame.</summary>
    public void Clear() => _length = 0;

    /// <summary>Appends text as it is.</summary>
    public FrameText Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
        return this;
    }

    /// <summary>Appends a whole number, not negative, with at least so many digits.</summary>
    public FrameText AddWhole(long number, int digits = 1)
    {
        Debug.Assert(number >= 0, "frames hold no negative whole numbers");
        int length = digits;
        while (length < MaxDigits && number >= PowersOfTen.AsLong[length])
            length++;
        for (int at = _length + length - 1; at >= _length; at--)
        {
            _bytes[at] = (byte)('0' + number % 10);
            number /= 10;
        }
        _length += length;
        return this;
    }

    /// <summary>Appends a mantissa of 8 decimals without trailing zeros, but with one decimal, as the venue does: 63943000.0, 0.00012.</summary>
    public FrameText AddDecimal(long mantissa)
    {
        if (mantissa < 0)
            _bytes[_length++] = (byte)'-';
        long magnitude = Math.Abs(mantissa);
        _ = AddWhole(magnitude / PowersOfTen.AsLong[Decimals]);
        _bytes[_length++] = (byte)'.';
        _ = AddWhole(magnitude % PowersOfTen.AsLong[Decimals], Decimals);
        for (int removable = Decimals - 1; removable > 0 && _bytes[_length - 1] == '0'; removable--)
            _length--;
        return this;
    }
}
