using System;
using Obs.Core.Market;

namespace Obs.Core.Tests.Simulation;

/// <summary>The product's ladder with the library's crossing rule, which can show one lot too much on the own side of the order being entered: its queue
/// becomes one lot too long.</summary>
internal readonly struct FaultyBook(LadderBook book, FaultyBook.Lie lie) : IOrderBook<FaultyBook>
{
    public ulong StateHash => book.StateHash;

    public static FaultyBook Create(Instrument instrument) => Create(instrument, new Lie());

    public static FaultyBook Create(Instrument instrument, Lie lie)
    {
        FaultyBook created = new(LadderBook.Create(instrument), lie);
        created.SetCrossPolicy(CrossPolicy.MoveOpposite);
        return created;
    }

    public void SetCrossPolicy(CrossPolicy policy) => book.SetCrossPolicy(policy);

    public bool Has(Side side) => book.Has(side);

    public Price Best(Side side) => book.Best(side);

    public Size SizeAt(Side side, Price price) => lie.Side == side ? book.SizeAt(side, price) + lie.Extra : book.SizeAt(side, price);

    public Size Set(Side side, Price price, Size size) => book.Set(side, price, size);

    public bool TryNextWorse(Side side, Price price, out Price next) => book.TryNextWorse(side, price, out next);

    public bool TryReplace(Side side, ReadOnlySpan<BookLevel> levels) => book.TryReplace(side, levels);

    public void Apply(Side side, ReadOnlySpan<BookLevel> levels) => book.Apply(side, levels);

    public ReadOnlySpan<BookLevel> ViewBest(Side side, Span<BookLevel> scratch) => book.ViewBest(side, scratch);

    public ReadOnlySpan<BookLevel> ViewAll(Side side, Span<BookLevel> scratch) => book.ViewAll(side, scratch);

    public int CopyBest(Side side, Span<BookLevel> levels) => book.CopyBest(side, levels);

    public int Count(Side side) => book.Count(side);

    public void Clear() => book.Clear();

    /// <summary>Where and by how much the book lies; nowhere by default.</summary>
    internal sealed class Lie
    {
        public Side? Side { get; set; }

        public Size Extra { get; set; }
    }
}
