using System;
using System.Runtime.CompilerServices;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Upbit;

/// <summary>The members of Upbit's frames that matter, under their long and short names (docs.upbit.com/kr/reference/websocket-orderbook,
/// websocket-trade, websocket-ticker). A frame with both names of one member has it twice.</summary>
internal readonly struct UpbitDecoderMembers : IMemberNames
{
    /// <summary>Kind of the frame.</summary>
    public const int Type = 0;

    /// <summary>Market code.</summary>
    public const int Code = 1;

    /// <summary>Time of the frame.</summary>
    public const int Timestamp = 2;

    /// <summary>Sum of ask sizes.</summary>
    public const int TotalAsk = 3;

    /// <summary>Sum of bid sizes.</summary>
    public const int TotalBid = 4;

    /// <summary>Array of units.</summary>
    public const int Units = 5;

    /// <summary>SNAPSHOT or REALTIME.</summary>
    public const int Stream = 6;

    /// <summary>Aggregation step of the book, 0 = native.</summary>
    public const int Level = 7;

    /// <summary>Time of the match.</summary>
    public const int TradeStamp = 8;

    /// <summary>Trade price.</summary>
    public const int TradePrice = 9;

    /// <summary>Trade size.</summary>
    public const int TradeSize = 10;

    /// <summary>ASK = the taker sold.</summary>
    public const int TakerSide = 11;

    /// <summary>Trade id.</summary>
    public const int SequentialId = 12;

    /// <summary>Number of slots.</summary>
    public const int Count = 13;

    /// <inheritdoc/>
    public static int SlotOf(ReadOnlySpan<byte> name) => name.Length <= 4 ? Short(name) : Long(name);

    private static int Short(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("ty"u8) || name.SequenceEqual("type"u8))
            return Type;
        if (name.SequenceEqual("cd"u8) || name.SequenceEqual("code"u8))
            return Code;
        if (name.SequenceEqual("tms"u8))
            return Timestamp;
        if (name.SequenceEqual("tas"u8))
            return TotalAsk;
        if (name.SequenceEqual("tbs"u8))
            return TotalBid;
        if (name.SequenceEqual("obu"u8))
            return Units;
        if (name.SequenceEqual("st"u8))
            return Stream;
        if (name.SequenceEqual("lv"u8))
            return Level;
        if (name.SequenceEqual("ttms"u8))
            return TradeStamp;
        if (name.SequenceEqual("tp"u8))
            return TradePrice;
        if (name.SequenceEqual("tv"u8))
            return TradeSize;
        if (name.SequenceEqual("ab"u8))
            return TakerSide;
        return name.SequenceEqual("sid"u8) ? SequentialId : -1;
    }

    private static int Long(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("timestamp"u8))
            return Timestamp;
        if (name.SequenceEqual("total_ask_size"u8))
            return TotalAsk;
        if (name.SequenceEqual("total_bid_size"u8))
            return TotalBid;
        if (name.SequenceEqual("orderbook_units"u8))
            return Units;
        if (name.SequenceEqual("stream_type"u8))
            return Stream;
        if (name.SequenceEqual("level"u8))
            return Level;
        if (name.SequenceEqual("trade_timestamp"u8))
            return TradeStamp;
        if (name.SequenceEqual("trade_price"u8))
            return TradePrice;
        if (name.SequenceEqual("trade_volume"u8))
            return TradeSize;
        if (name.SequenceEqual("ask_bid"u8))
            return TakerSide;
        return name.SequenceEqual("sequential_id"u8) ? SequentialId : -1;
    }

    /// <summary>One place per member.</summary>
    [InlineArray(Count)]
    public struct Slots
    {
        private JsonValue _first;
    }
}
