using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market.Text;

/// <summary>Decimal text by a regular expression and big integers: slow, and hard to get wrong.</summary>
internal static partial class DecimalOracle
{
    public static (DecodeStatus Status, long Mantissa) Parse(string text, int decimals)
    {
        Match match = Grammar().Match(text);
        if (!match.Success)
            return (DecodeStatus.Malformed, 0);
        string fraction = match.Groups["fraction"].Value;
        BigInteger value = BigInteger.Parse(match.Groups["whole"].Value + fraction, CultureInfo.InvariantCulture);
        BigInteger power = (match.Groups["exponent"].Value is { Length: > 0 } exponent ? BigInteger.Parse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0)
            + decimals - fraction.Length;
        if (value.IsZero)
            return (DecodeStatus.Ok, 0);
        if (power > 100 || power < -5000)
            return (power > 0 ? DecodeStatus.Overflow : DecodeStatus.OffScale, 0);
        BigInteger rest = 0;
        value = power >= 0 ? value * BigInteger.Pow(10, (int)power) : BigInteger.DivRem(value, BigInteger.Pow(10, -(int)power), out rest);
        if (value > long.MaxValue)
            return (DecodeStatus.Overflow, 0);
        if (!rest.IsZero)
            return (DecodeStatus.OffScale, 0);
        return (DecodeStatus.Ok, (long)(text[0] == '-' ? -value : value));
    }

    [GeneratedRegex(@"\A-?(?<whole>0|[1-9][0-9]*)(\.(?<fraction>[0-9]+))?([eE](?<exponent>[+-]?[0-9]+))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
