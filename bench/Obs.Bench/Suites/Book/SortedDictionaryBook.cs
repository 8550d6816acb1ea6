using System;
using System.Collections.Generic;
using Obs.Core.Market;

namespace Obs.Bench.Suites.Book;

/// <summary>The book most C# programs have: a SortedDictionary a side, best first.</summary>
internal sealed class SortedDictionaryBook
{
    private readonly SortedDictionary<long, long> _bids = new(Comparer<long>.Create(static (a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<long, long> _asks = [];

    /// <summary>Sets a level; 0 removes it.</summary>
    public void Set(Side side, BookLevel level)
    {
        SortedDictionary<long, long> levels = Of(side);
        if (level.Size.Mantissa == 0)
            levels.Remove(level.Price.Mantissa);
        else
            levels[level.Price.Mantissa] = level.Size.Mantissa;
    }

    /// <summary>Replaces a side.</summary>
    public void Replace(Side side, ReadOnlySpan<BookLevel> levels)
    {
        Of(side).Clear();
        foreach (BookLevel level in levels)
            Of(side).Add(level.Price.Mantissa, level.Size.Mantissa);
    }

    /// <summary>Best price, 0 without one.</summary>
    public long Best(Side side)
    {
        foreach ((long price, _) in Of(side))
            return price;
        return 0;
    }

    /// <summary>Copies the best levels.</summary>
    public int CopyBest(Side side, Span<BookLevel> levels)
    {
        int copied = 0;
        foreach ((long price, long size) in Of(side))
        {
            if (copied == levels.Length)
                break;
            levels[copied++] = new BookLevel(new Price(price), new Size(size));
        }
        return copied;
    }

    /// <summary>Empties the book.</summary>
    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
    }

    private SortedDictionary<long, long> Of(Side side) => side == Side.Bid ? _bids : _asks;
}
