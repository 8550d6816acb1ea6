using System;

namespace Obs.Core.Market.Text;

/// <summary>The number grammar of JSON (RFC 8259 §6), as a scanner.</summary>
/// <remarks>Any thread, no allocation.</remarks>
internal static class JsonNumber
{
    /// <summary>Length of the number at the start of the text; 0 when there is none. What follows is not looked at.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        int start = text.Length > 0 && text[0] == '-' ? 1 : 0;
        int at = Digits(text, start);
        if (at == start || (at - start > 1 && text[start] == '0'))
            return 0;
        if (at < text.Length && text[at] == '.')
        {
            int fraction = at + 1;
            at = Digits(text, fraction);
            if (at == fraction)
                return 0;
        }
        if (at < text.Length && (text[at] | 0x20) == 'e')
        {
            at++;
            if (at < text.Length && text[at] is (byte)'-' or (byte)'+')
                at++;
            int exponent = at;
            at = Digits(text, exponent);
            if (at == exponent)
                return 0;
        }
        return at;
    }

    private static int Digits(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && unchecked(text[at] - (uint)'0') <= 9)
            at++;
        return at;
    }
}
