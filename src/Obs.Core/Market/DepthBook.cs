using System;
using System.Diagnostics;

namespace Obs.Core.Market;

/// <summary>The book of feeds that send complete books of some dozen levels (Upbit 1–30, polled 5-level books), and of any market whose price steps vary.</summary>
/// <remarks>Engine thread only. Sorted arrays: an update costs a search from the best end and a move of what lies behind, so it suits tens to hundreds of
/// levels, not thousands.</remarks>
internal readonly struct DepthBook : IOrderBook<DepthBook>
{
    private readonly Storage _storage;

    private DepthBook(Storage storage) => _storage = storage;

    /// <inheritdoc/>
    public ulong StateHash => unchecked(_storage.BidHash + _storage.AskHash);

    /// <inheritdoc/>
    public static DepthBook Create(Instrument instrument) => new(new Storage());

    /// <inheritdoc/>
    public void SetCrossPolicy(CrossPolicy policy)
    {
        if (_storage.Bids.Count + _storage.Asks.Count != 0)
            BookThrow.BookNotEmpty();
        _storage.Policy = policy;
    }

    /// <inheritdoc/>
    public bool Has(Side side) => !_storage.Of(side).FromBest.IsEmpty;

    /// <inheritdoc/>
    public Price Best(Side side)
    {
        Debug.Assert(Has(side), "ask Has first");
        return _storage.Of(side).FromBest[0].Price;
    }

    /// <inheritdoc/>
    public Size SizeAt(Side side, Price price) => new(_storage.Of(side).SizeAt(price.Mantissa ^ -(long)side));

    /// <inheritdoc/>
    public int Count(Side side) => _storage.Of(side).Count;

    /// <inheritdoc/>
    public Size Set(Side side, Price price, Size size)
    {
        Storage storage = _storage;
        long previous = storage.Of(side).Set(price.Mantissa ^ -(long)side, size.Mantissa);
        ref ulong hash = ref storage.HashOf(side);
        hash = unchecked(hash + BookHash.OfChange(side, price, previous, size.Mantissa));
        if (storage.Policy != CrossPolicy.Keep)
            storage.MoveOpposite(side);
        return new Size(previous);
    }

    /// <inheritdoc/>
    public void Apply(Side side, ReadOnlySpan<BookLevel> levels)
    {
        foreach (BookLevel level in levels)
            _ = Set(side, level.Price, level.Size);
    }

    /// <inheritdoc/>
    /// <remarks>Nothing: the levels lie together.</remarks>
    public void Prefetch(Side side, ReadOnlySpan<BookLevel> levels)
    {
    }

    /// <inheritdoc/>
    public int Prefetch(Side side, int part)
    {
        _storage.Of(side).Prefetch();
        return 0;
    }

    /// <inheritdoc/>
    /// <remarks>One pass that checks, one that hashes in vectors, one copy: nothing depends on how much changed.</remarks>
    public bool TryReplace(Side side, ReadOnlySpan<BookLevel> levels)
    {
        Storage storage = _storage;
        if (storage.Policy != CrossPolicy.Keep || !LevelOrder.IsBestFirst(side, levels))
            return false;
        storage.Of(side).Replace(levels);
        storage.HashOf(side) = BookHash.OfLevels(side, levels);
        return true;
    }

    /// <inheritdoc/>
    public bool TryNextWorse(Side side, Price price, out Price next)
    {
        DepthSide depth = _storage.Of(side);
        int at = depth.FirstBelow(price.Mantissa ^ -(long)side);
        next = at < depth.Count ? depth.All[at].Price : default;
        return at < depth.Count;
    }

    /// <inheritdoc/>
    public int CopyBest(Side side, Span<BookLevel> levels)
    {
        ReadOnlySpan<BookLevel> best = ViewBest(side, levels);
        best.CopyTo(levels);
        return best.Length;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<BookLevel> ViewBest(Side side, Span<BookLevel> scratch)
    {
        ReadOnlySpan<BookLevel> levels = _storage.Of(side).FromBest;
        return levels.Length <= scratch.Length ? levels : levels[..scratch.Length];
    }

    /// <inheritdoc/>
    public ReadOnlySpan<BookLevel> ViewAll(Side side, Span<BookLevel> scratch) => _storage.Of(side).All;

    /// <inheritdoc/>
    public void Clear()
    {
        _storage.Bids.Clear();
        _storage.Asks.Clear();
        (_storage.BidHash, _storage.AskHash) = (0, 0);
    }

    /// <summary>What the struct points to.</summary>
    private sealed class Storage
    {
        public readonly DepthSide Bids = new(Side.Bid);
        public readonly DepthSide Asks = new(Side.Ask);
        public ulong BidHash;
        public ulong AskHash;
        public CrossPolicy Policy;

        public DepthSide Of(Side side) => side == Side.Bid ? Bids : Asks;

        public ref ulong HashOf(Side side) => ref side == Side.Bid ? ref BidHash : ref AskHash;

        /// <summary>After an update of <paramref name="side"/>: if the bests met, only that side's can have moved, and the other gives way.</summary>
        public void MoveOpposite(Side side)
        {
            DepthSide moved = Of(side);
            DepthSide other = Of(side ^ Side.Ask);
            if (moved.Best == LadderSide.None || other.Best == LadderSide.None || moved.Best < ~other.Best)
                return;
            other.MoveBestBelow(~moved.Best);
        }
    }
}
