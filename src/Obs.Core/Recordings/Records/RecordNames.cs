using System;

namespace Obs.Core.Recordings.Records;

/// <summary>Field names as they stand in files.</summary>
internal static class RecordNames
{
    /// <summary>The field of a record's member or CSV column.</summary>
    public static RecordField FieldOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("timestamp"u8))
            return RecordField.Timestamp;
        if (name.SequenceEqual("orderbook_units"u8))
            return RecordField.Units;
        if (name.SequenceEqual("trade_price"u8))
            return RecordField.TradePrice;
        if (name.SequenceEqual("trade_volume"u8))
            return RecordField.TradeVolume;
        if (name.SequenceEqual("ask_bid"u8))
            return RecordField.AskBid;
        if (name.SequenceEqual("total_ask_size"u8))
            return RecordField.TotalAskSize;
        if (name.SequenceEqual("total_bid_size"u8))
            return RecordField.TotalBidSize;
        if (name.SequenceEqual("sequential_id"u8))
            return RecordField.SequentialId;
        if (name.SequenceEqual("code"u8) || name.SequenceEqual("market"u8))
            return RecordField.Code;
        if (name.SequenceEqual("trade_timestamp"u8))
            return RecordField.MatchTimestamp;
        return name.SequenceEqual("local_timestamp"u8) ? RecordField.LocalTimestamp : RecordField.None;
    }

    /// <summary>The field of a level's member.</summary>
    public static RecordField UnitFieldOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("ask_price"u8))
            return RecordField.AskPrice;
        if (name.SequenceEqual("bid_price"u8))
            return RecordField.BidPrice;
        if (name.SequenceEqual("ask_size"u8))
            return RecordField.AskSize;
        return name.SequenceEqual("bid_size"u8) ? RecordField.BidSize : RecordField.None;
    }
}
