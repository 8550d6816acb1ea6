namespace Obs.Core.Market;

/// <summary>What a venue frame turned out to be. Numbers are on disk in the decoded form: they only grow.</summary>
internal enum MarketEventKind : byte
{
    /// <summary>Well-formed, but nothing the engine acts on (acknowledgement, status, ticker of another kind).</summary>
    Other = 0,

    /// <summary>A complete book of the visible depth that replaces what was there (Upbit, polled feeds).</summary>
    FullBook = 1,

    /// <summary>A REST snapshot diffs are chained to (Binance).</summary>
    Snapshot = 2,

    /// <summary>Changed levels with absolute sizes, 0 removes.</summary>
    Diff = 3,

    /// <summary>One trade.</summary>
    Trade = 4,

    /// <summary>The venue's own best bid and ask (bookTicker): levels[0] bid, levels[1] ask. Never applied; used to check the rebuilt book.</summary>
    BookTicker = 5,

    /// <summary>24 h statistics.</summary>
    Ticker = 6,
}
