using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Binance;

/// <summary>The fast path for <c>["price","size"],["price","size"]…</c>: one block of 64 bytes finds all quotes and points of a level.</summary>
/// <remarks>The position of the next level depends only on the mask of quotes, so conversions of neighbouring levels overlap.</remarks>
internal static class BinanceLevelsDecoder
{
    /// <summary><c>","</c> in the lower three bytes of a half word.</summary>
    private const uint Between = '"' | ',' << 8 | '"' << 16;

    /// <summary><c>"],[</c> as a half word.</summary>
    private const uint Next = '"' | ']' << 8 | ',' << 16 | (uint)'[' << 24;

    /// <summary>Takes one side from behind its opening bracket to behind its closing one.</summary>
    /// <param name="cursor">The frame.</param>
    /// <param name="market">Scales and highest price.</param>
    /// <param name="levels">Receives the levels in the order they stand there.</param>
    /// <param name="count">Levels read.</param>
    /// <returns>False at the first surprise.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Levels(ref byte frame, int at, int length, in MarketScale market, Span<BookLevel> levels, out int count)
    {
        NumberScale priceScale = market.PriceScale, sizeScale = market.SizeScale;
        long maxPrice = market.MaxPrice;
        int lastNext = unchecked(length - 4);
        count = 0;
        if (at < DecimalPair.BytesBefore || !FrameBytes.Matches(ref frame, at, length, "[\""u8))
            return -1;
        unchecked
        {
            for (int filled = 0; filled < levels.Length; filled++)
            {
                Debug.Assert(length - at >= 2, "a level was announced by its bracket and quote");
                Vector512<byte> block = FrameBytes.Block(ref frame, at, length, out int shift);
                ulong quotes = FrameBytes.Mask(block, (byte)'"');
                ulong ends = quotes | FrameBytes.Mask(block, (byte)'.');
                if (shift != 0)
                    (quotes, ends) = (quotes >> shift, ends >> shift);
                quotes &= quotes - 1;
                int priceEnd = at + BitOperations.TrailingZeroCount(quotes);
                quotes &= quotes - 1;
                quotes &= quotes - 1;
                int sizeStart = priceEnd + 3;
                int sizeEnd = at + BitOperations.TrailingZeroCount(quotes);
                // a fourth quote in the block means all before it lie in the frame, so four bytes behind the price do
                if (quotes == 0 || (FrameBytes.HalfWord(ref frame, priceEnd, length) & 0xFFFFFF) != Between)
                    return -1;
                Debug.Assert(sizeStart <= sizeEnd && sizeStart - at < FrameBytes.BlockBytes, "the third quote opens the size, the fourth closes it");
                NumberPlace pricePlace = new(at + 2, BitOperations.TrailingZeroCount(ends >> 2), priceEnd);
                NumberPlace sizePlace = new(sizeStart, BitOperations.TrailingZeroCount(ends >> (sizeStart - at)), sizeEnd);
                if (!DecimalPair.TryParse(ref frame, length, pricePlace, priceScale, sizePlace, sizeScale, out long price, out long size)
                    || price <= 0 || price > maxPrice || size < 0)
                    return -1;
                levels[filled] = new BookLevel(new Price(price), new Size(size));
                at = sizeEnd + 3;
                if (sizeEnd < lastNext && FrameBytes.HalfWord(ref frame, sizeEnd, length) == Next && FrameBytes.At(ref frame, sizeEnd + 4, length) == '"')
                    continue;
                count = filled + 1;
                return FrameBytes.Matches(ref frame, sizeEnd, length, "\"]]"u8) ? at : -1;
            }
        }
        return -1;
    }
}
