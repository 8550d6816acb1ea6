using System;
using System.Collections.Generic;
using Obs.Core.Market;
using Obs.Core.Signals;

namespace Obs.Core.Tests.Signals;

/// <summary>A calculator on a plain book, fed with steps; keeps every row it gave.</summary>
internal sealed class FeatureRun(FeatureOptions? options = null, bool tellChanges = true)
{
    private readonly SortedTestBook _book = SortedTestBook.Create(MadeMarket.Instrument);
    private FeatureRow _row;

    public FeatureCalculator Calculator { get; } = new(MadeMarket.Instrument, options ?? new FeatureOptions());

    public SortedTestBook Book => _book;

    public List<FeatureRow> Rows { get; } = [];

    /// <summary>Feeds a step; true when it gave a row.</summary>
    public bool Feed(MarketStep step)
    {
        if (step.IsTrade)
        {
            Calculator.OnTrade(step.Event);
            return false;
        }
        MadeMarket.Apply(_book, step);
        Calculator.OnBook(in _book, step.Event, tellChanges ? step.Levels : ReadOnlySpan<BookLevel>.Empty, ref _row);
        Rows.Add(_row);
        return true;
    }

    /// <summary>Feeds a book frame whose row nobody reads.</summary>
    public void FeedUnread(MarketStep step)
    {
        MadeMarket.Apply(_book, step);
        Calculator.OnBookUnread(step.Event.ReceiveNs, Top(Side.Bid), Top(Side.Ask));
    }

    public FeatureRun FeedAll(IEnumerable<MarketStep> steps)
    {
        foreach (MarketStep step in steps)
            Feed(step);
        return this;
    }

    /// <summary>Every value as its bits, absent ones as NaN: what "the same, bit for bit" compares.</summary>
    public static long[] Bits(FeatureRow row)
    {
        long[] bits = new long[FeatureNames.Count];
        for (int index = 0; index < bits.Length; index++)
            bits[index] = BitConverter.DoubleToInt64Bits(row[(FeatureId)index]);
        return bits;
    }

    private BookLevel Top(Side side) => _book.Has(side) ? new BookLevel(_book.Best(side), _book.SizeAt(side, _book.Best(side))) : default;
}
