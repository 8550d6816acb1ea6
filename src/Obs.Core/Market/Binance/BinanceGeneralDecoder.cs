using System;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Binance;

/// <summary>The general path for Binance's frames: the whole frame is validated as JSON first, then what it means is read from where the members lie.</summary>
/// <remarks>One thread (it may add markets). Fills the event only as far as it got: the caller blanks it after a refusal.</remarks>
internal static class BinanceGeneralDecoder
{
    /// <summary>Decodes one frame of any shape.</summary>
    public static DecodeStatus Decode(ReadOnlySpan<byte> frame, in BinanceDecoderMarkets markets, Span<BookLevel> levels, ref MarketEvent e)
    {
        BinanceDecoderMembers.Slots slots = default;
        if (!BinanceEnvelopeDecoder.TryRead(frame, slots, out BinanceStreamKind stream))
            return DecodeStatus.Malformed;
        DecodeStatus status = KindOf(frame, slots, stream, out e.Kind, out e.Flags);
        if (status != DecodeStatus.Ok)
            return status;
        return e.Kind switch
        {
            MarketEventKind.Diff => Diff(frame, slots, in markets, levels, ref e),
            MarketEventKind.Snapshot => Snapshot(frame, slots, in markets, levels, ref e),
            MarketEventKind.Trade => Trade(frame, slots, in markets, ref e),
            MarketEventKind.BookTicker => BookTicker(frame, slots, in markets, levels, ref e),
            _ => DecodeStatus.Ok,
        };
    }

    private static DecodeStatus KindOf(
        ReadOnlySpan<byte> frame, ReadOnlySpan<JsonValue> slots, BinanceStreamKind stream, out MarketEventKind kind, out MarketEventFlags flags)
    {
        kind = MarketEventKind.Other;
        flags = MarketEventFlags.None;
        JsonValue type = slots[BinanceDecoderMembers.EventType];
        if (!type.IsPresent)
        {
            if (slots[BinanceDecoderMembers.SnapshotUpdateId].IsPresent)
                kind = stream == BinanceStreamKind.None ? MarketEventKind.Snapshot : MarketEventKind.Other;
            else if (slots[BinanceDecoderMembers.LastUpdateId].IsPresent && slots[BinanceDecoderMembers.Symbol].IsPresent)
                kind = MarketEventKind.BookTicker;
            return DecodeStatus.Ok;
        }
        if (type.Kind != JsonKind.Text)
            return DecodeStatus.WrongType;
        Span<byte> scratch = stackalloc byte[JsonValue.ScratchBytes];
        ReadOnlySpan<byte> name = type.Plain(frame, scratch);
        if (name.SequenceEqual("depthUpdate"u8))
            kind = stream == BinanceStreamKind.Any ? MarketEventKind.Other : MarketEventKind.Diff;
        else if (name.SequenceEqual("bookTicker"u8))
            kind = MarketEventKind.BookTicker;
        else if (name.SequenceEqual("trade"u8))
            return TradeKind(frame, slots[BinanceDecoderMembers.OrderOrigin], out kind);
        else if (name.SequenceEqual("aggTrade"u8))
            (kind, flags) = (MarketEventKind.Trade, MarketEventFlags.AggregatedTrade);
        return DecodeStatus.Ok;
    }

    private static DecodeStatus TradeKind(ReadOnlySpan<byte> frame, JsonValue origin, out MarketEventKind kind)
    {
        kind = MarketEventKind.Trade;
        if (!origin.IsPresent)
            return DecodeStatus.Ok;
        if (origin.Kind != JsonKind.Text)
            return DecodeStatus.WrongType;
        Span<byte> scratch = stackalloc byte[JsonValue.ScratchBytes];
        // insurance fund and auto-deleveraging move positions, not the book; they may carry price 0
        if (!origin.Plain(frame, scratch).SequenceEqual("MARKET"u8))
            kind = MarketEventKind.Other;
        return DecodeStatus.Ok;
    }

    private static DecodeStatus Diff(
        ReadOnlySpan<byte> frame, ReadOnlySpan<JsonValue> slots, in BinanceDecoderMarkets markets, Span<BookLevel> levels, ref MarketEvent e)
    {
        DecodeStatus status = markets.Find(frame, slots[BinanceDecoderMembers.Symbol], out MarketScale market);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.TimeNs(frame, slots[BinanceDecoderMembers.EventTime], out e.VenueNs);
        e.MatchNs = e.VenueNs;
        if (status == DecodeStatus.Ok && markets.IsFutures)
            status = JsonScalar.TimeNs(frame, slots[BinanceDecoderMembers.MatchTime], out e.MatchNs);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.Id(frame, slots[BinanceDecoderMembers.FirstUpdateId], out e.FirstUpdateId);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.Id(frame, slots[BinanceDecoderMembers.LastUpdateId], out e.LastUpdateId);
        if (status == DecodeStatus.Ok && markets.IsFutures)
            status = JsonScalar.Id(frame, slots[BinanceDecoderMembers.PreviousUpdateId], out e.PreviousUpdateId);
        if (status == DecodeStatus.Ok && e.LastUpdateId < e.FirstUpdateId)
            status = DecodeStatus.BadSequence;
        e.Instrument = market.Instrument;
        if (status == DecodeStatus.Ok)
            status = BinanceSideDecoder.Decode(frame, slots[BinanceDecoderMembers.Bids], in market, levels, out e.BidCount);
        if (status == DecodeStatus.Ok)
            status = BinanceSideDecoder.Decode(frame, slots[BinanceDecoderMembers.Asks], in market, levels[e.BidCount..], out e.AskCount);
        return status;
    }

    private static DecodeStatus Snapshot(
        ReadOnlySpan<byte> frame, ReadOnlySpan<JsonValue> slots, in BinanceDecoderMarkets markets, Span<BookLevel> levels, ref MarketEvent e)
    {
        if (!markets.TryDefault(out MarketScale market))
            return DecodeStatus.UnknownSymbol;
        DecodeStatus status = JsonScalar.Id(frame, slots[BinanceDecoderMembers.SnapshotUpdateId], out e.LastUpdateId);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.OptionalTimeNs(frame, slots[BinanceDecoderMembers.EventTime], out e.VenueNs);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.OptionalTimeNs(frame, slots[BinanceDecoderMembers.MatchTime], out e.MatchNs);
        e.Instrument = market.Instrument;
        if (status == DecodeStatus.Ok)
            status = BinanceSideDecoder.DecodeSorted(frame, slots[BinanceDecoderMembers.SnapshotBids], in market, Side.Bid, levels, out e.BidCount);
        if (status == DecodeStatus.Ok)
            status = BinanceSideDecoder.DecodeSorted(frame, slots[BinanceDecoderMembers.SnapshotAsks], in market, Side.Ask, levels[e.BidCount..], out e.AskCount);
        return status;
    }

    private static DecodeStatus Trade(ReadOnlySpan<byte> frame, ReadOnlySpan<JsonValue> slots, in BinanceDecoderMarkets markets, ref MarketEvent e)
    {
        bool aggregated = e.Flags == MarketEventFlags.AggregatedTrade;
        DecodeStatus status = markets.Find(frame, slots[BinanceDecoderMembers.Symbol], out MarketScale market);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.TimeNs(frame, slots[BinanceDecoderMembers.EventTime], out e.VenueNs);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.TimeNs(frame, slots[BinanceDecoderMembers.MatchTime], out e.MatchNs);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.Id(frame, slots[aggregated ? BinanceDecoderMembers.Asks : BinanceDecoderMembers.TradeId], out e.LastUpdateId);
        if (status != DecodeStatus.Ok)
            return status;
        status = JsonScalar.Trade(
            frame, slots[BinanceDecoderMembers.TradePrice], slots[BinanceDecoderMembers.TradeSize], JsonKind.Text, in market, out BookLevel trade);
        if (status != DecodeStatus.Ok)
            return status;
        e.Instrument = market.Instrument;
        (e.Price, e.Size) = (trade.Price, trade.Size);
        JsonKind buyerIsMaker = slots[BinanceDecoderMembers.BuyerIsMaker].Kind;
        e.Aggressor = buyerIsMaker == JsonKind.True ? Side.Ask : Side.Bid;
        return buyerIsMaker switch
        {
            JsonKind.True or JsonKind.False => DecodeStatus.Ok,
            JsonKind.Missing => DecodeStatus.MissingField,
            _ => DecodeStatus.WrongType,
        };
    }

    private static DecodeStatus BookTicker(
        ReadOnlySpan<byte> frame, ReadOnlySpan<JsonValue> slots, in BinanceDecoderMarkets markets, Span<BookLevel> levels, ref MarketEvent e)
    {
        DecodeStatus status = markets.Find(frame, slots[BinanceDecoderMembers.Symbol], out MarketScale market);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.Id(frame, slots[BinanceDecoderMembers.LastUpdateId], out e.LastUpdateId);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.OptionalTimeNs(frame, slots[BinanceDecoderMembers.EventTime], out e.VenueNs);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.OptionalTimeNs(frame, slots[BinanceDecoderMembers.MatchTime], out e.MatchNs);
        if (status == DecodeStatus.Ok)
            status = BinanceSideDecoder.Best(frame, slots[BinanceDecoderMembers.Bids], slots[BinanceDecoderMembers.BestBidSize], in market, out levels[0]);
        if (status == DecodeStatus.Ok)
            status = BinanceSideDecoder.Best(frame, slots[BinanceDecoderMembers.Asks], slots[BinanceDecoderMembers.BestAskSize], in market, out levels[1]);
        e.Instrument = market.Instrument;
        (e.BidCount, e.AskCount) = (1, 1);
        return status;
    }
}
