using System;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>Instruments and short words for the tests of this room.</summary>
internal static class MarketFixture
{
    public static Instrument Instrument(
        int priceDecimals = 1, int sizeDecimals = 3, long maxPrice = 10_000_000, VenueId venue = VenueId.BinanceUsdm, string symbol = "BTCUSDT") => new()
        {
            Venue = venue,
            Symbol = symbol,
            QuoteCurrency = "USDT",
            PriceDecimals = priceDecimals,
            SizeDecimals = sizeDecimals,
            Ticks = TickTable.Constant(new Price(1)),
            Lot = new Size(1),
            MaxPrice = new Price(maxPrice),
            MinOrderValue = 5,
            MakerFee = 0.0002m,
            TakerFee = 0.0005m,
            ShortAllowed = true,
        };

    public static BookLevel Level(long price, long size) => new(new Price(price), new Size(size));

    /// <summary>Bytes an action allocates on this thread: the least of five calls, since a collection in between counts the unused rest of a buffer.</summary>
    public static long BytesAllocatedBy(Action action)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5 && least != 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
