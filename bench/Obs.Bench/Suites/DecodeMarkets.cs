using Obs.Core.Market;

namespace Obs.Bench.Suites;

/// <summary>The markets of the decode benchmark's frames.</summary>
internal static class DecodeMarkets
{
    /// <summary>A registry of its own, as each decoder has in a run.</summary>
    public static InstrumentRegistry Registry() => new(new InstrumentCatalog(
    [
        Of(VenueId.Upbit, "KRW-BTC", 8, 8),
        Of(VenueId.BinanceSpot, "BTCUSDT", 2, 8),
        Of(VenueId.BinanceUsdm, "BTCUSDT", 1, 3),
    ]));

    /// <summary>A market with these scales.</summary>
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
