using System;
using System.Runtime.CompilerServices;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Binance;

/// <summary>The fast path for trades and aggregated trades.</summary>
internal static class BinanceTradeDecoder
{
    /// <summary>Takes a trade from behind <c>{"e":"trade","E":</c> to its closing brace. Spot: T behind q, an M to ignore. Futures: T behind E, X before m.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryTrade(ref FrameCursor shared, in BinanceDecoderMarkets markets, ref MarketEvent e)
    {
        FrameCursor cursor = shared;
        if (!cursor.TakeTimeNs(out long venueNs))
            return false;
        bool futures = cursor.Take(",\"T\":"u8);
        long matchNs = 0;
        if ((futures && !cursor.TakeTimeNs(out matchNs)) || !cursor.Take(",\"s\":\""u8))
            return false;
        ref readonly MarketScale market = ref cursor.TakeSymbol(markets.Cache);
        if (Unsafe.IsNullRef(in market) || !cursor.Take("\",\"t\":"u8) || !cursor.TakeInteger(out long id) || !cursor.Take(",\"p\":\""u8)
            || !TryBody(ref cursor, in market, futures, venueNs, matchNs, id, ref e))
            return false;
        shared.At = cursor.At;
        return true;
    }

    /// <summary>Takes a trade that begins as its stream's trades do, from behind the quote of its price to its closing brace.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryKnown(ref FrameCursor shared, ReadOnlySpan<byte> frame, in BinanceHead head, ref MarketEvent e)
    {
        FrameCursor cursor = shared;
        bool futures = head.Kind == BinanceHeadKind.FuturesTrade;
        long matchNs = 0;
        if (!FrameTime.TryMsToNs(head.Text.Integer(frame, 0), out long venueNs)
            || (futures && !FrameTime.TryMsToNs(head.Text.Integer(frame, 1), out matchNs))
            || !TryBody(ref cursor, in head.Market, futures, venueNs, matchNs, head.Text.Integer(frame, futures ? 2 : 1), ref e))
            return false;
        shared.At = cursor.At;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryBody(ref FrameCursor cursor, in MarketScale market, bool futures, long venueNs, long matchNs, long id, ref MarketEvent e)
    {
        if (!cursor.TakePair((byte)'"', "\",\"q\":\""u8, 4, market.PriceScale, market.SizeScale, out long price, out long size))
            return false;
        if (futures ? !cursor.Take("\",\"X\":\"MARKET\","u8) : !cursor.Take("\",\"T\":"u8) || !cursor.TakeTimeNs(out matchNs) || !cursor.Take(","u8))
            return false;
        if (!TryTail(ref cursor, out Side aggressor) || price <= 0 || price > market.MaxPrice || size <= 0)
            return false;
        Fill(ref e, market.Instrument, venueNs, matchNs, id, price, size, aggressor, MarketEventFlags.None);
        return true;
    }

    /// <summary>Takes an aggregated trade from behind <c>{"e":"aggTrade","E":</c> to its closing brace; the quantity without RPI orders (<c>nq</c>) is not used.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryAggregated(ref FrameCursor shared, in BinanceDecoderMarkets markets, ref MarketEvent e)
    {
        FrameCursor cursor = shared;
        if (!cursor.TakeTimeNs(out long venueNs) || !cursor.Take(",\"s\":\""u8))
            return false;
        ref readonly MarketScale market = ref cursor.TakeSymbol(markets.Cache);
        if (Unsafe.IsNullRef(in market) || !cursor.Take("\",\"a\":"u8) || !cursor.TakeInteger(out long id)
            || !cursor.Take(",\"p\":\""u8)
            || !cursor.TakePair((byte)'"', "\",\"q\":\""u8, 4, market.PriceScale, market.SizeScale, out long price, out long size)
            || !cursor.Take("\","u8)
            || (cursor.Take("\"nq\":\""u8) && (!cursor.TakePlainText(out _) || !cursor.Take("\","u8)))
            || !cursor.Take("\"f\":"u8) || !cursor.TakeInteger(out _)
            || !cursor.Take(",\"l\":"u8) || !cursor.TakeInteger(out _)
            || !cursor.Take(",\"T\":"u8) || !cursor.TakeTimeNs(out long matchNs) || !cursor.Take(","u8))
            return false;
        if (!TryTail(ref cursor, out Side aggressor) || price <= 0 || price > market.MaxPrice || size <= 0)
            return false;
        Fill(ref e, market.Instrument, venueNs, matchNs, id, price, size, aggressor, MarketEventFlags.AggregatedTrade);
        shared.At = cursor.At;
        return true;
    }

    /// <summary>Who was the maker, and the member nobody may read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryTail(ref FrameCursor cursor, out Side aggressor)
    {
        bool buyerIsMaker = cursor.Take("\"m\":true"u8);
        aggressor = buyerIsMaker ? Side.Ask : Side.Bid;
        if (!buyerIsMaker && !cursor.Take("\"m\":false"u8))
            return false;
        if (cursor.Take(",\"M\":"u8) && !cursor.Take("true"u8) && !cursor.Take("false"u8))
            return false;
        return cursor.Take("}"u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill(
        ref MarketEvent e, ushort instrument, long venueNs, long matchNs, long id, long price, long size, Side aggressor, MarketEventFlags flags)
    {
        e.Kind = MarketEventKind.Trade;
        e.Instrument = instrument;
        e.VenueNs = venueNs;
        e.MatchNs = matchNs;
        e.LastUpdateId = id;
        e.Price = new Price(price);
        e.Size = new Size(size);
        e.Aggressor = aggressor;
        e.Flags = flags;
    }
}
