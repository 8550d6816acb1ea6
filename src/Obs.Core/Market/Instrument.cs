using System;

namespace Obs.Core.Market;

/// <summary>What OBS knows about one market: scales, tick, lot, minimum, fees. Immutable; changes enter by a record.</summary>
internal sealed record Instrument
{
    /// <summary>Venue of the market (never <see cref="VenueId.Decoded"/>: a decoded recording keeps the venue it came from).</summary>
    public required VenueId Venue { get; init; }

    /// <summary>The venue's own code, e.g. <c>KRW-BTC</c> or <c>BTCUSDT</c>.</summary>
    public required string Symbol { get; init; }

    /// <summary>Quote currency, e.g. KRW.</summary>
    public required string QuoteCurrency { get; init; }

    /// <summary>Decimals of <see cref="Price"/> mantissas, 0 to 12.</summary>
    public required int PriceDecimals { get; init; }

    /// <summary>Decimals of <see cref="Size"/> mantissas, 0 to 12.</summary>
    public required int SizeDecimals { get; init; }

    /// <summary>Price steps of orders; a venue's book may show older steps.</summary>
    public required TickTable Ticks { get; init; }

    /// <summary>Smallest step of an order's size.</summary>
    public required Size Lot { get; init; }

    /// <summary>Highest price a frame may show; above it the frame is refused.</summary>
    public required Price MaxPrice { get; init; }

    /// <summary>Smallest order value in quote currency, as a decimal number (5,000 KRW on Upbit).</summary>
    public required decimal MinOrderValue { get; init; }

    /// <summary>Maker fee as a fraction of the value.</summary>
    public required decimal MakerFee { get; init; }

    /// <summary>Taker fee as a fraction of the value.</summary>
    public required decimal TakerFee { get; init; }

    /// <summary>True where positions may go below zero (futures).</summary>
    public required bool ShortAllowed { get; init; }

    /// <summary>Decimals that sizes on the lot need, at most <see cref="SizeDecimals"/>.</summary>
    public int LotDecimals => DecimalsOf(Lot.Mantissa, SizeDecimals);

    /// <summary>Decimals that prices on the finest tick need, at most <see cref="PriceDecimals"/>.</summary>
    public int TickDecimals => DecimalsOf(Ticks.Bands[0].Step.Mantissa, PriceDecimals);

    /// <summary>Price in quote currency as a double: the correctly rounded quotient of the mantissa.</summary>
    public double ToDouble(Price price) => price.Mantissa / PowersOfTen.AsDouble[PriceDecimals];

    /// <summary>Size in base currency as a double: the correctly rounded quotient of the mantissa.</summary>
    public double ToDouble(Size size) => size.Mantissa / PowersOfTen.AsDouble[SizeDecimals];

    /// <summary>Price in quote currency, exact.</summary>
    public decimal ToDecimal(Price price) => price.Mantissa / PowersOfTen.AsDecimal[PriceDecimals];

    /// <summary>Size in base currency, exact.</summary>
    public decimal ToDecimal(Size size) => size.Mantissa / PowersOfTen.AsDecimal[SizeDecimals];

    /// <summary>Value of a size at a price in units of 10^-(PriceDecimals+SizeDecimals) quote currency; cannot overflow.</summary>
    /// <remarks>One 64 × 64 → 128-bit multiplication; the product of two <see cref="Int128"/> costs several times as much.</remarks>
    public static Int128 Notional(Price price, Size size)
    {
        long high = Math.BigMul(price.Mantissa, size.Mantissa, out long low);
        return unchecked(new Int128((ulong)high, (ulong)low));
    }

    private static int DecimalsOf(long step, int decimals)
    {
        for (; decimals > 0 && step % 10 == 0; decimals--)
            step /= 10;
        return decimals;
    }
}
