using System;
using System.Buffers.Text;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Records;

/// <summary>Makes decoded events of raw records: exact mantissas, judged prices and sizes, sorted levels.</summary>
/// <remarks>Importing thread only. The levels of the last book stand in <see cref="Levels"/> until the next record.</remarks>
internal sealed class RecordDecoder(ImportContext context)
{
    /// <summary>Levels of the last book; empty after a trade.</summary>
    public LevelBuffer Levels { get; } = new();

    /// <summary>True when the last trade's side was a number (1 = the taker sold) and not a word.</summary>
    public bool SideWasNumber { get; private set; }

    /// <summary>Decodes a record.</summary>
    /// <param name="text">The text its slices refer to.</param>
    /// <param name="record">Places of its fields.</param>
    /// <param name="head">The event; its receive time is filled in.</param>
    public LineFault Decode(ReadOnlySpan<byte> text, RawRecord record, out MarketEvent head)
    {
        head = new MarketEvent { TotalAskSize = double.NaN, TotalBidSize = double.NaN };
        Levels.Clear();
        LineFault fault = Time(text, record[RecordField.Timestamp], "timestamp", out head.VenueNs);
        if (fault.Exists)
            return fault;
        head.MatchNs = head.ReceiveNs = head.VenueNs;
        if (!record[RecordField.LocalTimestamp].IsEmpty && (fault = Time(text, record[RecordField.LocalTimestamp], "local_timestamp", out head.ReceiveNs)).Exists)
            return fault;
        if (!record[RecordField.MatchTimestamp].IsEmpty && (fault = Time(text, record[RecordField.MatchTimestamp], "trade_timestamp", out head.MatchNs)).Exists)
            return fault;
        fault = context.FindInstrument(context.Options.Venue, record[RecordField.Code].Of(text), out head.Instrument);
        if (fault.Exists)
            return fault;
        if (record.IsBook)
            return DecodeBook(text, record, ref head);
        return record[RecordField.TradePrice].IsEmpty ? new LineFault(BadLineReason.MissingField, "orderbook_units or trade_price") : DecodeTrade(text, record, ref head);
    }

    private LineFault Time(ReadOnlySpan<byte> text, Slice field, string name, out long ns)
    {
        ns = 0;
        ReadOnlySpan<byte> stamp = field.Of(text);
        if (stamp.IsEmpty)
            return new LineFault(BadLineReason.MissingField, name);
        if (TimeText.TryParse(stamp, context.Options.UtcOffsetMinutes, out ns))
            return default;
        BadLineReason reason = ScaledNumber.ParseWhole(stamp, out long value);
        return reason == BadLineReason.None && (reason = ReceiveTime.ToNs(value, out ns)) == BadLineReason.None ? default : new LineFault(reason, name);
    }

    private LineFault DecodeTrade(ReadOnlySpan<byte> text, RawRecord record, ref MarketEvent head)
    {
        Instrument instrument = context.Registry[head.Instrument];
        head.Kind = MarketEventKind.Trade;
        LineFault fault = LevelReading.Price(record[RecordField.TradePrice].Of(text), instrument, "trade_price", out head.Price);
        if (fault.Exists)
            return fault;
        fault = LevelReading.Size(record[RecordField.TradeVolume].Of(text), instrument, "trade_volume", out head.Size);
        if (fault.Exists)
            return fault;
        if (head.Size.Mantissa == 0)
            return new LineFault(BadLineReason.BadSize, "trade_volume");
        Slice id = record[RecordField.SequentialId];
        if (!id.IsEmpty && ScaledNumber.ParseWhole(id.Of(text), out head.LastUpdateId) is var reason && reason != BadLineReason.None)
            return new LineFault(reason, "sequential_id");
        if (head.LastUpdateId < 0)
            return new LineFault(BadLineReason.WrongType, "sequential_id");
        return TakerSide(record[RecordField.AskBid].Of(text), out head.Aggressor);
    }

    private LineFault TakerSide(ReadOnlySpan<byte> text, out Side side)
    {
        SideWasNumber = text.Length == 1 && text[0] is (byte)'0' or (byte)'1';
        if (text.SequenceEqual("BID"u8) || text.SequenceEqual("bid"u8) || text.SequenceEqual("0"u8))
        {
            side = Side.Bid;
            return default;
        }
        side = Side.Ask;
        if (text.SequenceEqual("ASK"u8) || text.SequenceEqual("ask"u8) || text.SequenceEqual("1"u8))
            return default;
        return new LineFault(text.IsEmpty ? BadLineReason.MissingField : BadLineReason.UnknownSide, "ask_bid");
    }

    private LineFault DecodeBook(ReadOnlySpan<byte> text, RawRecord record, ref MarketEvent head)
    {
        Instrument instrument = context.Registry[head.Instrument];
        head.Kind = MarketEventKind.FullBook;
        head.TotalAskSize = Total(record[RecordField.TotalAskSize].Of(text));
        head.TotalBidSize = Total(record[RecordField.TotalBidSize].Of(text));
        for (int unit = 0; unit < record.UnitCount; unit++)
        {
            LineFault fault = AddLevel(Side.Ask, record.Unit(unit, RecordField.AskPrice).Of(text), record.Unit(unit, RecordField.AskSize).Of(text), instrument);
            if (!fault.Exists)
                fault = AddLevel(Side.Bid, record.Unit(unit, RecordField.BidPrice).Of(text), record.Unit(unit, RecordField.BidSize).Of(text), instrument);
            if (fault.Exists)
                return fault;
        }
        if (Levels.Count == 0)
            return new LineFault(BadLineReason.MissingField, "orderbook_units");
        Debug.Assert(Levels.Count <= 2 * record.UnitCount, "a unit has at most one level a side");
        return Levels.IsStrictlySorted() ? default : new LineFault(BadLineReason.Unsorted, "orderbook_units");
    }

    private LineFault AddLevel(Side side, ReadOnlySpan<byte> priceText, ReadOnlySpan<byte> sizeText, Instrument instrument)
    {
        // thin books are padded with empty or zero levels
        if (priceText.IsEmpty && sizeText.IsEmpty)
            return default;
        LineFault fault = LevelReading.Size(sizeText, instrument, side == Side.Ask ? "ask_size" : "bid_size", out Size size);
        if (fault.Exists)
            return fault;
        if (size.Mantissa == 0 && ScaledNumber.Parse(priceText, instrument.PriceDecimals, out long zero) == BadLineReason.None && zero == 0)
            return default;
        fault = LevelReading.Price(priceText, instrument, side == Side.Ask ? "ask_price" : "bid_price", out Price price);
        if (fault.Exists || size.Mantissa == 0)
            return fault;
        return Levels.TryAdd(side, price, size) ? default : new LineFault(BadLineReason.TooManyLevels, "orderbook_units");
    }

    private static double Total(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out double value, out int used) && used == text.Length && double.IsFinite(value) && value >= 0 ? value : double.NaN;
}
