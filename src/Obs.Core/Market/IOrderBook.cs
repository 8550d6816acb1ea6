using System;

namespace Obs.Core.Market;

/// <summary>An aggregated (L2) book of one instrument: an absolute size per price and side.</summary>
/// <remarks>Engine thread only. Implementations are readonly structs around their storage, so that hot code, generic over <typeparamref name="TSelf"/>,
/// is compiled once per book and inlines it. Every implementation runs under one test class. "Best" means the side's own highest bid or lowest ask
/// under <see cref="CrossPolicy.Keep"/>; under <see cref="CrossPolicy.MoveOpposite"/> levels better than the best can exist (overrun ones).</remarks>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal interface IOrderBook<TSelf>
    where TSelf : struct, IOrderBook<TSelf>
{
    /// <summary>An empty book; allocates its storage.</summary>
    static abstract TSelf Create(Instrument instrument);

    /// <summary>Takes the memory of a long run beforehand, so that frames do not allocate; what the book does stays the same. A book that needs no more than
    /// <see cref="Create"/> took does nothing.</summary>
    void Reserve()
    {
    }

    /// <summary>Chooses what crossing updates do; only while the book is empty. A new book has <see cref="CrossPolicy.Keep"/>.</summary>
    void SetCrossPolicy(CrossPolicy policy);

    /// <summary>True when the side has a best level.</summary>
    bool Has(Side side);

    /// <summary>Best price of the side; only meaningful when <see cref="Has"/>.</summary>
    Price Best(Side side);

    /// <summary>Size shown at a price, 0 when there is no level.</summary>
    Size SizeAt(Side side, Price price);

    /// <summary>Sets the absolute size of a level (0 removes it; removing an unknown level is normal). Returns the size before. May allocate when the
    /// book reaches further than ever.</summary>
    /// <exception cref="InvalidOperationException">The price lies outside the instrument's range; decoders refuse such frames before.</exception>
    Size Set(Side side, Price price, Size size);

    /// <summary>Sets every given level in order, as <see cref="Set"/> would: the tight loop for frames nobody watches level by level.</summary>
    void Apply(Side side, ReadOnlySpan<BookLevel> levels);

    /// <summary>Asks the memory for the places that setting these levels will read and write: a hint that changes nothing. Books whose levels lie together
    /// do nothing.</summary>
    void Prefetch(Side side, ReadOnlySpan<BookLevel> levels)
    {
    }

    /// <summary>Asks the memory for some of a side's levels, from the best on, a part in each call: a hint that changes nothing.</summary>
    /// <param name="side">The side.</param>
    /// <param name="part">What the call before returned; 0 begins at the best.</param>
    /// <returns>The next part; 0 after the last.</returns>
    int Prefetch(Side side, int part) => 0;

    /// <summary>Makes a side exactly these levels, where the book can do so faster than by setting what changed; the result is the same.</summary>
    /// <returns>False with nothing done: the book is no such book, its policy moves the other side, or the levels are not best first with each price once,
    /// prices and sizes above 0.</returns>
    bool TryReplace(Side side, ReadOnlySpan<BookLevel> levels);

    /// <summary>The next occupied price strictly worse than <paramref name="price"/> (lower for bids, higher for asks).</summary>
    bool TryNextWorse(Side side, Price price, out Price next);

    /// <summary>Copies the best levels, best first; returns how many there were, at most <paramref name="levels"/>.Length.</summary>
    int CopyBest(Side side, Span<BookLevel> levels);

    /// <summary>The best levels, best first, at most <paramref name="scratch"/>.Length of them: the book's own memory where it lies so, else copied
    /// into <paramref name="scratch"/>. Valid until the book changes.</summary>
    ReadOnlySpan<BookLevel> ViewBest(Side side, Span<BookLevel> scratch);

    /// <summary>Number of levels of the side, overrun ones included.</summary>
    int Count(Side side);

    /// <summary>Every level of the side, best price first, overrun ones included; <paramref name="scratch"/> must hold <see cref="Count"/>.
    /// Memory and validity as for <see cref="ViewBest"/>.</summary>
    ReadOnlySpan<BookLevel> ViewAll(Side side, Span<BookLevel> scratch);

    /// <summary>Removes every level.</summary>
    void Clear();

    /// <summary>Order-independent hash of all levels, kept incrementally: Σ BookHash.OfLevel(side, price, size) mod 2^64. Two books with the same levels have the same hash.</summary>
    ulong StateHash { get; }
}
