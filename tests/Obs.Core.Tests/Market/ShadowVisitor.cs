using System;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>Builds a second book from nothing but what a visitor is told, and notes after each row whether it equals the first.</summary>
internal struct ShadowVisitor(MarketBook<LadderBook> market, SortedBook shadow) : IBookVisitor
{
    public readonly bool WantsLevels => true;

    /// <summary>Rows seen.</summary>
    public int Rows { get; private set; }

    /// <summary>Calls of any other kind than levels and rows.</summary>
    public int Snapshots { get; private set; }

    /// <summary>Books thrown away.</summary>
    public int Resyncs { get; private set; }

    /// <summary>The first disagreement, or null.</summary>
    public string? Fault { get; private set; }

    private bool _isInFrame;

    public void BeforeFrame(in MarketEvent frame)
    {
        if (_isInFrame)
            Fault ??= $"a frame began inside another at {frame.LastUpdateId}";
        _isInFrame = true;
    }

    public void OnLevel(Side side, Price price, Size previous, Size now)
    {
        if (!_isInFrame || shadow.Set(side, price, now) != previous)
            Fault ??= $"{side} {price.Mantissa}: size before is not {previous.Mantissa}";
    }

    public void AfterFrame(in MarketEvent frame, ReadOnlySpan<BookLevel> levels)
    {
        Rows++;
        _isInFrame = false;
        if (shadow.StateHash != market.Book.StateHash)
            Fault ??= $"after {frame.LastUpdateId} the levels shown do not make the book";
    }

    public void OnSnapshot(in MarketEvent snapshot)
    {
        Snapshots++;
        shadow.Clear();
        foreach (Side side in new[] { Side.Bid, Side.Ask })
            shadow.Apply(side, market.Book.ViewAll(side, new BookLevel[market.Book.Count(side)]));
    }

    public void OnResync(in MarketEvent cause)
    {
        Resyncs++;
        shadow.Clear();
    }
}
