using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Obs.Core.Market;

/// <summary>The registry that comes with OBS: scales, steps, minimums and fees of the markets it knows without being told.</summary>
/// <remarks>
/// Sources: Binance's exchangeInfo (tickSize, stepSize, notional) and <see cref="UpbitMarkets"/>; fees of the lowest tier without promotions (Binance spot 0.1 %, USD-M 0.02/0.05 %, Upbit KRW 0.05 %,
/// Upbit BTC and USDT 0.25 %). A venue may change any of them: <c>--tick</c> and <c>--lot</c> override, a record changes them while running.
/// Spot sizes keep three decimals more than the lot (at most 8): books still show orders from before a lot was coarsened.
/// </remarks>
internal static class DefaultInstruments
{
    /// <summary>Highest price mantissa of a Binance market: a <see cref="LadderBook"/> must reach it.</summary>
    public const long HighestMantissa = 2_000_000_000;

    private const decimal BinanceMinOrderValue = 5m;

    private static readonly (string Symbol, string Tick, string Lot, decimal MaxPrice)[] Spot =
    [
        ("BTCUSDT", "0.01", "0.00001", 10_000_000m),
        ("ETHUSDT", "0.01", "0.0001", 1_000_000m),
        ("BNBUSDT", "0.01", "0.001", 1_000_000m),
        ("SOLUSDT", "0.01", "0.001", 1_000_000m),
        ("XRPUSDT", "0.0001", "1", 10_000m),
        ("ADAUSDT", "0.0001", "0.1", 10_000m),
        ("LTCUSDT", "0.01", "0.001", 1_000_000m),
        ("DOGEUSDT", "0.00001", "1", 1_000m),
        ("SHIBUSDT", "0.00000001", "1", 10m),
        ("NEXOUSDT", "0.001", "0.01", 100_000m),
    ];

    private static readonly (string Symbol, string Tick, string Lot, decimal MaxPrice)[] Usdm =
    [
        ("BTCUSDT", "0.1", "0.001", 10_000_000m),
        ("ETHUSDT", "0.01", "0.001", 1_000_000m),
        ("XRPUSDT", "0.0001", "0.1", 10_000m),
        ("ADAUSDT", "0.0001", "1", 10_000m),
        ("DOGEUSDT", "0.00001", "1", 1_000m),
    ];

    private static readonly string[] QuoteCurrencies = ["FDUSD", "USDT", "USDC", "TUSD", "BUSD", "BTC", "ETH", "BNB", "EUR", "TRY", "BRL", "JPY", "USD"];

    // BitMEX calls bitcoin XBT: its XBTUSD ends in TUSD by accident
    private const string BitmexBitcoin = "XBTUSD";

    /// <summary>The listed Binance markets, and any Upbit market quoted in KRW, BTC or USDT.</summary>
    public static InstrumentCatalog Catalog => new(Listed(), Fallback);

    /// <summary><see cref="Catalog"/> with one market described by the caller instead.</summary>
    public static InstrumentCatalog CatalogWith(Instrument instrument) => new([.. Listed(), instrument], Fallback);

    /// <summary>Describes a market by its price step and lot as decimal texts: <c>--tick 0.1 --lot 0.001</c>. A listed market keeps its other numbers.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="symbol">The market's code.</param>
    /// <param name="tickText">Price step.</param>
    /// <param name="lotText">Size step.</param>
    /// <param name="quote">Quote currency where the code does not tell it (BTC-PERPETUAL); null to read it from the code.</param>
    /// <exception cref="FormatException">A text that is no positive plain decimal with at most 8 decimals, or a symbol without a known quote currency.</exception>
    public static Instrument Create(VenueId venue, string symbol, string tickText, string lotText, string? quote = null)
    {
        if (quote is not null && !IsCurrency(quote))
            throw new FormatException($"The quote currency '{quote}' is no code of 2 to 12 capital letters and digits; write it as USD or USDT.");
        (long tick, int priceDecimals) = ParseStep(tickText, "tick");
        (long lot, int lotDecimals) = ParseStep(lotText, "lot");
        if (venue == VenueId.Upbit)
        {
            Instrument market = UpbitMarkets.TryCreate(symbol) ?? throw new FormatException($"Upbit market '{symbol}' is not QUOTE-BASE with quote KRW, BTC or USDT.");
            Price step = new(checked(tick * PowersOfTen.AsLong[UpbitMarkets.Decimals - priceDecimals]));
            return market with { Ticks = TickTable.Constant(step), Lot = new Size(checked(lot * PowersOfTen.AsLong[UpbitMarkets.Decimals - lotDecimals])) };
        }
        return Binance(venue, symbol, (tick, priceDecimals), (lot, lotDecimals), HighestMantissa / PowersOfTen.AsDecimal[priceDecimals], quote);
    }

    private static bool IsCurrency(string code) => code.Length is >= 2 and <= 12 && code.All(static letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter));

    private static List<Instrument> Listed()
    {
        List<Instrument> listed = [];
        foreach ((string symbol, string tick, string lot, decimal maxPrice) in Spot)
            listed.Add(Binance(VenueId.BinanceSpot, symbol, ParseStep(tick, symbol), ParseStep(lot, symbol), maxPrice));
        foreach ((string symbol, string tick, string lot, decimal maxPrice) in Usdm)
            listed.Add(Binance(VenueId.BinanceUsdm, symbol, ParseStep(tick, symbol), ParseStep(lot, symbol), maxPrice));
        return listed;
    }

    private static Instrument? Fallback(VenueId venue, ReadOnlySpan<char> symbol) => venue == VenueId.Upbit ? UpbitMarkets.TryCreate(symbol) : null;

    private static Instrument Binance(VenueId venue, string symbol, (long Mantissa, int Decimals) tick, (long Mantissa, int Decimals) lot, decimal maxPrice, string? quote = null)
    {
        bool isSpot = venue == VenueId.BinanceSpot;
        int sizeDecimals = isSpot ? Math.Min(8, lot.Decimals + 3) : lot.Decimals;
        return new Instrument
        {
            Venue = venue,
            Symbol = symbol,
            QuoteCurrency = quote ?? QuoteOf(symbol),
            PriceDecimals = tick.Decimals,
            SizeDecimals = sizeDecimals,
            Ticks = TickTable.Constant(new Price(tick.Mantissa)),
            Lot = new Size(checked(lot.Mantissa * PowersOfTen.AsLong[sizeDecimals - lot.Decimals])),
            MaxPrice = new Price((long)(maxPrice * PowersOfTen.AsDecimal[tick.Decimals])),
            MinOrderValue = BinanceMinOrderValue,
            MakerFee = isSpot ? 0.001m : 0.0002m,
            TakerFee = isSpot ? 0.001m : 0.0005m,
            ShortAllowed = !isSpot,
        };
    }

    private static string QuoteOf(string symbol)
    {
        if (symbol == BitmexBitcoin)
            return "USD";
        foreach (string quote in QuoteCurrencies)
        {
            if (symbol.Length > quote.Length && symbol.EndsWith(quote, StringComparison.Ordinal))
                return quote;
        }
        throw new FormatException($"The quote currency of '{symbol}' is unknown: the name ends in none of {string.Join(", ", QuoteCurrencies)}; say what prices are in with --quote, e.g. --quote USD.");
    }

    /// <summary>Mantissa and decimals of a step text, trailing zeros dropped.</summary>
    private static (long Mantissa, int Decimals) ParseStep(string text, string what)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal step) || step <= 0 || step > 1_000_000)
            throw new FormatException($"The {what} '{text}' is no positive plain decimal up to 1000000; write it as 0.01.");
        int decimals = 0;
        for (; step != decimal.Truncate(step); decimals++)
            step *= 10;
        if (decimals > 8)
            throw new FormatException($"The {what} '{text}' has {decimals} decimals; at most 8 are possible.");
        return ((long)step, decimals);
    }
}
