using System;
using System.Globalization;

namespace Obs.Core.Market.Text;

/// <summary>Decimal text to the nearest double, for the sums a venue states (never for prices or sizes of orders).</summary>
/// <remarks>Any thread, no allocation. Correctly rounded: a mantissa below 2^53 divided by a power of ten up to 10^22 is one exact operation
/// (Clinger 1990); anything else goes through the runtime's parser.</remarks>
internal static class FloatText
{
    private const int ExactDigits = 15;

    /// <summary>Reads a number that is not negative.</summary>
    /// <param name="text">The whole text, nothing around it; JSON's grammar.</param>
    /// <param name="value">The nearest double; NaN unless the result is Ok.</param>
    /// <returns>Ok, Malformed, Overflow (not finite) or BadSize (negative).</returns>
    public static DecodeStatus ParseTotal(ReadOnlySpan<byte> text, out double value)
    {
        value = double.NaN;
        if (JsonNumber.Length(text) != text.Length || text.IsEmpty)
            return DecodeStatus.Malformed;
        if (!TryExact(text, out double parsed))
            parsed = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(parsed))
            return DecodeStatus.Overflow;
        if (parsed < 0)
            return DecodeStatus.BadSize;
        value = Math.Abs(parsed);
        return DecodeStatus.Ok;
    }

    /// <summary>Reads two sums with a literal between them at the start of a text; what follows is not looked at.</summary>
    /// <returns>Bytes read, 0 when one of the three is not there or no good sum.</returns>
    public static int ParseTotals(ReadOnlySpan<byte> text, ReadOnlySpan<byte> between, out double first, out double second)
    {
        second = double.NaN;
        int length = JsonNumber.Length(text);
        if (ParseTotal(text[..length], out first) != DecodeStatus.Ok || !text[length..].StartsWith(between))
            return 0;
        int start = length + between.Length;
        int end = start + JsonNumber.Length(text[start..]);
        return ParseTotal(text[start..end], out second) == DecodeStatus.Ok ? end : 0;
    }

    private static bool TryExact(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.Length > ExactDigits + 1)
            return false;
        long mantissa = 0;
        int fraction = -1;
        foreach (byte character in text)
        {
            uint digit = unchecked(character - (uint)'0');
            if (digit > 9 && character != '.')
                return false;
            mantissa = digit > 9 ? mantissa : mantissa * 10 + digit;
            fraction = character == '.' ? 0 : fraction + (fraction >= 0 ? 1 : 0);
        }
        value = mantissa / PowersOfTen.AsDouble[Math.Max(fraction, 0)];
        return true;
    }
}
