using Obs.Core.Market;
using Obs.Core.Market.Binance;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Engine;

/// <summary>Chooses the book of a market: the ladder for diff feeds on a fine grid of prices, sorted depth for complete books.</summary>
internal static class PipelineFactory
{
    /// <summary>The stages of a market; allocates, once per market.</summary>
    public static MarketPipeline Create(ushort index, Instrument instrument, PipelineContext context) =>
        instrument.Venue is VenueId.BinanceSpot or VenueId.BinanceUsdm
            ? new MarketPipeline<LadderBook>(index, instrument, context)
            : new MarketPipeline<DepthBook>(index, instrument, context);

    /// <summary>The synchronisation procedure of a market's venue.</summary>
    public static IVenueSync SyncOf(Instrument instrument) => instrument.Venue switch
    {
        VenueId.BinanceSpot => new BinanceSpotSync(),
        VenueId.BinanceUsdm => new BinanceUsdmSync(),
        _ => new UpbitSync(),
    };
}
