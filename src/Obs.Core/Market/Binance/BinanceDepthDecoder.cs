using System;
using System.Runtime.CompilerServices;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Binance;

/// <summary>The fast path for diffs and REST snapshots.</summary>
internal static class BinanceDepthDecoder
{
    /// <summary>Takes a diff from behind <c>{"e":"depthUpdate","E":</c> to its closing brace.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryDiff(ref FrameCursor shared, in BinanceDecoderMarkets markets, Span<BookLevel> levels, ref MarketEvent e)
    {
        // a copy that never leaves this method lives in registers
        FrameCursor cursor = shared;
        if (!cursor.TakeTimeNs(out long venueNs))
            return false;
        long matchNs = venueNs, previous = 0;
        if (markets.IsFutures && (!cursor.Take(",\"T\":"u8) || !cursor.TakeTimeNs(out matchNs)))
            return false;
        if (!cursor.Take(",\"s\":\""u8))
            return false;
        ref readonly MarketScale market = ref cursor.TakeSymbol(markets.Cache);
        if (Unsafe.IsNullRef(in market) || !cursor.Take("\","u8)
            || (cursor.Take("\"st\":"u8) && (!cursor.TakeInteger(out _) || !cursor.Take(","u8)))
            || !cursor.Take("\"U\":"u8) || !cursor.TakeInteger(out long first)
            || !cursor.Take(",\"u\":"u8) || !cursor.TakeInteger(out long last) || last < first
            || (markets.IsFutures && (!cursor.Take(",\"pu\":"u8) || !cursor.TakeInteger(out previous)))
            || !cursor.Take(",\"b\":["u8) || !BinanceLevelsDecoder.TryTake(ref cursor, in market, levels, out int bids)
            || !cursor.Take(",\"a\":["u8) || !BinanceLevelsDecoder.TryTake(ref cursor, in market, levels[bids..], out int asks)
            || !cursor.Take("}"u8))
            return false;

        e.Kind = MarketEventKind.Diff;
        e.Instrument = market.Instrument;
        e.VenueNs = venueNs;
        e.MatchNs = matchNs;
        e.FirstUpdateId = first;
        e.LastUpdateId = last;
        e.PreviousUpdateId = previous;
        e.BidCount = bids;
        e.AskCount = asks;
        shared.At = cursor.At;
        return true;
    }

    /// <summary>Takes a REST snapshot from behind <c>{"lastUpdateId":</c> to its closing brace.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TrySnapshot(ref FrameCursor shared, in BinanceDecoderMarkets markets, Span<BookLevel> levels, ref MarketEvent e)
    {
        FrameCursor cursor = shared;
        if (!markets.TryDefault(out MarketScale market)
            || market.PriceDecimals > SymbolCache.MaxDecimals || market.SizeDecimals > SymbolCache.MaxDecimals
            || !cursor.TakeInteger(out long last))
            return false;
        long venueNs = 0, matchNs = 0;
        if (cursor.Take(",\"E\":"u8) && (!cursor.TakeTimeNs(out venueNs) || !cursor.Take(",\"T\":"u8) || !cursor.TakeTimeNs(out matchNs)))
            return false;
        if (!cursor.Take(",\"bids\":["u8) || !BinanceLevelsDecoder.TryTake(ref cursor, in market, levels, out int bids)
            || !cursor.Take(",\"asks\":["u8) || !BinanceLevelsDecoder.TryTake(ref cursor, in market, levels[bids..], out int asks)
            || !cursor.Take("}"u8)
            || !LevelOrder.IsBestFirst(Side.Bid, levels[..bids]) || !LevelOrder.IsBestFirst(Side.Ask, levels.Slice(bids, asks)))
            return false;

        e.Kind = MarketEventKind.Snapshot;
        e.Instrument = market.Instrument;
        e.VenueNs = venueNs;
        e.MatchNs = matchNs;
        e.LastUpdateId = last;
        e.BidCount = bids;
        e.AskCount = asks;
        shared.At = cursor.At;
        return true;
    }
}
