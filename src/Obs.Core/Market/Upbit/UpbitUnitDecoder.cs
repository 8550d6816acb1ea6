using System;
using System.Runtime.CompilerServices;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Upbit;

/// <summary>The units of an Upbit book on the general path: rank i of both sides in one object, members in any order.</summary>
internal static class UpbitUnitDecoder
{
    private const int AskPrice = 0, BidPrice = 1, AskSize = 2, BidSize = 3, Count = 4;

    /// <summary>Takes the array of units from the cursor into the levels: bids first, then asks, entries of size 0 left out.</summary>
    /// <param name="frame">The text the cursor walks.</param>
    /// <param name="cursor">Stands before the opening bracket; behind the closing one when the result is Ok, anywhere otherwise.</param>
    /// <param name="depth">Nesting of a unit.</param>
    /// <param name="market">Scales and highest price.</param>
    /// <param name="levels">Receives the levels; each side holds at most half of it.</param>
    /// <param name="counts">Levels of each side.</param>
    public static DecodeStatus Decode(
        ReadOnlySpan<byte> frame, ref JsonCursor cursor, int depth, in MarketScale market, Span<BookLevel> levels, out UpbitUnitCounts counts)
    {
        int half = levels.Length / 2;
        Span<BookLevel> bids = levels[..half], asks = levels[half..];
        int bidCount = 0, askCount = 0;
        counts = default;
        bool more = cursor.TryTake('[') && cursor.Peek() != ']';
        for (; more; more = cursor.TryTake(','))
        {
            DecodeStatus status = Unit(frame, ref cursor, depth, in market, out BookLevel bid, out BookLevel ask);
            if (status == DecodeStatus.Ok)
                status = Append(asks, ref askCount, ask, market.MaxPrice, Side.Ask);
            if (status == DecodeStatus.Ok)
                status = Append(bids, ref bidCount, bid, market.MaxPrice, Side.Bid);
            if (status != DecodeStatus.Ok)
                return status;
        }
        if (!cursor.TryTake(']'))
            return DecodeStatus.Malformed;
        asks[..askCount].CopyTo(levels[bidCount..]);
        counts = new UpbitUnitCounts(bidCount, askCount);
        return DecodeStatus.Ok;
    }

    private static DecodeStatus Unit(ReadOnlySpan<byte> frame, ref JsonCursor cursor, int depth, in MarketScale market, out BookLevel bid, out BookLevel ask)
    {
        bid = ask = default;
        if (cursor.Peek() != '{')
            return DecodeStatus.WrongType;
        Slots slots = default;
        if (!JsonMembers.TryCollect<Names>(ref cursor, frame, slots, depth))
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
        if (count > 0 && !LevelOrder.IsWorse(which, level.Price, side[count - 1].Price))
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
