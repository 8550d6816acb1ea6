using System;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market.Text;

/// <summary>Registries for decoder tests: the markets of the recordings, with the scales of their ticks and lots.</summary>
internal static class TestMarkets
{
    public static InstrumentRegistry Registry() => new(new InstrumentCatalog(
        [
            // the lot is 0.00001, but sizes in the recording have six decimals: orders from before the lot was coarsened
            Of(VenueId.BinanceSpot, "BTCUSDT", 2, 6),
            Of(VenueId.BinanceSpot, "NEXOUSDT", 3, 2),
            Of(VenueId.BinanceUsdm, "BTCUSDT", 1, 3),
            Of(VenueId.BinanceUsdm, "DOGEUSDT", 5, 0),
        ],
        static (venue, symbol) => venue == VenueId.Upbit && (symbol.StartsWith("KRW-", StringComparison.Ordinal) || symbol.StartsWith("BTC-", StringComparison.Ordinal))
            ? Of(venue, symbol.ToString(), 8, 8)
            : null));

    public static Instrument Of(VenueId venue, string symbol, int priceDecimals, int sizeDecimals) => new()
    {
        Venue = venue,
        Symbol = symbol,
        QuoteCurrency = "USDT",
        PriceDecimals = priceDecimals,
        SizeDecimals = sizeDecimals,
        Ticks = TickTable.Constant(new Price(1)),
        Lot = new Size(1),
        MaxPrice = new Price(10_000_000_000 * PowersOfTen.AsLong[priceDecimals]),
        MinOrderValue = 5m,
        MakerFee = 0m,
        TakerFee = 0m,
        ShortAllowed = false,
    };
}
