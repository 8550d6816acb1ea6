using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Upbit;

/// <summary>The fast path for Upbit's books: the venue's key order, no white space.</summary>
/// <remarks>A unit (one rank of both sides) costs two block masks and four conversions. Asks are written from the middle of the levels on and moved
/// behind the bids at the end, because their number is only known then.</remarks>
/// <typeparam name="TKeys">The format.</typeparam>
internal static class UpbitBookDecoder<TKeys>
    where TKeys : struct, IUpbitDecoderKeys
{
    /// <summary>Decodes a book; false at the first surprise, with levels and event in no defined state.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryDecode(ReadOnlySpan<byte> frame, SymbolCache cache, Span<BookLevel> levels, ref MarketEvent e)
    {
        FrameCursor cursor = new(frame);
        if (!cursor.Take(TKeys.BookStart))
            return false;
        ref readonly MarketScale market = ref cursor.TakeSymbol(cache);
        if (Unsafe.IsNullRef(in market) || !cursor.Take(TKeys.Time) || !cursor.TakeTimeNs(out long venueNs)
            || !cursor.Take(TKeys.TotalAsk) || !cursor.TakeTotals(TKeys.TotalBid, market.SizeScale, out double totalAsk, out double totalBid)
            || !cursor.Take(TKeys.Units))
            return false;

        int half = levels.Length / 2;
        UpbitUnitCounts counts = default;
        if (!cursor.Take("]"u8))
        {
            int end = Units(ref cursor.Frame, cursor.At, cursor.Length, in market, levels[..half], levels[half..], ref counts);
            if (end < 0)
                return false;
            cursor.At = end;
        }
        if (!TryTail(ref cursor, out MarketEventFlags flags))
            return false;

        levels.Slice(half, counts.Asks).CopyTo(levels[counts.Bids..]);
        e.Kind = MarketEventKind.FullBook;
        e.Instrument = market.Instrument;
        e.VenueNs = venueNs;
        e.MatchNs = venueNs;
        e.TotalAskSize = totalAsk;
        e.TotalBidSize = totalBid;
        e.BidCount = counts.Bids;
        e.AskCount = counts.Asks;
        e.Flags = flags;
        return true;
    }

    /// <summary>Takes what follows the units, each member at most once, to the end of the frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryTail(ref FrameCursor cursor, out MarketEventFlags flags)
    {
        flags = MarketEventFlags.None;
        bool level = cursor.Take(TKeys.NativeLevel);
        bool stream = cursor.Take(TKeys.RealTime);
        if (!stream && cursor.Take(TKeys.Snapshot))
        {
            stream = true;
            flags = MarketEventFlags.SubscriptionSnapshot;
        }
        if (!level && stream)
            cursor.Take(TKeys.NativeLevel);
        return cursor.Take("}"u8) && cursor.IsAtEnd;
    }

    /// <summary>Takes the units and the closing bracket; returns the position behind it, or -1 at a surprise.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Units(ref byte frame, int at, int length, in MarketScale market, Span<BookLevel> bids, Span<BookLevel> asks, ref UpbitUnitCounts counts)
    {
        MarketScale scale = market;
        long lastAsk = 0, lastBid = long.MaxValue;
        int bidCount = 0, askCount = 0;
        unchecked
        {
            while (true)
            {
                if (length - at <= TKeys.AskPrice.Length || FrameBytes.Difference(ref frame, at, length, TKeys.AskPrice) != 0)
                    return -1;
                at += TKeys.AskPrice.Length;
                at = Prices(ref frame, at, length, in scale, out long askPrice, out long bidPrice);
                if (at < 0 || length - at <= TKeys.AskSize.Length || FrameBytes.Difference(ref frame, at, length, TKeys.AskSize) != 0)
                    return -1;
                at += TKeys.AskSize.Length;
                at = Sizes(ref frame, at, length, in scale, out long askSize, out long bidSize);
                if (at < 0 || length - at < 2)
                    return -1;
                if (askSize != 0)
                {
                    if (askPrice <= lastAsk || askPrice > scale.MaxPrice || askCount == asks.Length)
                        return -1;
                    asks[askCount++] = new BookLevel(new Price(askPrice), new Size(askSize));
                    lastAsk = askPrice;
                }
                if (bidSize != 0)
                {
                    if (bidPrice >= lastBid || bidPrice <= 0 || bidPrice > scale.MaxPrice || bidCount == bids.Length)
                        return -1;
                    bids[bidCount++] = new BookLevel(new Price(bidPrice), new Size(bidSize));
                    lastBid = bidPrice;
                }
                byte next = FrameBytes.At(ref frame, at + 1, length);
                at += 2;
                if (next == ',')
                    continue;
                counts = new UpbitUnitCounts(bidCount, askCount);
                return next == ']' ? at : -1;
            }
        }
    }

    /// <summary>Both prices of a unit, from the first digit of the ask to the comma behind the bid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Prices(ref byte frame, int at, int length, in MarketScale scale, out long ask, out long bid)
    {
        ask = bid = 0;
        unchecked
        {
            Vector512<byte> block = FrameBytes.Block(ref frame, at, length, out int shift);
            ulong commas = FrameBytes.Mask(block, (byte)',');
            ulong ends = commas | FrameBytes.Mask(block, (byte)'.');
            if (shift != 0)
                (commas, ends) = (commas >> shift, ends >> shift);
            int askEnd = at + BitOperations.TrailingZeroCount(commas);
            commas &= commas - 1;
            int bidStart = askEnd + TKeys.BidPrice.Length;
            int bidEnd = at + BitOperations.TrailingZeroCount(commas);
            // a second comma in the block means the first one and everything between them lie in the frame
            if (commas == 0 || bidEnd < bidStart || FrameBytes.Difference(ref frame, askEnd, length, TKeys.BidPrice) != 0)
                return -1;
            Debug.Assert(bidStart - at < FrameBytes.BlockBytes, "the bid starts before the second comma, which lies in the block");
            NumberPlace askPlace = new(at, BitOperations.TrailingZeroCount(ends), askEnd);
            NumberPlace bidPlace = new(bidStart, BitOperations.TrailingZeroCount(ends >> (bidStart - at)), bidEnd);
            bool valid = DecimalPair.TryParse(ref frame, length, askPlace, scale.PriceScale, bidPlace, scale.PriceScale, out ask, out bid);
            return valid && (ask | bid) >= 0 ? bidEnd : -1;
        }
    }

    /// <summary>Both sizes of a unit, from the first digit of the ask's to the brace behind the bid's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Sizes(ref byte frame, int at, int length, in MarketScale scale, out long ask, out long bid)
    {
        ask = bid = 0;
        unchecked
        {
            Vector512<byte> block = FrameBytes.Block(ref frame, at, length, out int shift);
            ulong commas = FrameBytes.Mask(block, (byte)',');
            ulong braces = FrameBytes.Mask(block, (byte)'}');
            ulong ends = commas | braces | FrameBytes.Mask(block, (byte)'.');
            if (shift != 0)
                (commas, braces, ends) = (commas >> shift, braces >> shift, ends >> shift);
            int askEnd = at + BitOperations.TrailingZeroCount(commas);
            int bidStart = askEnd + TKeys.BidSize.Length;
            int bidEnd = at + BitOperations.TrailingZeroCount(braces);
            if (commas == 0 || braces == 0 || bidEnd < bidStart || FrameBytes.Difference(ref frame, askEnd, length, TKeys.BidSize) != 0)
                return -1;
            Debug.Assert(bidStart - at < FrameBytes.BlockBytes, "the bid's size starts before the brace, which lies in the block");
            NumberPlace askPlace = new(at, BitOperations.TrailingZeroCount(ends), askEnd);
            NumberPlace bidPlace = new(bidStart, BitOperations.TrailingZeroCount(ends >> (bidStart - at)), bidEnd);
            bool valid = DecimalPair.TryParse(ref frame, length, askPlace, scale.SizeScale, bidPlace, scale.SizeScale, out ask, out bid);
            return valid && (ask | bid) >= 0 ? bidEnd : -1;
        }
    }
}
