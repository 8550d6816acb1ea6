using System;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Binance;

/// <summary>The markets a Binance decoder works with: the registry, what the fast path knows of it, and the market of frames that name none.</summary>
/// <param name="Venue">Spot or USD-M.</param>
/// <param name="Registry">Finds and adds markets.</param>
/// <param name="Cache">The fast path's copy.</param>
/// <param name="Heads">How the frames of the streams begin.</param>
/// <param name="DefaultInstrument">Registry index of the market of REST snapshots, -1 for none.</param>
internal readonly record struct BinanceDecoderMarkets(VenueId Venue, InstrumentRegistry Registry, SymbolCache Cache, BinanceHeads Heads, int DefaultInstrument)
{
    /// <summary>True on USD-M: frames carry the match time, diffs the previous update id.</summary>
    public bool IsFutures => Venue == VenueId.BinanceUsdm;

    /// <summary>Finds, or adds, a market by the member that names it.</summary>
    public DecodeStatus Find(ReadOnlySpan<byte> frame, JsonValue symbol, out MarketScale market) =>
        MarketLookup.Find(frame, symbol, Venue, Registry, Cache, out market);

    /// <summary>The market of frames that name none; false when the engine has set none.</summary>
    public bool TryDefault(out MarketScale market)
    {
        bool known = DefaultInstrument >= 0 && DefaultInstrument < Registry.Count;
        market = known ? MarketScale.Of(Registry[DefaultInstrument], (ushort)DefaultInstrument) : default;
        return known;
    }
}
