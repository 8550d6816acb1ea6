using System;
using System.Diagnostics;
using Obs.Core.Journal;

namespace Obs.Core.Market.Binance;

/// <summary>The frame of Binance's procedure for a local book; spot and futures differ in four comparisons.</summary>
/// <remarks>
/// "How to manage a local order book correctly": developers.binance.com/docs/binance-spot-api-docs/web-socket-streams, and
/// developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams (2026).
/// Diffs are kept until a snapshot comes. A snapshot older than the first kept diff is refused: another must be fetched. Then diffs the snapshot contains
/// are dropped, the first one left must reach over the snapshot, and each later one must follow its predecessor; else frames are missing and everything
/// starts anew. A snapshot newer than the book replaces it: in a recording it means the recorder started again.
/// </remarks>
internal abstract class BinanceSync : IVenueSync
{
    private RisingOrder _partialDepth;
    private Phase _phase;

    private enum Phase : byte
    {
        Waiting,
        OnSnapshot,
        Chained,
    }

    /// <inheritdoc/>
    public long LastUpdateId { get; private set; }

    /// <inheritdoc/>
    public ulong StateHash => BookHash.Mix(unchecked((ulong)LastUpdateId + ((ulong)_phase << 62))) ^ _partialDepth.StateHash;

    /// <inheritdoc/>
    public SyncStep OnDiff(in MarketEvent diff)
    {
        Debug.Assert(diff.Kind == MarketEventKind.Diff, "only diffs are chained");
        Debug.Assert(diff.FirstUpdateId <= diff.LastUpdateId, "the decoder refuses a diff that ends before it begins");
        if (_phase == Phase.Waiting)
            return SyncStep.Buffered;
        bool isFirst = _phase == Phase.OnSnapshot;
        if (isFirst ? IsInSnapshot(diff, LastUpdateId) : IsOlderThanBook(diff, LastUpdateId))
            return SyncStep.Drop(isFirst ? DropReason.InSnapshot : DropReason.OlderThanBook);
        if (isFirst ? !ReachesOver(diff, LastUpdateId) : !Follows(diff, LastUpdateId))
        {
            _phase = Phase.Waiting;
            LastUpdateId = 0;
            return new SyncStep(SyncOutcome.Gap, isFirst ? DropReason.SnapshotTooOld : DropReason.None, IsResync: !isFirst);
        }
        Debug.Assert(diff.LastUpdateId >= LastUpdateId, "an applied diff never takes the book back");
        _phase = Phase.Chained;
        LastUpdateId = diff.LastUpdateId;
        return SyncStep.Apply;
    }

    /// <inheritdoc/>
    public SyncStep OnSnapshot(in MarketEvent snapshot, ReadOnlySpan<MarketEvent> kept)
    {
        bool isWaiting = _phase == Phase.Waiting;
        if (isWaiting && kept.Length > 0 && !IsInSnapshot(kept[0], snapshot.LastUpdateId) && !ReachesOver(kept[0], snapshot.LastUpdateId))
            return SyncStep.Drop(DropReason.SnapshotTooOld);
        if (!isWaiting && snapshot.LastUpdateId <= LastUpdateId)
            return SyncStep.Drop(DropReason.SnapshotPassed);
        bool isResync = _phase == Phase.Chained;
        _phase = Phase.OnSnapshot;
        LastUpdateId = snapshot.LastUpdateId;
        return new SyncStep(SyncOutcome.SnapshotApplied, IsResync: isResync);
    }

    /// <inheritdoc/>
    /// <remarks>Partial depth streams (<c>@depth20</c>) are complete books of the best levels.</remarks>
    public SyncStep OnFullBook(in MarketEvent book) => _partialDepth.TryAdvance(book) ? SyncStep.Apply : SyncStep.Drop(DropReason.OlderVenueTime);

    /// <inheritdoc/>
    public void Save(SnapshotWriter writer)
    {
        writer.WriteByte((byte)_phase);
        writer.WriteInt64(LastUpdateId);
        _partialDepth.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(SnapshotReader reader)
    {
        _phase = (Phase)reader.ReadByte();
        LastUpdateId = reader.ReadInt64();
        _partialDepth.Restore(reader);
    }

    /// <summary>True when a snapshot at an id already contains the diff.</summary>
    protected abstract bool IsInSnapshot(in MarketEvent diff, long snapshotId);

    /// <summary>True when the first diff after a snapshot continues it without a hole.</summary>
    protected abstract bool ReachesOver(in MarketEvent diff, long snapshotId);

    /// <summary>True when the book has passed the diff already.</summary>
    protected abstract bool IsOlderThanBook(in MarketEvent diff, long bookId);

    /// <summary>True when the diff continues the book.</summary>
    protected abstract bool Follows(in MarketEvent diff, long bookId);
}
