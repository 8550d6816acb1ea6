using System.Runtime.CompilerServices;

namespace Obs.Core.Market.Text;

/// <summary>Venue times: milliseconds, or microseconds from 10^15 on, to nanoseconds since 1970 UTC.</summary>
internal static class FrameTime
{
    private const long MicrosecondsFrom = 1_000_000_000_000_000;
    private const long NsPerMicrosecond = 1_000;
    private const long NsPerMillisecond = 1_000_000;

    /// <summary>2009-01-01, the first time a frame may carry, in ms. No venue is older than the thing it trades.</summary>
    private const long FirstMs = 1_230_768_000_000;

    private const long EndMs = 4_102_444_800_000;

    /// <summary>2100-01-01, the first time a frame may not carry, ns: far enough from the end of 64 bits to add what travel and clocks make of it.</summary>
    public const long EndNs = EndMs * NsPerMillisecond;

    /// <summary>Converts a stamp; false when it lies before 2009 or after 2099.</summary>
    public static bool TryToNs(long stamp, out long ns)
    {
        if (stamp < MicrosecondsFrom)
            return TryMsToNs(stamp, out ns);
        long ms = stamp / 1_000;
        bool valid = ms is >= FirstMs and < EndMs;
        ns = valid ? unchecked(stamp * NsPerMicrosecond) : 0;
        return valid;
    }

    /// <summary>Converts milliseconds; false when they lie before 2009 or after 2099.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryMsToNs(long ms, out long ns)
    {
        bool valid = ms is >= FirstMs and < EndMs;
        ns = valid ? unchecked(ms * NsPerMillisecond) : 0;
        return valid;
    }
}
