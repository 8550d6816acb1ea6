using System;
using Obs.Core.Journal;

namespace Obs.Core.Market;

/// <summary>Order of complete books on a feed that stamps them: by update id where there is one, else by venue time; equal stamps are in order.</summary>
internal struct RisingOrder
{
    private long _lastId;
    private long _lastVenueNs;

    /// <summary>A digest of the state.</summary>
    public readonly ulong StateHash => BookHash.Mix(unchecked((ulong)_lastId + BookHash.Mix((ulong)_lastVenueNs)));

    /// <summary>True and remembered when the book is not older than the last; a book without any stamp always is.</summary>
    public bool TryAdvance(in MarketEvent book)
    {
        bool isOlder = book.LastUpdateId != 0 && _lastId != 0
            ? book.LastUpdateId < _lastId
            : book.VenueNs != 0 && book.VenueNs < _lastVenueNs;
        if (isOlder)
            return false;
        _lastId = Math.Max(_lastId, book.LastUpdateId);
        _lastVenueNs = Math.Max(_lastVenueNs, book.VenueNs);
        return true;
    }

    /// <summary>Writes the state.</summary>
    public readonly void Save(SnapshotWriter writer)
    {
        writer.WriteInt64(_lastId);
        writer.WriteInt64(_lastVenueNs);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(SnapshotReader reader)
    {
        _lastId = reader.ReadInt64();
        _lastVenueNs = reader.ReadInt64();
    }
}
