using System;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>A planted fault: replacing a side of more than eight levels loses the worst one, as a loop over whole vectors would.</summary>
internal readonly struct ForgetfulBook(DepthBook inner) : IOrderBook<ForgetfulBook>
{
    public ulong StateHash => inner.StateHash;

    public static ForgetfulBook Create(Instrument instrument) => new(DepthBook.Create(instrument));

    public bool TryReplace(Side side, ReadOnlySpan<BookLevel> levels) => inner.TryReplace(side, levels.Length > 8 ? levels[..^1] : levels);

    public void SetCrossPolicy(CrossPolicy policy) => inner.SetCrossPolicy(policy);

    public bool Has(Side side) => inner.Has(side);

    public Price Best(Side side) => inner.Best(side);

    public Size SizeAt(Side side, Price price) => inner.SizeAt(side, price);

    public Size Set(Side side, Price price, Size size) => inner.Set(side, price, size);

    public void Apply(Side side, ReadOnlySpan<BookLevel> levels) => inner.Apply(side, levels);

    public bool TryNextWorse(Side side, Price price, out Price next) => inner.TryNextWorse(side, price, out next);

    public int CopyBest(Side side, Span<BookLevel> levels) => inner.CopyBest(side, levels);

    public ReadOnlySpan<BookLevel> ViewBest(Side side, Span<BookLevel> scratch) => inner.ViewBest(side, scratch);

    public ReadOnlySpan<BookLevel> ViewAll(Side side, Span<BookLevel> scratch) => inner.ViewAll(side, scratch);

    public int Count(Side side) => inner.Count(side);

    public void Clear() => inner.Clear();
}
