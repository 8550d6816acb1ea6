using System;
using Obs.Core.Journal;

namespace Obs.Core.Market.Upbit;

/// <summary>Upbit: every book is complete and stands for itself; one stamped (tms) before the market's last is dropped: frames of two connections may overlap, and nothing but the time orders them.</summary>
internal sealed class UpbitSync : IVenueSync
{
    private RisingOrder _order;

    /// <inheritdoc/>
    public long LastUpdateId => 0;

    /// <inheritdoc/>
    public ulong StateHash => _order.StateHash;

    /// <inheritdoc/>
    public SyncStep OnDiff(in MarketEvent diff) => SyncStep.Drop(DropReason.NotOfThisVenue);

    /// <inheritdoc/>
    public SyncStep OnSnapshot(in MarketEvent snapshot, ReadOnlySpan<MarketEvent> kept) => SyncStep.Drop(DropReason.NotOfThisVenue);

    /// <inheritdoc/>
    public SyncStep OnFullBook(in MarketEvent book) => _order.TryAdvance(book) ? SyncStep.Apply : SyncStep.Drop(DropReason.OlderVenueTime);

    /// <inheritdoc/>
    public void Save(SnapshotWriter writer) => _order.Save(writer);

    /// <inheritdoc/>
    public void Restore(SnapshotReader reader) => _order.Restore(reader);
}
