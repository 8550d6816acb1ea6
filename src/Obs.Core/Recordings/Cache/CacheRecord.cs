using System.Runtime.InteropServices;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Cache;

/// <summary>What stands in front of a cached event. 8 bytes, so that everything behind stays aligned.</summary>
/// <remarks>Behind it: <see cref="MarketEvent"/>, then <see cref="TailBytes"/> bytes of levels (or, for records that are no frames, of payload), padded to 8.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct CacheRecord(int tailBytes, RecordKind kind, VenueId venue, DecodeStatus status)
{
    /// <summary>Bytes behind the event, without padding.</summary>
    public readonly int TailBytes = tailBytes;

    /// <summary>Kind of the journal's record.</summary>
    public readonly RecordKind Kind = kind;

    /// <summary>Venue of the journal's record.</summary>
    public readonly VenueId Venue = venue;

    /// <summary>What the decoder said; refused frames are kept so that they count the same.</summary>
    public readonly DecodeStatus Status = status;

    /// <summary>Zero.</summary>
    public readonly byte Reserved;

    /// <summary>True for what a decoder saw.</summary>
    public bool IsFrame => Kind is RecordKind.VenueFrame or RecordKind.RestAnswer;
}
