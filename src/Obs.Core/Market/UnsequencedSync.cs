using System;
using System.Diagnostics;
using Obs.Core.Journal;

namespace Obs.Core.Market;

/// <summary>Rules for feeds that prove nothing about order: polled or recorded complete books, and diffs without ids.</summary>
/// <remarks>
/// Complete books: one that equals a book seen within the last 120 s when a different one came in between is stale, and so are its
/// immediate repeats; every sighting counts as seen, stale ones too. Causal: usable live. It drops the few true returns to an old book too:
/// 4.2 % of the recorded polled books, nearly all of them stale (UnsequencedSyncTests).
/// Books are compared by their 64-bit state hash. Diffs: skipped until a snapshot begins (<see cref="MarketEventFlags.ClearFirst"/>).
/// Engine thread only; allocates only while the ring of the last 120 s grows, to at most 16,384 sightings.
/// </remarks>
internal sealed class UnsequencedSync
{
    /// <summary>How long a sighting is remembered, ns.</summary>
    public const long MemoryNs = 120_000_000_000;

    private const int SightingsMax = 1 << 14;

    private ulong[] _hashes = new ulong[256];
    private long[] _seenNs = new long[256];
    private int _first;
    private int _count;
    private bool _lastIsStale;
    private bool _hasSnapshot;
    private bool _hasDiff;

    /// <summary>A digest of the state.</summary>
    public ulong StateHash => BookHash.Mix(unchecked(
        (_count == 0 ? 0 : _hashes[At(_count - 1)]) + (ulong)_count + (_lastIsStale ? 1UL << 60 : 0) + (_hasSnapshot ? 1UL << 61 : 0) + (_hasDiff ? 1UL << 62 : 0)));

    /// <summary>Judges a complete book by its content.</summary>
    public SyncStep OnFullBook(in MarketEvent book, ReadOnlySpan<BookLevel> levels)
    {
        ulong hash = unchecked(BookHash.OfLevels(Side.Bid, levels[..book.BidCount]) + BookHash.OfLevels(Side.Ask, levels.Slice(book.BidCount, book.AskCount)));
        long nowNs = _count == 0 ? book.ReceiveNs : Math.Max(book.ReceiveNs, _seenNs[At(_count - 1)]);
        if (_count > 0 && _hashes[At(_count - 1)] == hash)
        {
            _seenNs[At(_count - 1)] = nowNs; // a repeat of the last book: as good or as stale as that one
        }
        else
        {
            Forget(nowNs - MemoryNs);
            _lastIsStale = Contains(hash);
            Remember(hash, nowNs);
        }
        return _lastIsStale ? SyncStep.Drop(DropReason.StaleRepeat) : SyncStep.Apply;
    }

    /// <summary>Judges a diff without ids.</summary>
    public SyncStep OnDiff(in MarketEvent diff)
    {
        if ((diff.Flags & MarketEventFlags.ClearFirst) != 0)
        {
            bool isResync = _hasDiff;
            (_hasSnapshot, _hasDiff) = (true, false);
            return new SyncStep(SyncOutcome.SnapshotApplied, IsResync: isResync);
        }
        _hasDiff = _hasSnapshot;
        return _hasSnapshot ? SyncStep.Apply : SyncStep.Drop(DropReason.BeforeSnapshot);
    }

    /// <summary>Writes the state.</summary>
    public void Save(SnapshotWriter writer)
    {
        writer.WriteBoolean(_lastIsStale);
        writer.WriteBoolean(_hasSnapshot);
        writer.WriteBoolean(_hasDiff);
        writer.WriteInt32(_count);
        for (int index = 0; index < _count; index++)
        {
            writer.WriteUInt64(_hashes[At(index)]);
            writer.WriteInt64(_seenNs[At(index)]);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(SnapshotReader reader)
    {
        _lastIsStale = reader.ReadBoolean();
        _hasSnapshot = reader.ReadBoolean();
        _hasDiff = reader.ReadBoolean();
        (_first, _count) = (0, 0);
        for (int left = reader.ReadInt32(); left > 0; left--)
            Remember(reader.ReadUInt64(), reader.ReadInt64());
    }

    private int At(int index) => (_first + index) & (_hashes.Length - 1);

    private void Forget(long beforeNs)
    {
        while (_count > 0 && _seenNs[_first] < beforeNs)
            DropFirst();
    }

    private bool Contains(ulong hash)
    {
        int untilEnd = Math.Min(_count, _hashes.Length - _first);
        return _hashes.AsSpan(_first, untilEnd).Contains(hash) || _hashes.AsSpan(0, _count - untilEnd).Contains(hash);
    }

    private void Remember(ulong hash, long seenNs)
    {
        if (_count == SightingsMax)
            DropFirst();
        if (_count == _hashes.Length)
            Grow();
        int at = At(_count++);
        _hashes[at] = hash;
        _seenNs[at] = seenNs;
        Debug.Assert(_count <= _hashes.Length, "the ring holds what it counts");
    }

    private void DropFirst()
    {
        _first = At(1);
        _count--;
    }

    private void Grow()
    {
        ulong[] hashes = new ulong[_hashes.Length * 2];
        long[] seenNs = new long[hashes.Length];
        for (int index = 0; index < _count; index++)
            (hashes[index], seenNs[index]) = (_hashes[At(index)], _seenNs[At(index)]);
        (_hashes, _seenNs, _first) = (hashes, seenNs, 0);
    }
}
