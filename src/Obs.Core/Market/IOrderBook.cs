using System;

namespace Obs.Core.Market;

/// <summary>An aggregated (L2) book of one instrument: an absolute size per price and side.</summary>
/// <remarks>Engine thread only. Implementations are readonly structs around their storage, so that hot code, generic over <typeparamref name="TSelf"/>,
/// is compiled once per book and inlines it. Every implementation runs under one test class.</remarks>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal interface IOrderBook<TSelf>
    where TSelf : struct, IOrderBook<TSelf>
{
    /// <summary>An empty book; allocates its storage.</summary>
    static abstract TSelf Create(Instrument instrument);

    /// <summary>True when the side has at least one level.</summary>
    bool Has(Side side);

    /// <summary>Best price of the side; only meaningful when <see cref="Has"/>.</summary>
    Price Best(Side side);

    /// <summary>Size shown at a price, 0 when there is no level.</summary>
    Size SizeAt(Side side, Price price);

    /// <summary>Sets the absolute size of a level (0 removes it; removing an unknown level is normal). Returns the size before.</summary>
    Size Set(Side side, Price price, Size size);

    /// <summary>The next occupied price strictly worse than <paramref name="price"/> (lower for bids, higher for asks).</summary>
    bool TryNextWorse(Side side, Price price, out Price next);

    /// <summary>Copies the best levels, best first; returns how many there were, at most <paramref name="levels"/>.Length.</summary>
    int CopyBest(Side side, Span<BookLevel> levels);

    /// <summary>Number of levels of the side.</summary>
    int Count(Side side);

    /// <summary>Removes every level.</summary>
    void Clear();

    /// <summary>Order-independent hash of all levels, kept incrementally: Σ BookHash.OfLevel(side, price, size) mod 2^64. Two books with the same levels have the same hash.</summary>
    ulong StateHash { get; }
}
