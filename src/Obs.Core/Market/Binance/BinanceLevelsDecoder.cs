using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Binance;

/// <summary>The fast path for <c>["price","size"],["price","size"]…</c>: one block of 64 bytes finds all quotes and points of a level.</summary>
/// <remarks>The position of the next level depends only on the mask of quotes, so conversions of neighbouring levels overlap.</remarks>
internal static class BinanceLevelsDecoder
{
    /// <summary>Takes one side from behind its opening bracket to behind its closing one.</summary>
    /// <param name="cursor">The frame.</param>
    /// <param name="market">Scales and highest price.</param>
    /// <param name="levels">Receives the levels in the order they stand there.</param>
    /// <param name="count">Levels read.</param>
    /// <returns>False at the first surprise.</returns>
    public static bool TryTake(ref FrameCursor cursor, in MarketScale market, Span<BookLevel> levels, out int count)
    {
        count = 0;
        if (cursor.Take("]"u8))
            return true;
        int end = Levels(ref cursor.Frame, cursor.At, cursor.Length, in market, levels, out count);
        if (end < 0)
            return false;
        cursor.At = end;
        return true;
    }

    private static int Levels(ref byte frame, int at, int length, in MarketScale market, Span<BookLevel> levels, out int count)
    {
        int priceDecimals = market.PriceDecimals, sizeDecimals = market.SizeDecimals;
        long priceUnit = market.PriceUnit, sizeUnit = market.SizeUnit, maxPrice = market.MaxPrice;
        count = 0;
        if (!FrameBytes.Matches(ref frame, at, length, "[\""u8))
            return -1;
        unchecked
        {
            for (int filled = 0; filled < levels.Length; filled++)
            {
                Debug.Assert(length - at > 2, "a level was announced by its bracket and quote");
                Vector512<byte> block = FrameBytes.Block(ref frame, at, length, out int shift);
                ulong quotes = FrameBytes.Mask(block, shift, (byte)'"');
                ulong points = FrameBytes.Mask(block, shift, (byte)'.');
                int priceStart = at + 2;
                quotes &= quotes - 1;
                int priceEnd = at + BitOperations.TrailingZeroCount(quotes);
                quotes &= quotes - 1;
                quotes &= quotes - 1;
                int sizeStart = priceEnd + 3;
                int sizeEnd = at + BitOperations.TrailingZeroCount(quotes);
                // a fourth quote in the block means all before it lie in the frame
                if (quotes == 0 || !FrameBytes.Matches(ref frame, priceEnd, length, "\",\""u8))
                    return -1;
                Debug.Assert(sizeStart <= sizeEnd && sizeStart - at < FrameBytes.BlockBytes, "the third quote opens the size, the fourth closes it");
                int pricePoint = at + BitOperations.TrailingZeroCount(points);
                int sizePoint = sizeStart + BitOperations.TrailingZeroCount(points >> (sizeStart - at));
                if (!FastDecimal.TryParse(ref frame, length, priceStart, pricePoint, priceEnd, priceDecimals, priceUnit, out long price)
                    || !FastDecimal.TryParse(ref frame, length, sizeStart, sizePoint, sizeEnd, sizeDecimals, sizeUnit, out long size)
                    || price <= 0 || price > maxPrice || size < 0)
                    return -1;
                levels[filled] = new BookLevel(new Price(price), new Size(size));
                at = sizeEnd + 3;
                if (FrameBytes.Matches(ref frame, sizeEnd, length, "\"],[\""u8))
                    continue;
                count = filled + 1;
                return FrameBytes.Matches(ref frame, sizeEnd, length, "\"]]"u8) ? at : -1;
            }
        }
        return -1;
    }
}
