using System;
using Obs.Core.Market;

namespace Obs.Core.Tests.Signals;

/// <summary>A book that never changes and never allocates: 20 levels a side around 1.2.</summary>
internal readonly struct ArrayTestBook : IOrderBook<ArrayTestBook>
{
    private readonly BookLevel[] _bids;
    private readonly BookLevel[] _asks;

    private ArrayTestBook(BookLevel[] bids, BookLevel[] asks) => (_bids, _asks) = (bids, asks);

    public ulong StateHash => 0;

    public static ArrayTestBook Create(Instrument instrument)
    {
        BookLevel[] bids = new BookLevel[20];
        BookLevel[] asks = new BookLevel[20];
        for (int level = 0; level < 20; level++)
            (bids[level], asks[level]) = (Bid(level), Ask(level));
        return new ArrayTestBook(bids, asks);
    }

    /// <summary>A diff that states two levels as they are.</summary>
    public static MarketStep Repeat(long timeNs, int level) => MadeMarket.Diff(timeNs, [Bid(level)], [Ask(level)]);

    public bool Has(Side side) => true;

    public Price Best(Side side) => Of(side)[0].Price;

    public Size SizeAt(Side side, Price price) => Size.Zero;

    public Size Set(Side side, Price price, Size size) => Size.Zero;

    public bool TryNextWorse(Side side, Price price, out Price next)
    {
        next = default;
        return false;
    }

    public int CopyBest(Side side, Span<BookLevel> levels)
    {
        int count = Math.Min(levels.Length, 20);
        Of(side).AsSpan(0, count).CopyTo(levels);
        return count;
    }

    public ReadOnlySpan<BookLevel> ViewBest(Side side, Span<BookLevel> scratch) => scratch[..CopyBest(side, scratch)];

    public ReadOnlySpan<BookLevel> ViewAll(Side side, Span<BookLevel> scratch) => Of(side);

    public bool TryReplace(Side side, ReadOnlySpan<BookLevel> levels) => false;

    public void Apply(Side side, ReadOnlySpan<BookLevel> levels)
    {
    }

    public void SetCrossPolicy(CrossPolicy policy)
    {
    }

    public int Count(Side side) => 20;

    public void Clear()
    {
    }

    private static BookLevel Bid(int level) => MadeMarket.Level(1199 - level, 100 + level);

    private static BookLevel Ask(int level) => MadeMarket.Level(1201 + level, 200 + level);

    private BookLevel[] Of(Side side) => side == Side.Bid ? _bids : _asks;
}
