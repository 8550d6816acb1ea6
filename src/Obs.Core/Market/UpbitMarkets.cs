using System;
using System.Buffers;

namespace Obs.Core.Market;

/// <summary>Upbit's markets by quote currency: price bands, minimum order value and fees, as docs.upbit.com/kr/docs/krw-market-info and its
/// neighbours for BTC and USDT markets state them.</summary>
/// <remarks>
/// Prices and sizes have 8 decimals, as the venue shows them. So a price may reach 10^10 in quote currency and a size 92,233,720,368 coins: the cheapest
/// coins fit up to that size a level, beyond it the frame is refused as overflow. Books of any age decode: the bands bind orders, not books.
/// </remarks>
internal static class UpbitMarkets
{
    /// <summary>Decimals of prices and sizes.</summary>
    public const int Decimals = 8;

    private const long One = 100_000_000;
    private const long HighestPrice = 10_000_000_000 * One;

    private static readonly SearchValues<char> BaseLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private static readonly TickTable UsdtTicks = new(
    [
        Band(0, 1), Band(10_000, 10), Band(100_000, 100), Band(1_000_000, 1_000), Band(10_000_000, 10_000), Band(One, 100_000), Band(10 * One, 1_000_000),
    ]);

    /// <summary>Price steps of KRW markets since 2025-07-31, at 8 decimals.</summary>
    public static TickTable KrwTicks { get; } = new(
    [
        Band(0, 1), Band(1_000, 10), Band(10_000, 100), Band(100_000, 1_000), Band(1_000_000, 10_000), Band(10_000_000, 100_000),
        Band(One, One / 100), Band(10 * One, One / 10), Band(100 * One, One), Band(5_000 * One, 5 * One), Band(10_000 * One, 10 * One),
        Band(50_000 * One, 50 * One), Band(100_000 * One, 100 * One), Band(500_000 * One, 500 * One), Band(1_000_000 * One, 1_000 * One),
    ]);

    /// <summary>The market with a code such as <c>KRW-BTC</c>; null when the quote currency is not KRW, BTC or USDT or the code has another shape.</summary>
    public static Instrument? TryCreate(ReadOnlySpan<char> symbol)
    {
        int dash = symbol.IndexOf('-');
        if (dash < 0 || dash == symbol.Length - 1 || symbol.Length > 32 || symbol[(dash + 1)..].ContainsAnyExcept(BaseLetters))
            return null;
        return symbol[..dash] switch
        {
            "KRW" => Create(symbol.ToString(), "KRW", KrwTicks, 5_000m, 0.0005m),
            "BTC" => Create(symbol.ToString(), "BTC", TickTable.Constant(new Price(1)), 0.00005m, 0.0025m),
            "USDT" => Create(symbol.ToString(), "USDT", UsdtTicks, 0.5m, 0.0025m),
            _ => null,
        };
    }

    private static TickBand Band(long from, long step) => new(new Price(from), new Price(step));

    private static Instrument Create(string symbol, string quote, TickTable ticks, decimal minOrderValue, decimal fee) => new()
    {
        Venue = VenueId.Upbit,
        Symbol = symbol,
        QuoteCurrency = quote,
        PriceDecimals = Decimals,
        SizeDecimals = Decimals,
        Ticks = ticks,
        Lot = new Size(1),
        MaxPrice = new Price(HighestPrice),
        MinOrderValue = minOrderValue,
        MakerFee = fee,
        TakerFee = fee,
        ShortAllowed = false,
    };
}
