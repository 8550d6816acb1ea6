using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Obs.Core.Market.Text;

namespace Obs.Core.Market;

/// <summary>The decoded form of a frame: <see cref="MarketEvent"/>, then its levels, as they lie in memory (little endian). Read without a copy.</summary>
/// <remarks>It is read from disk, so <see cref="TryRead"/> believes nothing: a header or level that no decoder could have produced is refused.</remarks>
internal static class DecodedForm
{
    /// <summary>Bytes before the levels; frozen by a test.</summary>
    public static int HeaderBytes => Unsafe.SizeOf<MarketEvent>();

    /// <summary>Bytes of a level; frozen by a test.</summary>
    public static int LevelBytes => Unsafe.SizeOf<BookLevel>();

    /// <summary>Most levels of a frame, both sides together: the decoders' own limit.</summary>
    public const int LevelsMax = 16_384;

    private const MarketEventFlags KnownFlags = MarketEventFlags.AggregatedTrade | MarketEventFlags.Unsequenced | MarketEventFlags.ClearFirst | MarketEventFlags.SubscriptionSnapshot;

    /// <summary>Bytes of a frame with so many levels.</summary>
    public static int SizeOf(int levels) => HeaderBytes + (levels * LevelBytes);

    /// <summary>Writes a frame and returns its bytes.</summary>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public static int Write(in MarketEvent e, ReadOnlySpan<BookLevel> levels, Span<byte> bytes)
    {
        Debug.Assert(levels.Length == e.BidCount + e.AskCount, "the header counts its levels");
        MemoryMarshal.Write(bytes, in e);
        MemoryMarshal.AsBytes(levels).CopyTo(bytes[HeaderBytes..]);
        return SizeOf(levels.Length);
    }

    /// <summary>Reads a frame; its levels stay where they are, valid as long as the bytes.</summary>
    /// <returns>False when the bytes are not exactly one frame that a decoder could have made.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out MarketEvent e, out ReadOnlySpan<BookLevel> levels)
    {
        levels = default;
        if (bytes.Length < HeaderBytes)
        {
            e = default;
            return false;
        }
        e = MemoryMarshal.Read<MarketEvent>(bytes);
        if (!IsPossible(e) || bytes.Length != SizeOf(e.BidCount + e.AskCount))
            return false;
        ReadOnlySpan<BookLevel> read = MemoryMarshal.Cast<byte, BookLevel>(bytes[HeaderBytes..]);
        if (!ArePossible(e, read))
            return false;
        levels = read;
        return true;
    }

    private static bool IsPossible(in MarketEvent e)
    {
        bool isTrade = e.Kind == MarketEventKind.Trade;
        return e.Kind <= MarketEventKind.Ticker
            && e.Aggressor <= Side.Ask
            && (e.Flags & ~KnownFlags) == 0
            && e.BidCount >= 0 && e.AskCount >= 0 && e.BidCount <= LevelsMax && e.AskCount <= LevelsMax - e.BidCount
            && IsTime(e.VenueNs) && IsTime(e.MatchNs) && IsTotal(e.TotalBidSize) && IsTotal(e.TotalAskSize)
            && e.FirstUpdateId >= 0 && e.PreviousUpdateId >= 0 && e.LastUpdateId >= 0
            && (e.Kind != MarketEventKind.Diff || e.FirstUpdateId <= e.LastUpdateId)
            && (!isTrade || (e.Price.Mantissa > 0 && e.Size.Mantissa > 0 && e.BidCount + e.AskCount == 0))
            && (e.Kind != MarketEventKind.BookTicker || (e.BidCount == 1 && e.AskCount == 1));
    }

    private static bool IsTime(long ns) => ns is >= 0 and < FrameTime.EndNs;

    // NaN: the venue states none
    private static bool IsTotal(double size) => !(size < 0 || double.IsPositiveInfinity(size));

    private static bool ArePossible(in MarketEvent e, ReadOnlySpan<BookLevel> levels)
    {
        if (e.Kind == MarketEventKind.FullBook)
            return LevelOrder.IsBestFirst(Side.Bid, levels[..e.BidCount]) && LevelOrder.IsBestFirst(Side.Ask, levels[e.BidCount..]);
        long least = e.Kind == MarketEventKind.BookTicker ? 0 : 1; // a side without a level has price 0 there
        long worst = 0;
        foreach (ref readonly BookLevel level in levels)
            worst |= level.Price.Mantissa | unchecked(level.Price.Mantissa - least) | level.Size.Mantissa; // one sign bit is enough to refuse
        return worst >= 0;
    }
}
