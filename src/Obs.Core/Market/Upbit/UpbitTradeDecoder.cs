using System;
using System.Runtime.CompilerServices;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Upbit;

/// <summary>The fast path for Upbit's trades: the venue's key order, no white space, with or without the best prices of November 2024.</summary>
/// <typeparam name="TKeys">The format.</typeparam>
internal static class UpbitTradeDecoder<TKeys>
    where TKeys : struct, IUpbitDecoderKeys
{
    /// <summary>Decodes a trade; false at the first surprise, with the event in no defined state.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryDecode(ReadOnlySpan<byte> frame, SymbolCache cache, ref MarketEvent e)
    {
        FrameCursor cursor = new(frame);
        if (!cursor.Take(TKeys.TradeStart))
            return false;
        ref readonly MarketScale market = ref cursor.TakeSymbol(cache);
        if (Unsafe.IsNullRef(in market) || !cursor.Take(TKeys.Time) || !cursor.TakeTimeNs(out long venueNs)
            || !cursor.Take(TKeys.TradeDate) || !cursor.TakePlainText(out _)
            || !cursor.Take(TKeys.TradeTime) || !cursor.TakePlainText(out _)
            || !cursor.Take(TKeys.TradeStamp) || !cursor.TakeTimeNs(out long matchNs)
            || !cursor.Take(TKeys.TradePrice)
            || !cursor.TakePair((byte)',', TKeys.TradeSize, 1, market.PriceScale, market.SizeScale, out long price, out long size)
            || !cursor.Take(TKeys.TakerSide))
            return false;
        bool sold = cursor.Take("ASK"u8);
        if ((!sold && !cursor.Take("BID"u8)) || price <= 0 || price > market.MaxPrice || size <= 0
            || !TryTail(ref cursor, out long id, out MarketEventFlags flags))
            return false;

        e.Kind = MarketEventKind.Trade;
        e.Instrument = market.Instrument;
        e.VenueNs = venueNs;
        e.MatchNs = matchNs;
        e.LastUpdateId = id;
        e.Price = new Price(price);
        e.Size = new Size(size);
        e.Aggressor = sold ? Side.Ask : Side.Bid;
        e.Flags = flags;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryTail(ref FrameCursor cursor, out long id, out MarketEventFlags flags)
    {
        id = 0;
        flags = MarketEventFlags.None;
        if (!cursor.Take(TKeys.PreviousClose) || !cursor.TakeAnyNumber()
            || !cursor.Take(TKeys.Change) || !cursor.TakePlainText(out _)
            || !cursor.Take(TKeys.ChangePrice) || !cursor.TakeAnyNumber()
            || !cursor.Take(TKeys.SequentialId) || !cursor.TakeInteger(out id))
            return false;
        if (cursor.Take(TKeys.BestAskPrice)
            && (!cursor.TakeAnyNumber()
                || !cursor.Take(TKeys.BestAskSize) || !cursor.TakeAnyNumber()
                || !cursor.Take(TKeys.BestBidPrice) || !cursor.TakeAnyNumber()
                || !cursor.Take(TKeys.BestBidSize) || !cursor.TakeAnyNumber()))
            return false;
        if (!cursor.Take(TKeys.RealTime))
        {
            if (!cursor.Take(TKeys.Snapshot))
                return false;
            flags = MarketEventFlags.SubscriptionSnapshot;
        }
        return cursor.Take("}"u8) && cursor.IsAtEnd;
    }
}
