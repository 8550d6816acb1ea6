using System;

namespace Obs.Core.Market;

/// <summary>Sees what happens to a book, frame by frame and level by level, in the order it happens; frames that were kept for a snapshot included.</summary>
/// <remarks>Engine thread only. Passed as a struct, so that the book's loop is compiled with the calls inlined.</remarks>
internal interface IBookVisitor
{
    /// <summary>True when <see cref="OnLevel"/> must be called; asked after <see cref="BeforeFrame"/>, once per side and frame.</summary>
    bool WantsLevels { get; }

    /// <summary>A depth frame is about to be applied; the book is as it was.</summary>
    void BeforeFrame(in MarketEvent frame);

    /// <summary>One level was set: in a diff every row, also an unchanged one; of a complete book only what changed. Bids first, then asks.</summary>
    void OnLevel(Side side, Price price, Size previous, Size now);

    /// <summary>A depth frame was applied: one row of tops.csv. Not called for snapshots, dropped frames and tickers.</summary>
    /// <param name="frame">The frame, with its own sequence and receive time.</param>
    /// <param name="levels">A diff's levels, bids then asks; empty for a complete book.</param>
    void AfterFrame(in MarketEvent frame, ReadOnlySpan<BookLevel> levels);

    /// <summary>The book was replaced by a snapshot. Kept diffs follow as frames of their own.</summary>
    void OnSnapshot(in MarketEvent snapshot);

    /// <summary>A book that was in use was thrown away: windows over books end here. A snapshot follows, at once or later.</summary>
    void OnResync(in MarketEvent cause);
}
