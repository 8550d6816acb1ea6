using System;
using Obs.Core.Journal;

namespace Obs.Core.Market;

/// <summary>A venue's procedure for keeping a local book: pure, one instance a market, no levels inside.</summary>
/// <remarks>Engine thread only. Called once a frame, so a plain interface; no allocation.</remarks>
internal interface IVenueSync
{
    /// <summary>Update id the book stands at; 0 without a book, or where the venue has none.</summary>
    long LastUpdateId { get; }

    /// <summary>A digest of the state, for the state hash.</summary>
    ulong StateHash { get; }

    /// <summary>Judges a diff. Called again for each kept diff after a snapshot.</summary>
    SyncStep OnDiff(in MarketEvent diff);

    /// <summary>Judges a snapshot, knowing the diffs kept so far, oldest first.</summary>
    SyncStep OnSnapshot(in MarketEvent snapshot, ReadOnlySpan<MarketEvent> kept);

    /// <summary>Judges a complete book.</summary>
    SyncStep OnFullBook(in MarketEvent book);

    /// <summary>Writes the state.</summary>
    void Save(SnapshotWriter writer);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    void Restore(SnapshotReader reader);
}
