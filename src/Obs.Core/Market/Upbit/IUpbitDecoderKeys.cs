using System;

namespace Obs.Core.Market.Upbit;

/// <summary>The fixed texts between the values of Upbit's frames, in the order the venue sends them, for one of its two formats.</summary>
/// <remarks>Static, so that the fast path is compiled once per format with the texts as constants. Names: docs.upbit.com/kr/reference/websocket-orderbook and websocket-trade.</remarks>
internal interface IUpbitDecoderKeys
{
    /// <summary>From the start of a book to its code.</summary>
    static abstract ReadOnlySpan<byte> BookStart { get; }

    /// <summary>From the start of a trade to its code.</summary>
    static abstract ReadOnlySpan<byte> TradeStart { get; }

    /// <summary>From the code to the time.</summary>
    static abstract ReadOnlySpan<byte> Time { get; }

    /// <summary>To the sum of the ask sizes.</summary>
    static abstract ReadOnlySpan<byte> TotalAsk { get; }

    /// <summary>To the sum of the bid sizes.</summary>
    static abstract ReadOnlySpan<byte> TotalBid { get; }

    /// <summary>To the first unit.</summary>
    static abstract ReadOnlySpan<byte> Units { get; }

    /// <summary>From the start of a unit to the ask price.</summary>
    static abstract ReadOnlySpan<byte> AskPrice { get; }

    /// <summary>To the bid price.</summary>
    static abstract ReadOnlySpan<byte> BidPrice { get; }

    /// <summary>To the ask size.</summary>
    static abstract ReadOnlySpan<byte> AskSize { get; }

    /// <summary>To the bid size.</summary>
    static abstract ReadOnlySpan<byte> BidSize { get; }

    /// <summary>Level member of a book that is not aggregated.</summary>
    static abstract ReadOnlySpan<byte> NativeLevel { get; }

    /// <summary>Stream member of a frame in real time.</summary>
    static abstract ReadOnlySpan<byte> RealTime { get; }

    /// <summary>Stream member of the answer to a subscription.</summary>
    static abstract ReadOnlySpan<byte> Snapshot { get; }

    /// <summary>To the trade's date, a string.</summary>
    static abstract ReadOnlySpan<byte> TradeDate { get; }

    /// <summary>From the trade's date to its time of day, a string.</summary>
    static abstract ReadOnlySpan<byte> TradeTime { get; }

    /// <summary>From the time of day to the time of the match.</summary>
    static abstract ReadOnlySpan<byte> TradeStamp { get; }

    /// <summary>To the trade price.</summary>
    static abstract ReadOnlySpan<byte> TradePrice { get; }

    /// <summary>To the trade size.</summary>
    static abstract ReadOnlySpan<byte> TradeSize { get; }

    /// <summary>To the taker's side, a string.</summary>
    static abstract ReadOnlySpan<byte> TakerSide { get; }

    /// <summary>From the taker's side to the previous close.</summary>
    static abstract ReadOnlySpan<byte> PreviousClose { get; }

    /// <summary>To the direction of the change, a string.</summary>
    static abstract ReadOnlySpan<byte> Change { get; }

    /// <summary>From the direction to the amount of the change.</summary>
    static abstract ReadOnlySpan<byte> ChangePrice { get; }

    /// <summary>To the sequential id.</summary>
    static abstract ReadOnlySpan<byte> SequentialId { get; }

    /// <summary>To the best ask price (since November 2024).</summary>
    static abstract ReadOnlySpan<byte> BestAskPrice { get; }

    /// <summary>To the best ask size.</summary>
    static abstract ReadOnlySpan<byte> BestAskSize { get; }

    /// <summary>To the best bid price.</summary>
    static abstract ReadOnlySpan<byte> BestBidPrice { get; }

    /// <summary>To the best bid size.</summary>
    static abstract ReadOnlySpan<byte> BestBidSize { get; }
}
