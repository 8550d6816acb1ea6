using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Market;

/// <summary>The book of diff feeds with a fine, constant price step (Binance): a size per price mantissa, found without search; any price of the scale is allowed.</summary>
/// <remarks>Engine thread only. See <see cref="LadderSide"/> for memory and cost. Thousands of levels cost no more per update than ten.</remarks>
internal readonly struct LadderBook : IOrderBook<LadderBook>
{
    /// <summary>Highest <see cref="Instrument.MaxPrice"/> mantissa: bounds the directory at 2 × 128 MiB if a feed shows levels from 0 to there.</summary>
    public const long MaxPriceMantissa = 1L << 31;

    private readonly Storage _storage;

    private LadderBook(Storage storage) => _storage = storage;

    /// <inheritdoc/>
    public ulong StateHash => _storage.Hash;

    /// <inheritdoc/>
    public static LadderBook Create(Instrument instrument)
    {
        if (instrument.MaxPrice.Mantissa > MaxPriceMantissa)
            BookThrow.LadderTooWide(instrument.Symbol, instrument.MaxPrice.Mantissa, MaxPriceMantissa);
        return new LadderBook(new Storage(instrument.MaxPrice));
    }

    /// <inheritdoc/>
    public void Reserve()
    {
        _storage.Bids.Reserve();
        _storage.Asks.Reserve();
    }

    /// <inheritdoc/>
    public void SetCrossPolicy(CrossPolicy policy)
    {
        if (_storage.Bids.Count + _storage.Asks.Count != 0)
            BookThrow.BookNotEmpty();
        _storage.Policy = policy;
    }

    /// <inheritdoc/>
    public bool Has(Side side) => _storage.Of(side).Best != LadderSide.None;

    /// <inheritdoc/>
    public Price Best(Side side)
    {
        Debug.Assert(Has(side), "ask Has first");
        return new Price(_storage.Of(side).Best ^ -(long)side);
    }

    /// <inheritdoc/>
    public Size SizeAt(Side side, Price price) => new(_storage.Of(side).SizeAt(price.Mantissa ^ -(long)side));

    /// <inheritdoc/>
    public int Count(Side side) => _storage.Of(side).Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Size Set(Side side, Price price, Size size)
    {
        Storage storage = _storage;
        long previous = storage.Of(side).Set(price.Mantissa ^ -(long)side, size.Mantissa);
        storage.Hash = unchecked(storage.Hash + BookHash.OfChange(side, price, previous, size.Mantissa));
        if (storage.Policy != CrossPolicy.Keep)
            storage.MoveOpposite(side);
        return new Size(previous);
    }

    /// <inheritdoc/>
    public void Apply(Side side, ReadOnlySpan<BookLevel> levels)
    {
        Storage storage = _storage;
        if (storage.Policy != CrossPolicy.Keep)
        {
            foreach (BookLevel level in levels)
                _ = Set(side, level.Price, level.Size);
            return;
        }
        LadderSide ladder = storage.Of(side);
        long mask = -(long)side;
        ulong hash = storage.Hash;
        foreach (ref readonly BookLevel level in levels)
        {
            long previous = ladder.Set(level.Price.Mantissa ^ mask, level.Size.Mantissa);
            hash = unchecked(hash + BookHash.OfChange(side, level.Price, previous, level.Size.Mantissa));
        }
        storage.Hash = hash;
    }

    /// <inheritdoc/>
    public void Prefetch(Side side, ReadOnlySpan<BookLevel> levels)
    {
        LadderSide ladder = _storage.Of(side);
        long mask = -(long)side;
        foreach (ref readonly BookLevel level in levels)
            ladder.Prefetch(level.Price.Mantissa ^ mask);
    }

    /// <inheritdoc/>
    public int Prefetch(Side side, int part) => _storage.Of(side).PrefetchPages(part);

    /// <inheritdoc/>
    /// <remarks>Never: a ladder has no cheap way to forget what is not among the levels.</remarks>
    public bool TryReplace(Side side, ReadOnlySpan<BookLevel> levels) => false;

    /// <inheritdoc/>
    public bool TryNextWorse(Side side, Price price, out Price next)
    {
        long mask = -(long)side;
        long key = _storage.Of(side).NextBelow(price.Mantissa ^ mask);
        next = new Price(key ^ mask);
        return key != LadderSide.None;
    }

    /// <inheritdoc/>
    public int CopyBest(Side side, Span<BookLevel> levels)
    {
        LadderSide ladder = _storage.Of(side);
        return ladder.Copy(ladder.Best, levels);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<BookLevel> ViewBest(Side side, Span<BookLevel> scratch) => scratch[..CopyBest(side, scratch)];

    /// <inheritdoc/>
    public ReadOnlySpan<BookLevel> ViewAll(Side side, Span<BookLevel> scratch)
    {
        LadderSide ladder = _storage.Of(side);
        if (ladder.Count > scratch.Length)
            BookThrow.TooManyLevels(ladder.Count, scratch.Length);
        int copied = ladder.Copy(ladder.Highest(), scratch);
        Debug.Assert(copied == ladder.Count, "the bitmaps and the count agree");
        return scratch[..copied];
    }

    /// <inheritdoc/>
    public void Clear()
    {
        _storage.Bids.Clear();
        _storage.Asks.Clear();
        _storage.Hash = 0;
    }

    /// <summary>What the struct points to.</summary>
    private sealed class Storage(Price maxPrice)
    {
        public readonly LadderSide Bids = new(Side.Bid, maxPrice);
        public readonly LadderSide Asks = new(Side.Ask, maxPrice);
        public ulong Hash;
        public CrossPolicy Policy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public LadderSide Of(Side side) => side == Side.Bid ? Bids : Asks;

        /// <summary>After an update of <paramref name="side"/>: if the bests met, only that side's can have moved, and the other gives way.</summary>
        public void MoveOpposite(Side side)
        {
            LadderSide moved = Of(side);
            LadderSide other = Of(side ^ Side.Ask);
            // an ask key is the complement of its price: crossed ⇔ bid ≥ ask ⇔ bid key ≥ ~ask key
            if (moved.Best == LadderSide.None || other.Best == LadderSide.None || moved.Best < ~other.Best)
                return;
            other.Best = other.NextBelow(~moved.Best);
            Debug.Assert(other.Best == LadderSide.None || moved.Best < ~other.Best, "the book is never crossed under this policy");
        }
    }
}
