using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Binance;

/// <summary>Heads of the streams a decoder has met, found by bytes of the stream's name.</summary>
/// <remarks>One thread, no allocation after creation. What it knows changes how fast a frame is decoded, never to what. Two streams that fall on one place
/// leave it to whoever has it; it changes hands when its frames stay away (or change: an id gains a digit).</remarks>
internal sealed class BinanceHeads
{
    /// <summary>Places; more streams than that share them.</summary>
    private const int Places = 128;

    /// <summary>So many frames that began otherwise make a head forgotten.</summary>
    private const int MissesMax = 16;

    /// <summary>The stream's name begins here: behind <c>{"stream":"</c>.</summary>
    private const int NameAt = 11;

    private readonly BinanceHead[] _heads = new BinanceHead[Places];

    /// <summary>The place of a frame in a combined stream's envelope, of at least <see cref="FrameHead.Bytes"/>; its head may be another's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref BinanceHead PlaceOf(ReadOnlySpan<byte> frame)
    {
        Debug.Assert(frame.Length >= FrameHead.Bytes, "short frames have no place");
        ref byte start = ref MemoryMarshal.GetReference(frame);
        unchecked
        {
            // symbol and beginning of the kind: "btcusdt@bookTick"
            ulong mixed = (FrameBytes.Word(ref start, NameAt, frame.Length) * 0x9E3779B97F4A7C15UL) ^ FrameBytes.Word(ref start, NameAt + 8, frame.Length);
            return ref _heads[(int)((mixed * 0xBF58476D1CE4E5B9UL) >> 57)];
        }
    }

    /// <summary>Learns from a frame that the fast path has decoded, unless its place is in use by another.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Learn(ReadOnlySpan<byte> frame, in MarketEvent e, SymbolCache cache)
    {
        Debug.Assert(e.Kind is MarketEventKind.BookTicker or MarketEventKind.Trade, "only these have heads");
        ref BinanceHead head = ref PlaceOf(frame);
        if (head.Text.Length != 0 && ++head.Misses < MissesMax)
            return;
        head.Misses = 0;
        // neither stands in a name: both begin with a quote
        int before = e.Kind == MarketEventKind.BookTicker ? frame.IndexOf(",\"b\":\""u8) : frame.IndexOf(",\"p\":\""u8);
        FrameHead text = default;
        if (before < 0 || !text.TryLearn(frame, before + 6) || !TryKindOf(text, e.Kind, out BinanceHeadKind kind) || !TryMarketOf(frame, cache, out MarketScale market))
            return;
        (head.Text, head.Kind, head.Market) = (text, kind, market);
        Debug.Assert(head.Text.Matches(frame), "a head matches what it was learned from");
    }

    private static bool TryKindOf(in FrameHead text, MarketEventKind kind, out BinanceHeadKind known)
    {
        known = kind == MarketEventKind.BookTicker ? BinanceHeadKind.BookTicker : text.Integers == 2 ? BinanceHeadKind.SpotTrade : BinanceHeadKind.FuturesTrade;
        return text.Integers == (known == BinanceHeadKind.BookTicker ? 1 : known == BinanceHeadKind.SpotTrade ? 2 : 3);
    }

    private static bool TryMarketOf(ReadOnlySpan<byte> frame, SymbolCache cache, out MarketScale market)
    {
        market = default;
        int symbol = frame.IndexOf(",\"s\":\""u8) + 6;
        int length = frame[symbol..].IndexOf((byte)'"');
        return symbol >= 6 && length > 0 && cache.TryFind(frame.Slice(symbol, length), out market);
    }
}
