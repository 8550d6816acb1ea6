using System;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

/// <summary>Markets and orders of the trading tests.</summary>
internal static class TradingFixture
{
    public const long StartNs = 1_700_000_000_000_000_000;

    public static readonly Instrument Spot = new()
    {
        Venue = VenueId.Upbit,
        Symbol = "KRW-BTC",
        QuoteCurrency = "KRW",
        PriceDecimals = 2,
        SizeDecimals = 8,
        Ticks = TickTable.Constant(new Price(100_00)),
        Lot = new Size(1),
        MaxPrice = new Price(long.MaxValue / 4),
        MinOrderValue = 5_000m,
        MakerFee = 0.0005m,
        TakerFee = 0.0005m,
        ShortAllowed = false,
    };

    public static readonly Instrument Futures = Spot with
    {
        Venue = VenueId.BinanceUsdm,
        Symbol = "BTCUSDT",
        QuoteCurrency = "USDT",
        PriceDecimals = 1,
        SizeDecimals = 3,
        Ticks = TickTable.Constant(new Price(1)),
        MinOrderValue = 5m,
        MakerFee = 0.0002m,
        ShortAllowed = true,
    };

    public static Price Krw(long won) => new(won * 100);

    public static Size Btc(decimal size) => new((long)(size * 100_000_000m));

    public static Ledger Ledger(Instrument instrument, decimal cash = 10_000_000m, int openOrders = 8) =>
        new(new OrderKey(0, TradingMode.Paper, 0), instrument, cash, FeeSchedule.Of(instrument), openOrders);

    public static OrderRequest Limit(long id, Side side, Price price, Size size) => new()
    {
        OrderId = id,
        RequestNs = StartNs,
        Side = side,
        Price = price,
        Size = size,
        Type = OrderType.Limit,
        TimeInForce = TimeInForce.Gtc,
    };

    public static RiskView View(Price bid, Price ask, BookQuality quality = BookQuality.Synced, long engineNs = StartNs) =>
        new(engineNs, quality, true, bid, ask);

    /// <summary>What one part wrote, ready to be read by another.</summary>
    public static SnapshotReader Reread(Action<SnapshotWriter> save)
    {
        SnapshotWriter writer = new();
        writer.BeginSection(1);
        save(writer);
        writer.EndSection();
        ReadOnlySpan<byte> file = writer.Complete(0, 0, 1);
        return new SnapshotReader("test", 1, file[(SnapshotLayout.HeaderBytes + SnapshotLayout.SectionHeaderBytes)..].ToArray());
    }
}
