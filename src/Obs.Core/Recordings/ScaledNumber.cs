using System;
using System.Buffers.Text;
using System.Diagnostics;
using Obs.Core.Market;
using Obs.Core.Market.Text;

namespace Obs.Core.Recordings;

/// <summary>Numbers of foreign files to mantissas: exact, or a reason why not.</summary>
/// <remarks>Any thread, no allocation.</remarks>
internal static class ScaledNumber
{
    private const double ExactInDouble = 9_007_199_254_740_992;
    private const double LargestDouble = 9.2e18;

    /// <summary>Reads decimal text (exponents allowed) at a scale.</summary>
    public static BadLineReason Parse(ReadOnlySpan<byte> text, int decimals, out long mantissa)
    {
        Debug.Assert(decimals is >= 0 and <= 18, "the scale is out of range");
        mantissa = 0;
        if (text.IsEmpty)
            return BadLineReason.MissingField;
        return DecimalText.Parse(text, decimals, out mantissa) switch
        {
            DecodeStatus.Ok => BadLineReason.None,
            DecodeStatus.Overflow => BadLineReason.Overflow,
            DecodeStatus.OffScale => BadLineReason.OffScale,
            _ => BadLineReason.Malformed,
        };
    }

    /// <summary>Finds the mantissa whose decimal value the double is the nearest to.</summary>
    /// <remarks>Up to 2^53 the quotient of mantissa and unit is correctly rounded, so equality proves that the double came from that decimal text.</remarks>
    public static BadLineReason OfDouble(double value, int decimals, out long mantissa)
    {
        Debug.Assert(decimals is >= 0 and <= 18, "the scale is out of range");
        mantissa = 0;
        if (!double.IsFinite(value))
            return BadLineReason.Malformed;
        double scaled = Math.Round(value * PowersOfTen.AsDouble[decimals]);
        if (Math.Abs(scaled) > LargestDouble)
            return BadLineReason.Overflow;
        if (Math.Abs(scaled) > ExactInDouble || scaled / PowersOfTen.AsDouble[decimals] != value)
            return BadLineReason.OffScale;
        mantissa = (long)scaled;
        return BadLineReason.None;
    }

    /// <summary>Reads a whole number, a time or an id.</summary>
    public static BadLineReason ParseWhole(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out int used) && used == text.Length && used > 0 ? BadLineReason.None : Parse(text, 0, out value);
}
