using System.Globalization;

namespace Obs.Cli;

/// <summary>Lengths of time as every command takes them: a bare number counts in the option's own unit, a number with a unit (500ms, 8s, 1.5h) in that unit.</summary>
internal static class DurationText
{
    /// <summary>Forms with a unit, for messages and help texts.</summary>
    public const string Examples = "500ms, 8s, 5m, 2h or 3d";

    // far above what any option takes; its product with the longest unit still fits
    private const decimal NumberMax = 1e12m;

    /// <summary>Reads a length of time.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="unitNs">Length of the unit that a bare number counts in, ns.</param>
    /// <param name="value">The length in that unit; not finite where a bare number says so.</param>
    /// <returns>False when it is neither a number nor a number with a unit.</returns>
    public static bool TryParse(string text, long unitNs, out double value)
    {
        if (TryParseNs(text, out decimal ns))
        {
            value = (double)(ns / unitNs);
            return true;
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a number with a unit; a bare number is none.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="ns">The length, ns; may be negative and may have a fraction.</param>
    public static bool TryParseNs(string text, out decimal ns)
    {
        int digits = text.Length;
        while (digits > 0 && !char.IsAsciiDigit(text[digits - 1]) && text[digits - 1] != '.')
            digits--;
        ns = 0;
        if (UnitNs(text[digits..]) is not { } unitNs)
            return false;
        if (!decimal.TryParse(text[..digits], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
            return false;
        if (number is < -NumberMax or > NumberMax)
            return false;
        ns = number * unitNs;
        return true;
    }

    private static long? UnitNs(string unit) => unit switch
    {
        "ns" => 1,
        "us" or "µs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" or "min" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        "d" => 86_400_000_000_000,
        _ => null,
    };
}
