namespace Obs.Core.Recordings.Records;

/// <summary>The fields of book and trade records that an import uses: the names of recorded Upbit messages and those of its REST answers.</summary>
internal enum RecordField
{
    /// <summary>A field that is not used: prev_closing_price, change_price, and whatever else is there.</summary>
    None,

    /// <summary>The venue's time, ms.</summary>
    Timestamp,

    /// <summary>Receive time, where a file has one.</summary>
    LocalTimestamp,

    /// <summary>The venue's time of the match.</summary>
    MatchTimestamp,

    /// <summary>Market code.</summary>
    Code,

    /// <summary>Sum of ask sizes.</summary>
    TotalAskSize,

    /// <summary>Sum of bid sizes.</summary>
    TotalBidSize,

    /// <summary>Trade price.</summary>
    TradePrice,

    /// <summary>Trade size.</summary>
    TradeVolume,

    /// <summary>Side of the taker: ASK sold, BID bought.</summary>
    AskBid,

    /// <summary>Trade id.</summary>
    SequentialId,

    /// <summary>The list of levels.</summary>
    Units,

    /// <summary>Of a level: ask price.</summary>
    AskPrice,

    /// <summary>Of a level: bid price.</summary>
    BidPrice,

    /// <summary>Of a level: ask size.</summary>
    AskSize,

    /// <summary>Of a level: bid size.</summary>
    BidSize,
}
