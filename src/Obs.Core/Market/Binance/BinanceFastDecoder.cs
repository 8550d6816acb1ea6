using System;
using System.Runtime.CompilerServices;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Binance;

/// <summary>The fast path for Binance's frames: the venue's key order, no white space, bare or in the envelope of a combined stream.</summary>
/// <remarks>Each method answers false at the first surprise, with levels and event in no defined state; the general path decides then.</remarks>
internal static class BinanceFastDecoder
{
    /// <summary>Decodes one frame.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryDecode(ReadOnlySpan<byte> frame, in BinanceDecoderMarkets markets, Span<BookLevel> levels, ref MarketEvent e)
    {
        FrameCursor cursor = new(frame);
        ReadOnlySpan<byte> stream = default;
        bool wrapped = cursor.Take("{\"stream\":\""u8);
        bool canHaveHead = wrapped && frame.Length >= FrameHead.Bytes;
        if (canHaveHead)
        {
            ref BinanceHead head = ref markets.Heads.PlaceOf(frame);
            if (head.Text.Matches(frame))
                return Known(frame, in head, levels, ref e);
        }
        if (wrapped && (!cursor.TakePlainText(out stream) || !cursor.Take("\",\"data\":"u8)))
            return false;
        bool decoded;
        if (cursor.Take("{\"u\":"u8) || cursor.Take("{\"e\":\"bookTicker\",\"u\":"u8))
            decoded = BookTicker(ref cursor, in markets, levels, ref e);
        else if (cursor.Take("{\"e\":\"depthUpdate\",\"E\":"u8))
            decoded = (!wrapped || BinanceStreamDecoder.KindOf(stream) == BinanceStreamKind.DepthDiff) && BinanceDepthDecoder.TryDiff(ref cursor, in markets, levels, ref e);
        else if (cursor.Take("{\"e\":\"trade\",\"E\":"u8))
            decoded = BinanceTradeDecoder.TryTrade(ref cursor, in markets, ref e);
        else if (cursor.Take("{\"e\":\"aggTrade\",\"E\":"u8))
            decoded = BinanceTradeDecoder.TryAggregated(ref cursor, in markets, ref e);
        else
            decoded = !wrapped && cursor.Take("{\"lastUpdateId\":"u8)
                && BinanceDepthDecoder.TrySnapshot(ref cursor, in markets, levels, ref e);
        decoded = decoded && (!wrapped || cursor.Take("}"u8)) && cursor.IsAtEnd;
        if (decoded && canHaveHead && (e.Kind == MarketEventKind.BookTicker || (e.Kind == MarketEventKind.Trade && e.Flags == MarketEventFlags.None)))
            markets.Heads.Learn(frame, in e, markets.Cache);
        return decoded;
    }

    /// <summary>Decodes a frame that begins as its stream's frames do, from its first price on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Known(ReadOnlySpan<byte> frame, in BinanceHead head, Span<BookLevel> levels, ref MarketEvent e)
    {
        FrameCursor cursor = new(frame) { At = head.Text.Length };
        bool decoded = head.Kind == BinanceHeadKind.BookTicker
            ? TickerBody(ref cursor, in head.Market, head.Text.Integer(frame, 0), levels, ref e)
            : BinanceTradeDecoder.TryKnown(ref cursor, frame, in head, ref e);
        return decoded && cursor.Take("}"u8) && cursor.IsAtEnd;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool BookTicker(ref FrameCursor shared, in BinanceDecoderMarkets markets, Span<BookLevel> levels, ref MarketEvent e)
    {
        // a copy that never leaves this method lives in registers
        FrameCursor cursor = shared;
        if (!cursor.TakeInteger(out long id) || !cursor.Take(",\"s\":\""u8))
            return false;
        ref readonly MarketScale market = ref cursor.TakeSymbol(markets.Cache);
        if (Unsafe.IsNullRef(in market) || !cursor.Take("\",\"b\":\""u8) || !TickerBody(ref cursor, in market, id, levels, ref e))
            return false;
        shared.At = cursor.At;
        return true;
    }

    /// <summary>Takes a bookTicker from behind the quote of its first price to its closing brace.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TickerBody(ref FrameCursor cursor, in MarketScale market, long id, Span<BookLevel> levels, ref MarketEvent e)
    {
        if (!cursor.TakePair((byte)'"', "\",\"B\":\""u8, 4, market.PriceScale, market.SizeScale, out long bid, out long bidSize)
            || !cursor.Take("\",\"a\":\""u8)
            || !cursor.TakePair((byte)'"', "\",\"A\":\""u8, 4, market.PriceScale, market.SizeScale, out long ask, out long askSize)
            || !cursor.Take("\""u8))
            return false;
        long matchNs = 0, venueNs = 0;
        if (cursor.Take(",\"T\":"u8) && (!cursor.TakeTimeNs(out matchNs) || !cursor.Take(",\"E\":"u8) || !cursor.TakeTimeNs(out venueNs)))
            return false;
        if (!cursor.Take("}"u8) || bid <= 0 || ask <= 0 || bidSize < 0 || askSize < 0 || bid > market.MaxPrice || ask > market.MaxPrice)
            return false;

        levels[0] = new BookLevel(new Price(bid), new Size(bidSize));
        levels[1] = new BookLevel(new Price(ask), new Size(askSize));
        e.Kind = MarketEventKind.BookTicker;
        e.Instrument = market.Instrument;
        e.LastUpdateId = id;
        e.VenueNs = venueNs;
        e.MatchNs = matchNs;
        e.BidCount = 1;
        e.AskCount = 1;
        return true;
    }
}
