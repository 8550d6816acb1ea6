using System;
using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>Maker and taker rates of one run, in units of 10^-9 of the value; negative is a rebate.</summary>
internal readonly record struct FeeSchedule(long MakerRate, long TakerRate)
{
    /// <summary>From fractions such as 0.0005; anything finer than 10^-9 is an error.</summary>
    /// <exception cref="ArgumentException">A rate outside −1 … 1, or with more than nine decimals.</exception>
    public static FeeSchedule FromFractions(decimal maker, decimal taker) => new(ToRate(maker), ToRate(taker));

    /// <summary>The venue's listed fees.</summary>
    public static FeeSchedule Of(Instrument instrument) => FromFractions(instrument.MakerFee, instrument.TakerFee);

    /// <summary>The rate that applies.</summary>
    public long RateOf(Liquidity liquidity) => liquidity == Liquidity.Maker ? MakerRate : TakerRate;

    /// <summary>Taker rate as a fraction.</summary>
    public double TakerFraction => TakerRate / (double)MoneyScale.RateUnit;

    private static long ToRate(decimal fraction)
    {
        decimal rate = fraction * MoneyScale.RateUnit;
        if (Math.Abs(fraction) > 1 || decimal.Truncate(rate) != rate)
            throw new ArgumentException($"A fee of {fraction} is not a fraction between -1 and 1 with at most 9 decimals; 0.0005 means 0.05 %.");
        return (long)rate;
    }
}
