using System;

namespace Obs.Core.Market.Upbit;

/// <summary>Short keys: format <c>SIMPLE</c>.</summary>
internal readonly struct UpbitSimpleDecoderKeys : IUpbitDecoderKeys
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BookStart => "{\"ty\":\"orderbook\",\"cd\":\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TradeStart => "{\"ty\":\"trade\",\"cd\":\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Time => "\",\"tms\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TotalAsk => ",\"tas\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TotalBid => ",\"tbs\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Units => ",\"obu\":["u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> AskPrice => "{\"ap\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BidPrice => ",\"bp\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> AskSize => ",\"as\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BidSize => ",\"bs\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> NativeLevel => ",\"lv\":0"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> RealTime => ",\"st\":\"REALTIME\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Snapshot => ",\"st\":\"SNAPSHOT\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TradeDate => ",\"td\":\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TradeTime => "\",\"ttm\":\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TradeStamp => "\",\"ttms\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TradePrice => ",\"tp\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TradeSize => ",\"tv\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> TakerSide => ",\"ab\":\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> PreviousClose => "\",\"pcp\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Change => ",\"c\":\""u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> ChangePrice => "\",\"cp\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> SequentialId => ",\"sid\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BestAskPrice => ",\"bap\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BestAskSize => ",\"bas\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BestBidPrice => ",\"bbp\":"u8;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> BestBidSize => ",\"bbs\":"u8;
}
