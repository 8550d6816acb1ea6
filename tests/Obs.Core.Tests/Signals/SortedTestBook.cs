using System;
using System.Collections.Generic;
using NUnit.Framework;
using Obs.Core.Market;

namespace Obs.Core.Tests.Signals;

/// <summary>The plainest book there is, for feature tests that must not depend on the engine's own: two sorted dictionaries.</summary>
internal readonly struct SortedTestBook : IOrderBook<SortedTestBook>
{
    private readonly SortedDictionary<long, long> _bids;
    private readonly SortedDictionary<long, long> _asks;

    private SortedTestBook(SortedDictionary<long, long> bids, SortedDictionary<long, long> asks) => (_bids, _asks) = (bids, asks);

    public ulong StateHash
    {
        get
        {
            ulong hash = 0;
            foreach (Side side in new[] { Side.Bid, Side.Ask })
            {
                foreach ((long price, long size) in Of(side))
                    hash = unchecked(hash + BookHash.OfLevel(side, new Price(price), new Size(size)));
            }
            return hash;
        }
    }

    public static SortedTestBook Create(Instrument instrument) =>
        new(new SortedDictionary<long, long>(Comparer<long>.Create(static (long a, long b) => b.CompareTo(a))), []);

    public bool Has(Side side) => Of(side).Count > 0;

    public Price Best(Side side)
    {
        foreach (long price in Of(side).Keys)
            return new Price(price);
        return default;
    }

    public Size SizeAt(Side side, Price price) => new(Of(side).GetValueOrDefault(price.Mantissa));

    public Size Set(Side side, Price price, Size size)
    {
        Size before = SizeAt(side, price);
        if (size.Mantissa == 0)
            Of(side).Remove(price.Mantissa);
        else
            Of(side)[price.Mantissa] = size.Mantissa;
        return before;
    }

    public bool TryNextWorse(Side side, Price price, out Price next)
    {
        foreach (long candidate in Of(side).Keys)
        {
            if (side == Side.Bid ? candidate < price.Mantissa : candidate > price.Mantissa)
            {
                next = new Price(candidate);
                return true;
            }
        }
        next = default;
        return false;
    }

    public int CopyBest(Side side, Span<BookLevel> levels)
    {
        int count = 0;
        foreach ((long price, long size) in Of(side))
        {
            if (count == levels.Length)
                break;
            levels[count++] = new BookLevel(new Price(price), new Size(size));
        }
        return count;
    }

    public ReadOnlySpan<BookLevel> ViewBest(Side side, Span<BookLevel> scratch) => scratch[..CopyBest(side, scratch)];

    public ReadOnlySpan<BookLevel> ViewAll(Side side, Span<BookLevel> scratch) => ViewBest(side, scratch);

    public bool TryReplace(Side side, ReadOnlySpan<BookLevel> levels) => false;

    public void Apply(Side side, ReadOnlySpan<BookLevel> levels)
    {
        foreach (BookLevel level in levels)
            Set(side, level.Price, level.Size);
    }

    public void SetCrossPolicy(CrossPolicy policy) => Assert.That(policy, Is.EqualTo(CrossPolicy.Keep));

    public int Count(Side side) => Of(side).Count;

    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
    }

    private SortedDictionary<long, long> Of(Side side) => side == Side.Bid ? _bids : _asks;
}
