using System;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Upbit;

/// <summary>The general path for Upbit's frames: the whole frame is validated as JSON first, then what it means is read from where the members lie.</summary>
/// <remarks>One thread (it may add markets). Fills the event only as far as it got: the caller blanks it after a refusal.</remarks>
internal static class UpbitGeneralDecoder
{
    /// <summary>Decodes one frame of any shape.</summary>
    public static DecodeStatus Decode(
        ReadOnlySpan<byte> frame, InstrumentRegistry registry, SymbolCache cache, Span<BookLevel> levels, ref MarketEvent e)
    {
        UpbitDecoderMembers.Slots slots = default;
        if (!TryCollect(frame, cache, slots, levels, out UpbitUnitCounts? counts))
            return DecodeStatus.Malformed;
        JsonValue type = slots[UpbitDecoderMembers.Type];
        if (!type.IsPresent)
            return DecodeStatus.Ok;
        if (type.Kind != JsonKind.Text)
            return DecodeStatus.WrongType;
        Span<byte> scratch = stackalloc byte[JsonValue.ScratchBytes];
        e.Kind = KindOf(type.Plain(frame, scratch));
        if (e.Kind == MarketEventKind.Other)
            return DecodeStatus.Ok;
        DecodeStatus status = Common(frame, slots, registry, cache, out MarketScale market, ref e);
        if (status != DecodeStatus.Ok)
            return status;
        return e.Kind switch
        {
            MarketEventKind.FullBook => Book(frame, slots, in market, counts, levels, ref e),
            MarketEventKind.Trade => Trade(frame, slots, in market, ref e),
            _ => DecodeStatus.Ok,
        };
    }

    /// <summary>Validates the frame and collects its members. Units of a market already known are decoded in the same pass.</summary>
    /// <remarks>Units that cannot be decoded are walked like any value and judged later: the reason must not depend on the order of the members.</remarks>
    private static bool TryCollect(
        ReadOnlySpan<byte> frame, SymbolCache cache, Span<JsonValue> slots, Span<BookLevel> levels, out UpbitUnitCounts? counts)
    {
        counts = null;
        JsonCursor cursor = new(frame);
        bool list = cursor.TryTake('[');
        int depth = list ? 2 : 1;
        if (!cursor.TryTake('{'))
            return false;
        bool more = cursor.Peek() != '}';
        for (; more; more = cursor.TryTake(','))
        {
            if (!cursor.TryReadKey(out JsonValue key))
                return false;
            int slot = key.Escaped ? JsonMembers.SlotOfEscaped<UpbitDecoderMembers>(frame, key) : UpbitDecoderMembers.SlotOf(key.Raw(frame));
            if (slot >= 0 && slots[slot].IsPresent)
                return false;
            JsonCursor ahead = cursor;
            if (slot == UpbitDecoderMembers.Units && cursor.Peek() == '[' && TryKnown(frame, slots[UpbitDecoderMembers.Code], cache, out MarketScale market)
                && UpbitUnitDecoder.Decode(frame, ref ahead, depth + 2, in market, levels, out UpbitUnitCounts decoded) == DecodeStatus.Ok)
            {
                counts = decoded;
                slots[slot] = new JsonValue(JsonKind.Array, cursor.Position, ahead.Position - cursor.Position);
                cursor = ahead;
                continue;
            }
            if (!cursor.TryReadValue(out JsonValue value, depth))
                return false;
            if (slot >= 0)
                slots[slot] = value;
        }
        return cursor.TryTake('}') && (!list || cursor.TryTake(']')) && cursor.IsAtEnd();
    }

    private static bool TryKnown(ReadOnlySpan<byte> frame, JsonValue code, SymbolCache cache, out MarketScale market)
    {
        Span<byte> scratch = stackalloc byte[JsonValue.ScratchBytes];
        market = default;
        return code.Kind == JsonKind.Text && cache.TryFind(code.Plain(frame, scratch), out market);
    }

    private static MarketEventKind KindOf(ReadOnlySpan<byte> type)
    {
        if (type.SequenceEqual("orderbook"u8))
            return MarketEventKind.FullBook;
        if (type.SequenceEqual("trade"u8))
            return MarketEventKind.Trade;
        return type.SequenceEqual("ticker"u8) ? MarketEventKind.Ticker : MarketEventKind.Other;
    }

    private static DecodeStatus Common(
        ReadOnlySpan<byte> frame, ReadOnlySpan<JsonValue> slots, InstrumentRegistry registry, SymbolCache cache, out MarketScale market, ref MarketEvent e)
    {
        DecodeStatus status = MarketLookup.Find(frame, slots[UpbitDecoderMembers.Code], VenueId.Upbit, registry, cache, out market);
        if (status != DecodeStatus.Ok)
            return status;
        e.Instrument = market.Instrument;
        JsonValue stream = slots[UpbitDecoderMembers.Stream];
        if (stream.IsPresent && stream.Kind != JsonKind.Text)
            return DecodeStatus.WrongType;
        Span<byte> scratch = stackalloc byte[JsonValue.ScratchBytes];
        if (stream.IsPresent && stream.Plain(frame, scratch).SequenceEqual("SNAPSHOT"u8))
            e.Flags = MarketEventFlags.SubscriptionSnapshot;
        return JsonScalar.TimeNs(frame, slots[UpbitDecoderMembers.Timestamp], out e.VenueNs);
    }

    private static DecodeStatus Book(
        ReadOnlySpan<byte> frame, ReadOnlySpan<JsonValue> slots, in MarketScale market, UpbitUnitCounts? decoded, Span<BookLevel> levels, ref MarketEvent e)
    {
        e.MatchNs = e.VenueNs;
        UpbitUnitCounts counts = decoded ?? default;
        DecodeStatus status = JsonScalar.OptionalTotal(frame, slots[UpbitDecoderMembers.TotalAsk], out e.TotalAskSize);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.OptionalTotal(frame, slots[UpbitDecoderMembers.TotalBid], out e.TotalBidSize);
        if (status == DecodeStatus.Ok && decoded is null)
            status = Units(frame, slots[UpbitDecoderMembers.Units], in market, levels, out counts);
        (e.BidCount, e.AskCount) = (counts.Bids, counts.Asks);
        JsonValue level = slots[UpbitDecoderMembers.Level];
        if (status != DecodeStatus.Ok || !level.IsPresent)
            return status;
        if (level.Kind != JsonKind.Number)
            return DecodeStatus.WrongType;
        // an aggregated book is another book of the same market: it must not replace the native one
        if (DecimalText.Parse(level.Raw(frame), 0, out long step) != DecodeStatus.Ok || step != 0)
            BlankEvent.Reset(ref e);
        return DecodeStatus.Ok;
    }

    private static DecodeStatus Units(ReadOnlySpan<byte> frame, JsonValue units, in MarketScale market, Span<BookLevel> levels, out UpbitUnitCounts counts)
    {
        counts = default;
        if (!units.IsPresent)
            return DecodeStatus.MissingField;
        if (units.Kind != JsonKind.Array)
            return DecodeStatus.WrongType;
        // the nesting was judged when the frame was validated
        JsonCursor cursor = new(frame, units.Start);
        return UpbitUnitDecoder.Decode(frame, ref cursor, 0, in market, levels, out counts);
    }

    private static DecodeStatus Trade(ReadOnlySpan<byte> frame, ReadOnlySpan<JsonValue> slots, in MarketScale market, ref MarketEvent e)
    {
        DecodeStatus status = JsonScalar.Trade(
            frame, slots[UpbitDecoderMembers.TradePrice], slots[UpbitDecoderMembers.TradeSize], JsonKind.Number, in market, out BookLevel trade);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.TimeNs(frame, slots[UpbitDecoderMembers.TradeStamp], out e.MatchNs);
        if (status == DecodeStatus.Ok)
            status = JsonScalar.Id(frame, slots[UpbitDecoderMembers.SequentialId], out e.LastUpdateId);
        if (status != DecodeStatus.Ok)
            return status;
        (e.Price, e.Size) = (trade.Price, trade.Size);
        return Taker(frame, slots[UpbitDecoderMembers.TakerSide], out e.Aggressor);
    }

    private static DecodeStatus Taker(ReadOnlySpan<byte> frame, JsonValue side, out Side aggressor)
    {
        aggressor = Side.Bid;
        if (!side.IsPresent)
            return DecodeStatus.MissingField;
        if (side.Kind != JsonKind.Text)
            return DecodeStatus.WrongType;
        Span<byte> scratch = stackalloc byte[JsonValue.ScratchBytes];
        ReadOnlySpan<byte> text = side.Plain(frame, scratch);
        if (text.SequenceEqual("ASK"u8))
            aggressor = Side.Ask;
        else if (!text.SequenceEqual("BID"u8))
            return DecodeStatus.WrongType;
        return DecodeStatus.Ok;
    }
}
