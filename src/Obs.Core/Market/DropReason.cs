namespace Obs.Core.Market;

/// <summary>Why a well-formed frame did not enter the book or the tape. Shown to users with counts: numbers only grow.</summary>
internal enum DropReason : byte
{
    /// <summary>It was not dropped.</summary>
    None = 0,

    /// <summary>A diff that the snapshot already contains (spot: u ≤ lastUpdateId, futures: u &lt; lastUpdateId).</summary>
    InSnapshot = 1,

    /// <summary>A diff older than the book (overlap of two connections).</summary>
    OlderThanBook = 2,

    /// <summary>A snapshot older than the first buffered diff: another one is needed.</summary>
    SnapshotTooOld = 3,

    /// <summary>A snapshot that the book has already passed.</summary>
    SnapshotPassed = 4,

    /// <summary>A complete book stamped earlier than the market's last (Upbit tms).</summary>
    OlderVenueTime = 5,

    /// <summary>A complete book of an unsequenced feed that repeats an earlier one (<see cref="UnsequencedSync"/>).</summary>
    StaleRepeat = 6,

    /// <summary>An unsequenced diff before the first snapshot of its feed.</summary>
    BeforeSnapshot = 7,

    /// <summary>A trade whose id was seen before.</summary>
    DuplicateTrade = 8,

    /// <summary>A trade of the stream that does not count: the first kind seen (single or aggregated) is the market's tape.</summary>
    OtherTradeStream = 9,

    /// <summary>A kind of frame that this venue's procedure does not know.</summary>
    NotOfThisVenue = 10,

    /// <summary>A buffered diff pushed out because no snapshot came for too long.</summary>
    BufferFull = 11,
}
