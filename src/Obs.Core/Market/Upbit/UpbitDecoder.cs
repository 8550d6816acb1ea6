using System;
using System.Diagnostics;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Upbit;

/// <summary>Upbit's WebSocket frames (orderbook, trade, ticker; DEFAULT and SIMPLE, bare or in a list of one) to market events.</summary>
/// <remarks>
/// One thread. A pure function of the frame and of the markets seen so far; never throws, never reads outside the frame, allocates only when a market
/// is seen for the first time. A frame in the venue's usual shape takes the fast path; any surprise sends it through the general path, which alone
/// decides what is refused and why. Well-formed frames of other kinds (status, errors, candles, aggregated books with a level above 0) are
/// <see cref="MarketEventKind.Other"/>.
/// </remarks>
internal sealed class UpbitDecoder
{
    private readonly InstrumentRegistry _registry;
    private readonly SymbolCache _cache = new();

    /// <summary>Creates a decoder that finds, and adds, its markets in a registry.</summary>
    public UpbitDecoder(InstrumentRegistry registry) => _registry = registry;

    /// <summary>Decodes one frame.</summary>
    /// <param name="frame">The frame's bytes, nothing around them.</param>
    /// <param name="levels">Receives the levels, bids best first, then asks best first. Each side holds at most half of it.</param>
    /// <param name="e">Receives everything but sequence and receive time. Blank when the frame is refused.</param>
    public DecodeStatus Decode(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e)
    {
        BlankEvent.Reset(ref e);
        bool list = frame.Length > 1 && frame[0] == '[' && frame[^1] == ']';
        if (TryFast(list ? frame[1..^1] : frame, levels, ref e))
        {
            Debug.Assert(e.Kind is MarketEventKind.FullBook or MarketEventKind.Trade, "the fast path knows two kinds");
            return DecodeStatus.Ok;
        }
        return DecodeGeneral(frame, levels, ref e);
    }

    /// <summary>Decodes one frame by the general path only: same result, any key order, white space, escapes, unknown members.</summary>
    public DecodeStatus DecodeGeneral(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e)
    {
        BlankEvent.Reset(ref e);
        DecodeStatus status = UpbitGeneralDecoder.Decode(frame, _registry, _cache, levels, ref e);
        if (status != DecodeStatus.Ok)
            BlankEvent.Reset(ref e);
        return status;
    }

    /// <summary>Decodes one frame by the fast path only; false when the general path must decide.</summary>
    public bool TryFast(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e)
    {
        if (frame.Length < FrameBytes.BlockBytes)
            return false;
        // the byte behind {"ty":" or {"type":" tells format and kind apart; each decoder checks the whole text
        return frame[4] == '"'
            ? frame[7] == 'o' ? UpbitBookDecoder<UpbitSimpleDecoderKeys>.TryDecode(frame, _cache, levels, ref e)
                : UpbitTradeDecoder<UpbitSimpleDecoderKeys>.TryDecode(frame, _cache, ref e)
            : frame[9] == 'o' ? UpbitBookDecoder<UpbitDefaultDecoderKeys>.TryDecode(frame, _cache, levels, ref e)
                : UpbitTradeDecoder<UpbitDefaultDecoderKeys>.TryDecode(frame, _cache, ref e);
    }
}
