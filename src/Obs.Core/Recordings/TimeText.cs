using System;
using System.Buffers.Text;

namespace Obs.Core.Recordings;

/// <summary>Times written for people: <c>YYYY-MM-DD HH:MM:SS[.fraction][Z]</c>, T allowed for the space.</summary>
internal static class TimeText
{
    private const long NsPerTick = 100;

    /// <summary>Reads a time of a zone as ns since 1970 UTC; false when it is none. Digits behind the ninth decimal are refused.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, int utcOffsetMinutes, out long ns)
    {
        ns = 0;
        if (text.Length > 0 && text[^1] == 'Z')
        {
            text = text[..^1];
            utcOffsetMinutes = 0;
        }
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)' ' or (byte)'T') || text[13] != ':' || text[16] != ':')
            return false;
        if (!TryInt(text[..4], out int year) || !TryInt(text[5..7], out int month) || !TryInt(text[8..10], out int day)
            || !TryInt(text[11..13], out int hour) || !TryInt(text[14..16], out int minute) || !TryInt(text[17..19], out int second))
            return false;
        if (year is < 2009 or > 2099 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        if (!TryFraction(text[19..], out long fractionNs))
            return false;
        DateTime local = new(year, month, day, hour, minute, second, DateTimeKind.Utc);
        ns = (local.Ticks - DateTime.UnixEpoch.Ticks) * NsPerTick + fractionNs - utcOffsetMinutes * 60_000_000_000L;
        return true;
    }

    private static bool TryInt(ReadOnlySpan<byte> digits, out int value) =>
        Utf8Parser.TryParse(digits, out value, out int used) && used == digits.Length && value >= 0 && digits[0] is >= (byte)'0' and <= (byte)'9';

    private static bool TryFraction(ReadOnlySpan<byte> text, out long ns)
    {
        ns = 0;
        if (text.IsEmpty)
            return true;
        if (text[0] != '.' || text.Length is < 2 or > 10)
            return false;
        for (int at = 1; at < 10; at++)
        {
            int digit = at < text.Length ? text[at] - '0' : 0;
            if (digit is < 0 or > 9)
                return false;
            ns = ns * 10 + digit;
        }
        return true;
    }
}
