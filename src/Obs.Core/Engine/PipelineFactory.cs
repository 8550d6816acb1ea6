using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>Chooses the book of a market: the ladder for diff feeds on a fine grid of prices, sorted depth for complete books.</summary>
internal static class PipelineFactory
{
    /// <summary>The stages of a market; allocates, once per market.</summary>
    public static MarketPipeline Create(ushort index, Instrument instrument, PipelineContext context) =>
        instrument.Venue is VenueId.BinanceSpot or VenueId.BinanceUsdm
            ? new MarketPipeline<LadderBook>(index, instrument, context)
            : new MarketPipeline<DepthBook>(index, instrument, context);
}
