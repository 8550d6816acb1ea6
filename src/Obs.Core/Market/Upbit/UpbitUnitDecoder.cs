using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Upbit;

/// <summary>The units of an Upbit book on the general path: rank i of both sides in one object, members in any order.</summary>
internal static class UpbitUnitDecoder
{
    private const int AskPrice = 0, BidPrice = 1, AskSize = 2, BidSize = 3, Count = 4;

    /// <summary>Reads a validated array of units into the levels: bids first, then asks, entries of size 0 left out.</summary>
    public static DecodeStatus Decode(ReadOnlySpan<byte> frame, JsonValue units, in MarketScale market, Span<BookLevel> levels, ref MarketEvent e)
    {
        if (!units.IsPresent)
            return DecodeStatus.MissingField;
        if (units.Kind != JsonKind.Array)
            return DecodeStatus.WrongType;
        JsonCursor cursor = new(frame, units.Start);
        int half = levels.Length / 2;
        Span<BookLevel> bids = levels[..half], asks = levels[half..];
        int bidCount = 0, askCount = 0;
        bool more = cursor.TryTake('[') && cursor.Peek() != ']';
        for (; more; more = cursor.TryTake(','))
        {
            DecodeStatus status = Unit(frame, ref cursor, in market, out BookLevel bid, out BookLevel ask);
            if (status == DecodeStatus.Ok)
                status = Append(asks, ref askCount, ask, market.MaxPrice, Side.Ask);
            if (status == DecodeStatus.Ok)
                status = Append(bids, ref bidCount, bid, market.MaxPrice, Side.Bid);
            if (status != DecodeStatus.Ok)
                return status;
        }
        Debug.Assert(cursor.Peek() == ']', "the array was validated before");
        asks[..askCount].CopyTo(levels[bidCount..]);
        e.BidCount = bidCount;
        e.AskCount = askCount;
        return DecodeStatus.Ok;
    }

    private static DecodeStatus Unit(ReadOnlySpan<byte> frame, ref JsonCursor cursor, in MarketScale market, out BookLevel bid, out BookLevel ask)
    {
        bid = ask = default;
        if (cursor.Peek() != '{')
            return DecodeStatus.WrongType;
        Slots slots = default;
        if (!JsonMembers.TryCollect<Names>(ref cursor, frame, slots, depth: 3))
            return DecodeStatus.Malformed;
        DecodeStatus status = JsonScalar.Level(frame, slots[AskPrice], slots[AskSize], JsonKind.Number, in market, out ask);
        return status == DecodeStatus.Ok
            ? JsonScalar.Level(frame, slots[BidPrice], slots[BidSize], JsonKind.Number, in market, out bid)
            : status;
    }

    private static DecodeStatus Append(Span<BookLevel> side, ref int count, BookLevel level, long maxPrice, Side which)
    {
        if (level.Size.Mantissa == 0)
            return DecodeStatus.Ok;
        if (level.Price.Mantissa == 0 || level.Price.Mantissa > maxPrice)
            return DecodeStatus.BadPrice;
        if (count == side.Length)
            return DecodeStatus.TooManyLevels;
        if (count > 0 && (which == Side.Ask ? level.Price <= side[count - 1].Price : level.Price >= side[count - 1].Price))
            return DecodeStatus.Unsorted;
        side[count++] = level;
        return DecodeStatus.Ok;
    }

    /// <summary>Members of a unit under both names.</summary>
    private readonly struct Names : IMemberNames
    {
        /// <inheritdoc/>
        public static int SlotOf(ReadOnlySpan<byte> name)
        {
            if (name.SequenceEqual("ap"u8) || name.SequenceEqual("ask_price"u8))
                return AskPrice;
            if (name.SequenceEqual("bp"u8) || name.SequenceEqual("bid_price"u8))
                return BidPrice;
            if (name.SequenceEqual("as"u8) || name.SequenceEqual("ask_size"u8))
                return AskSize;
            return name.SequenceEqual("bs"u8) || name.SequenceEqual("bid_size"u8) ? BidSize : -1;
        }
    }

    /// <summary>One place per member.</summary>
    [InlineArray(Count)]
    private struct Slots
    {
        private JsonValue _first;
    }
}
