using Obs.Core.Market;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Tests.Simulation;

/// <summary>KRW markets as the generator makes them, and decoders that know them.</summary>
internal static class MadeMarkets
{
    public static UpbitDecoder Decoder(string market) => new(new InstrumentRegistry(new InstrumentCatalog([Instrument(market)])));

    public static Instrument Instrument(string market) => new()
    {
        Venue = VenueId.Upbit,
        Symbol = market,
        QuoteCurrency = "KRW",
        PriceDecimals = 8,
        SizeDecimals = 8,
        Ticks = UpbitMarkets.KrwTicks,
        Lot = new Size(1),
        MaxPrice = new Price(long.MaxValue),
        MinOrderValue = 5_000,
        MakerFee = 0.0005m,
        TakerFee = 0.0005m,
        ShortAllowed = false,
    };
}
