namespace Obs.Core.Recordings;

/// <summary>Times of unknown unit to nanoseconds since 1970 UTC: from 10^17 on ns, from 10^14 µs, from 10^11 ms.</summary>
/// <remarks>The bands don't overlap for any time between 1973 and 5138. What comes out lies between 2009 and 2099, so it fits 64 bits.</remarks>
internal static class ReceiveTime
{
    /// <summary>2009-01-01: no market is older than what it trades.</summary>
    public const long FirstNs = 1_230_768_000_000_000_000;

    /// <summary>2100-01-01, the first time that is refused.</summary>
    public const long EndNs = 4_102_444_800_000_000_000;

    private const long NsFrom = 100_000_000_000_000_000;
    private const long MicrosecondsFrom = 100_000_000_000_000;
    private const long MillisecondsFrom = 100_000_000_000;

    /// <summary>Converts a time; anything but <see cref="BadLineReason.None"/> says why not.</summary>
    public static BadLineReason ToNs(long value, out long ns)
    {
        ns = 0;
        if (value < MillisecondsFrom)
            return BadLineReason.TimeUnitUnknown;
        long unitNs = value >= NsFrom ? 1 : value >= MicrosecondsFrom ? 1_000 : 1_000_000;
        if (value < FirstNs / unitNs || value >= EndNs / unitNs)
            return BadLineReason.ClockAbsurd;
        ns = value * unitNs;
        return BadLineReason.None;
    }
}
