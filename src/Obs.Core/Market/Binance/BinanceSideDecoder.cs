using System;
using System.Diagnostics;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Binance;

/// <summary>One side of a Binance book on the general path: an array of <c>["price","size"]</c>, further elements of a level ignored.</summary>
internal static class BinanceSideDecoder
{
    /// <summary>Reads a validated array of changed levels, in the order they stand there.</summary>
    public static DecodeStatus Decode(ReadOnlySpan<byte> frame, JsonValue side, in MarketScale market, Span<BookLevel> levels, out int count)
    {
        count = 0;
        if (!side.IsPresent)
            return DecodeStatus.MissingField;
        if (side.Kind != JsonKind.Array)
            return DecodeStatus.WrongType;
        JsonCursor cursor = new(frame, side.Start);
        bool more = cursor.TryTake('[') && cursor.Peek() != ']';
        for (; more; more = cursor.TryTake(','))
        {
            DecodeStatus status = Level(frame, ref cursor, in market, out BookLevel level);
            if (status != DecodeStatus.Ok)
                return status;
            if (level.Price.Mantissa == 0 || level.Price.Mantissa > market.MaxPrice)
                return DecodeStatus.BadPrice;
            if (count == levels.Length)
                return DecodeStatus.TooManyLevels;
            levels[count++] = level;
        }
        Debug.Assert(cursor.Peek() == ']', "the array was validated before");
        return DecodeStatus.Ok;
    }

    /// <summary>Reads a side of a complete book: best first, each price once, levels of size 0 left out.</summary>
    public static DecodeStatus DecodeSorted(
        ReadOnlySpan<byte> frame, JsonValue value, in MarketScale market, Side side, Span<BookLevel> levels, out int count)
    {
        DecodeStatus status = Decode(frame, value, in market, levels, out int read);
        count = 0;
        for (int index = 0; index < read && status == DecodeStatus.Ok; index++)
        {
            BookLevel level = levels[index];
            if (level.Size.Mantissa == 0)
                continue;
            if (count > 0 && !LevelOrder.IsWorse(side, level.Price, levels[count - 1].Price))
                status = DecodeStatus.Unsorted;
            levels[count++] = level;
        }
        return status;
    }

    /// <summary>Reads the best level of a side as a bookTicker states it; an empty side has price and size 0.</summary>
    public static DecodeStatus Best(ReadOnlySpan<byte> frame, JsonValue price, JsonValue size, in MarketScale market, out BookLevel level)
    {
        DecodeStatus status = JsonScalar.Level(frame, price, size, JsonKind.Text, in market, out level);
        if (status != DecodeStatus.Ok)
            return status;
        bool empty = level.Price.Mantissa == 0 && level.Size.Mantissa == 0;
        return empty || level.Price.Mantissa is > 0 && level.Price.Mantissa <= market.MaxPrice ? DecodeStatus.Ok : DecodeStatus.BadPrice;
    }

    private static DecodeStatus Level(ReadOnlySpan<byte> frame, ref JsonCursor cursor, in MarketScale market, out BookLevel level)
    {
        level = default;
        if (!cursor.TryTake('['))
            return DecodeStatus.WrongType;
        if (cursor.TryTake(']'))
            return DecodeStatus.MissingField;
        if (!cursor.TryReadValue(out JsonValue price, 0))
            return DecodeStatus.Malformed;
        if (!cursor.TryTake(','))
            return DecodeStatus.MissingField;
        if (!cursor.TryReadValue(out JsonValue size, 0))
            return DecodeStatus.Malformed;
        while (cursor.TryTake(','))
        {
            if (!cursor.TryReadValue(out _, 0))
                return DecodeStatus.Malformed;
        }
        return cursor.TryTake(']') ? JsonScalar.Level(frame, price, size, JsonKind.Text, in market, out level) : DecodeStatus.Malformed;
    }
}
