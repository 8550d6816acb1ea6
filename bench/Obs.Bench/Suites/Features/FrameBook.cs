using System;
using Obs.Core.Market;

namespace Obs.Bench.Suites.Features;

/// <summary>A read-only book that shows the best levels after one frame of a workload. Reading it is a copy: the benchmark measures features, not a book.</summary>
internal readonly struct FrameBook(BookLevel[] bids, BookLevel[] asks) : IOrderBook<FrameBook>
{
    /// <inheritdoc/>
    public ulong StateHash => 0;

    /// <inheritdoc/>
    public static FrameBook Create(Instrument instrument) => new([], []);

    /// <inheritdoc/>
    public bool Has(Side side) => Of(side).Length > 0;

    /// <inheritdoc/>
    public Price Best(Side side) => Of(side)[0].Price;

    /// <inheritdoc/>
    public Size SizeAt(Side side, Price price) => throw new NotSupportedException("a benchmark's book shows its best levels only");

    /// <inheritdoc/>
    public Size Set(Side side, Price price, Size size) => throw new NotSupportedException("a benchmark's book never changes");

    /// <inheritdoc/>
    public bool TryNextWorse(Side side, Price price, out Price next) => throw new NotSupportedException("a benchmark's book shows its best levels only");

    /// <inheritdoc/>
    public int CopyBest(Side side, Span<BookLevel> levels)
    {
        ReadOnlySpan<BookLevel> from = Of(side);
        int count = Math.Min(from.Length, levels.Length);
        from[..count].CopyTo(levels);
        return count;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<BookLevel> ViewBest(Side side, Span<BookLevel> scratch) => scratch[..CopyBest(side, scratch)];

    /// <inheritdoc/>
    public ReadOnlySpan<BookLevel> ViewAll(Side side, Span<BookLevel> scratch) => Of(side);

    /// <inheritdoc/>
    public void Apply(Side side, ReadOnlySpan<BookLevel> levels) => throw new NotSupportedException("a benchmark's book never changes");

    /// <inheritdoc/>
    public bool TryReplace(Side side, ReadOnlySpan<BookLevel> levels) => throw new NotSupportedException("a benchmark's book never changes");

    /// <inheritdoc/>
    public void SetCrossPolicy(CrossPolicy policy) => throw new NotSupportedException("a benchmark's book never changes");

    /// <inheritdoc/>
    public int Count(Side side) => Of(side).Length;

    /// <inheritdoc/>
    public void Clear() => throw new NotSupportedException("a benchmark's book never changes");

    private BookLevel[] Of(Side side) => side == Side.Bid ? bids : asks;
}
