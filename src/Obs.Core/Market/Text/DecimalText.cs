using System;
using System.Diagnostics;

namespace Obs.Core.Market.Text;

/// <summary>The one door from decimal text to a mantissa: exact, or a reason.</summary>
/// <remarks>Any thread, no allocation. Accepts exactly the number grammar of JSON (RFC 8259 §6): no plus sign, no leading
/// zero ("00.1" is refused, also inside a Binance string), no bare point (".5", "5."). "-0" is 0.</remarks>
internal static class DecimalText
{
    private const int MaxSignificantDigits = 19;
    private const long ExponentLimit = 1_000_000_000_000;

    /// <summary>Reads <paramref name="text"/> × 10^<paramref name="decimals"/> as an integer.</summary>
    /// <param name="text">The whole text, nothing around it.</param>
    /// <param name="decimals">Decimals of the mantissa, 0 to 18.</param>
    /// <param name="mantissa">The exact mantissa; 0 unless the result is Ok. Range ±<see cref="long.MaxValue"/>.</param>
    /// <returns>Ok; Malformed (not a number); Overflow (beyond 64 bits after cutting decimals off); OffScale (digits other than 0 behind the last decimal).</returns>
    public static DecodeStatus Parse(ReadOnlySpan<byte> text, int decimals, out long mantissa)
    {
        Debug.Assert(decimals is >= 0 and <= 18, "the scale is out of range");
        mantissa = 0;
        int at = text.Length > 0 && text[0] == '-' ? 1 : 0;
        bool negative = at == 1;
        Significand digits = default;

        int wholeStart = at;
        at = digits.Take(text, at);
        int whole = at - wholeStart;
        if (whole == 0 || (whole > 1 && text[wholeStart] == '0'))
            return DecodeStatus.Malformed;

        int fraction = 0;
        if (at < text.Length && text[at] == '.')
        {
            int fractionStart = ++at;
            at = digits.Take(text, at);
            fraction = at - fractionStart;
            if (fraction == 0)
                return DecodeStatus.Malformed;
        }
        if (!TryExponent(text, at, out long exponent))
            return DecodeStatus.Malformed;
        return Scale(digits, exponent - fraction + decimals, negative, out mantissa);
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, int at, out long exponent)
    {
        exponent = 0;
        if (at == text.Length)
            return true;
        if ((text[at] | 0x20) != 'e' || ++at == text.Length)
            return false;
        bool negative = text[at] == '-';
        if (text[at] is (byte)'-' or (byte)'+')
            at++;
        if (at == text.Length)
            return false;
        for (; at < text.Length; at++)
        {
            uint digit = unchecked(text[at] - (uint)'0');
            if (digit > 9)
                return false;
            exponent = Math.Min(exponent * 10 + digit, ExponentLimit);
        }
        exponent = negative ? -exponent : exponent;
        return true;
    }

    private static DecodeStatus Scale(in Significand digits, long power, bool negative, out long mantissa)
    {
        mantissa = 0;
        if (digits.Value == 0)
            return DecodeStatus.Ok;
        power += digits.Dropped;
        ulong magnitude = digits.Value;
        bool exact = !digits.DroppedNonZero;
        if (power > 0)
        {
            // where digits were dropped, 19 were kept: times 10 they are beyond the range, as they must be
            if (power > 18 || Math.BigMul(magnitude, (ulong)PowersOfTen.AsLong[power], out magnitude) != 0)
                return DecodeStatus.Overflow;
        }
        else if (power < -18)
        {
            return DecodeStatus.OffScale;
        }
        else if (power < 0)
        {
            (magnitude, ulong rest) = Math.DivRem(magnitude, (ulong)PowersOfTen.AsLong[-power]);
            exact &= rest == 0;
        }
        if (magnitude > long.MaxValue)
            return DecodeStatus.Overflow;
        if (!exact)
            return DecodeStatus.OffScale;
        mantissa = negative ? -(long)magnitude : (long)magnitude;
        return DecodeStatus.Ok;
    }

    /// <summary>The first 19 significant digits, and what was behind them.</summary>
    private struct Significand
    {
        /// <summary>Value of the kept digits.</summary>
        public ulong Value;

        /// <summary>Digits behind the kept ones.</summary>
        public int Dropped;

        /// <summary>True when one of the dropped digits was not 0.</summary>
        public bool DroppedNonZero;

        private int _kept;

        /// <summary>Takes the run of digits at a position; returns the position behind it.</summary>
        public int Take(ReadOnlySpan<byte> text, int at)
        {
            for (; at < text.Length; at++)
            {
                uint digit = unchecked(text[at] - (uint)'0');
                if (digit > 9)
                    break;
                if (_kept < MaxSignificantDigits)
                {
                    Value = unchecked(Value * 10 + digit);
                    _kept += Value == 0 ? 0 : 1;
                }
                else
                {
                    Dropped++;
                    DroppedNonZero |= digit != 0;
                }
            }
            Debug.Assert(_kept <= MaxSignificantDigits, "19 digits fit 64 bits, 20 do not");
            return at;
        }
    }
}
