using System;
using System.Diagnostics;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Binance;

/// <summary>Binance's market data (depthUpdate, trade, aggTrade, bookTicker, REST snapshot; bare or in a combined stream's envelope) to market events.</summary>
/// <remarks>
/// One thread. A pure function of the frame, the default instrument and the markets seen so far; never throws, never reads outside the frame, allocates
/// only when a market is seen for the first time. A frame in the venue's usual shape takes the fast path; any surprise sends it through the general
/// path, which alone decides what is refused and why. Routing: partial depth (<c>@depth5/10/20</c>) and <c>@rpiDepth</c> are told by the stream's name
/// and are <see cref="MarketEventKind.Other"/> (books are built from diffs; a top-N would tear holes into them), as are acknowledgements,
/// <c>serverShutdown</c>, other events, and futures trades whose <c>X</c> is not <c>MARKET</c>. A bare object with <c>lastUpdateId</c> is a REST snapshot.
/// </remarks>
internal sealed class BinanceDecoder
{
    private readonly VenueId _venue;
    private readonly InstrumentRegistry _registry;
    private readonly SymbolCache _cache = new();
    private readonly BinanceHeads _heads = new();

    /// <summary>Creates a decoder for one venue that finds, and adds, its markets in a registry.</summary>
    /// <param name="venue"><see cref="VenueId.BinanceSpot"/> or <see cref="VenueId.BinanceUsdm"/>.</param>
    /// <param name="registry">The run's markets.</param>
    public BinanceDecoder(VenueId venue, InstrumentRegistry registry)
    {
        Debug.Assert(venue is VenueId.BinanceSpot or VenueId.BinanceUsdm, "this decoder speaks Binance only");
        _venue = venue;
        _registry = registry;
    }

    /// <summary>Registry index of the market of REST snapshots, which do not name theirs; -1 (none) refuses them as UnknownSymbol.</summary>
    public int DefaultInstrument { get; set; } = -1;

    /// <summary>Decodes one frame.</summary>
    /// <param name="frame">The frame's bytes, nothing around them.</param>
    /// <param name="levels">Receives the levels, bids then asks; a diff's in the order sent, a snapshot's best first. At least 2.</param>
    /// <param name="e">Receives everything but sequence and receive time. Blank when the frame is refused.</param>
    public DecodeStatus Decode(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e)
    {
        BlankEvent.Reset(ref e);
        if (TryFast(frame, levels, ref e))
        {
            Debug.Assert(e.Kind != MarketEventKind.Other, "the fast path knows only what the engine acts on");
            return DecodeStatus.Ok;
        }
        return DecodeGeneral(frame, levels, ref e);
    }

    /// <summary>Decodes one frame by the general path only: same result, any key order, white space, escapes, unknown members.</summary>
    public DecodeStatus DecodeGeneral(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e)
    {
        BlankEvent.Reset(ref e);
        BinanceDecoderMarkets markets = new(_venue, _registry, _cache, _heads, DefaultInstrument);
        DecodeStatus status = BinanceGeneralDecoder.Decode(frame, in markets, levels, ref e);
        if (status != DecodeStatus.Ok)
            BlankEvent.Reset(ref e);
        return status;
    }

    /// <summary>Decodes one frame by the fast path only into a blank event; false when the general path must decide.</summary>
    public bool TryFast(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e)
    {
        if (frame.Length < FrameBytes.BlockBytes)
            return false;
        BinanceDecoderMarkets markets = new(_venue, _registry, _cache, _heads, DefaultInstrument);
        return BinanceFastDecoder.TryDecode(frame, in markets, levels, ref e);
    }
}
