using System;

namespace Obs.Core.Market.Upbit;

/// <summary>Long keys: format <c>DEFAULT</c>.</summary>
internal readonly struct UpbitDefaultDecoderKeys : IUpbitDecoderKeys
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BookStart => "{\"type\":\"orderbook\",\"code\":\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TradeStart => "{\"type\":\"trade\",\"code\":\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Time => "\",\"timestamp\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TotalAsk => ",\"total_ask_size\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TotalBid => ",\"total_bid_size\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Units => ",\"orderbook_units\":["u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> AskPrice => "{\"ask_price\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BidPrice => ",\"bid_price\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> AskSize => ",\"ask_size\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BidSize => ",\"bid_size\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> NativeLevel => ",\"level\":0"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> RealTime => ",\"stream_type\":\"REALTIME\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Snapshot => ",\"stream_type\":\"SNAPSHOT\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TradeDate => ",\"trade_date\":\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TradeTime => "\",\"trade_time\":\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TradeStamp => "\",\"trade_timestamp\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TradePrice => ",\"trade_price\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TradeSize => ",\"trade_volume\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TakerSide => ",\"ask_bid\":\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> PreviousClose => "\",\"prev_closing_price\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Change => ",\"change\":\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> ChangePrice => "\",\"change_price\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> SequentialId => ",\"sequential_id\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BestAskPrice => ",\"best_ask_price\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BestAskSize => ",\"best_ask_size\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BestBidPrice => ",\"best_bid_price\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BestBidSize => ",\"best_bid_size\":"u8;
}
