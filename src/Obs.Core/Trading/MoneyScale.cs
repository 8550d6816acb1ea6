using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>Converts between <see cref="Money"/> of one instrument and decimals, and does the two roundings OBS knows.</summary>
/// <remarks>Any thread. The roundings: a fee is cut down to the venue's fee step (all 27,101 recorded Upbit fees are cut, none is rounded);
/// a share of a cost is rounded half away from zero to the unit.</remarks>
internal readonly struct MoneyScale
{
    /// <summary>Rates are integers in units of 10^-9.</summary>
    public const long RateUnit = 1_000_000_000;

    // rates have nine decimals, so nine more than a value has make every fee exact; 22 leave room for 10^16 in quote currency
    private const int FeeDecimals = 9;
    private const int DecimalsMax = 22;

    private readonly Int128 _unitsPerWhole;
    private readonly long _unitsPerNotional;
    private readonly Int128 _feeStepUnits;

    /// <summary>The scale of an instrument's quote currency.</summary>
    public MoneyScale(Instrument instrument)
    {
        int valueDecimals = instrument.PriceDecimals + instrument.SizeDecimals;
        int decimals = Math.Max(valueDecimals, Math.Min(valueDecimals + FeeDecimals, DecimalsMax));
        _unitsPerWhole = Power(decimals);
        _unitsPerNotional = (long)Power(decimals - valueDecimals);
        Debug.Assert(_unitsPerNotional is > 0 and <= RateUnit, "money is as fine as a value, and at most nine decimals finer");
        int feeDecimals = Math.Min(decimals, instrument.QuoteCurrency == "KRW" ? 2 : 8);
        _feeStepUnits = Power(decimals - feeDecimals);
    }

    /// <summary>Money units in one unit of <see cref="Instrument.Notional"/>.</summary>
    public long UnitsPerNotional => _unitsPerNotional;

    /// <summary>Value of a size at a price.</summary>
    public Money Notional(Price price, Size size) => ValueOf(Instrument.Notional(price, size));

    /// <summary>Value of an amount in units of <see cref="Instrument.Notional"/>.</summary>
    /// <exception cref="OverflowException">It needs more than 128 bits.</exception>
    public Money ValueOf(Int128 notional)
    {
        // 128 × 64 bits from two multiplications; the checked product of two Int128 costs ten times as much
        ulong carry = Math.BigMul(unchecked((ulong)notional), (ulong)_unitsPerNotional, out ulong low);
        long above = Math.BigMul(unchecked((long)(notional >> 64)), _unitsPerNotional, out long high);
        Int128 upper = unchecked(new Int128((ulong)above, (ulong)high) + carry);
        return new Money(new Int128(unchecked((ulong)checked((long)upper)), low));
    }

    /// <summary>The smallest amount in units of <see cref="Instrument.Notional"/> that is worth at least this; the amount is not negative.</summary>
    public Int128 NotionalAtLeast(Money amount)
    {
        Debug.Assert(amount >= Money.Zero, "limits are not negative");
        (Int128 whole, Int128 rest) = Int128.DivRem(amount.Units, _unitsPerNotional);
        return rest > 0 ? whole + 1 : whole;
    }

    /// <summary>The largest amount in units of <see cref="Instrument.Notional"/> that is worth at most this; the amount is not negative.</summary>
    public Int128 NotionalAtMost(Money amount)
    {
        Debug.Assert(amount >= Money.Zero, "limits are not negative");
        return amount.Units / _unitsPerNotional;
    }

    /// <summary>Value of a signed position at half of a doubled price (bid + ask), rounded half away from zero.</summary>
    public Money NotionalAtMid(long bidPlusAsk, long positionMantissa)
    {
        Int128 twice = ValueOf(Instrument.Notional(new Price(bidPlusAsk), new Size(positionMantissa))).Units;
        Int128 half = (Int128.Abs(twice) + 1) >> 1;
        return new Money(Int128.IsNegative(twice) ? -half : half);
    }

    /// <summary>The amount as a decimal; digits beyond 28 are rounded.</summary>
    public decimal ToDecimal(Money money)
    {
        Int128 whole = money.Units / _unitsPerWhole;
        Int128 rest = money.Units - (whole * _unitsPerWhole);
        return (decimal)whole + ((decimal)rest / (decimal)_unitsPerWhole);
    }

    /// <summary>The amount as a double, for features of results that are no money any more (ratios, charts).</summary>
    public double ToDouble(Money money) => (double)money.Units / (double)_unitsPerWhole;

    /// <summary>The nearest amount not above a decimal.</summary>
    /// <exception cref="OverflowException">The amount needs more than 128 bits.</exception>
    public Money FromDecimal(decimal value)
    {
        decimal whole = decimal.Floor(value);
        decimal rest = value - whole;
        return new Money(checked(((Int128)whole * _unitsPerWhole) + (Int128)decimal.Floor(rest * (decimal)_unitsPerWhole)));
    }

    /// <summary>Rate (in 10^-9) of an amount, cut down to the venue's fee step; negative rates (rebates) are cut towards zero too.</summary>
    public Money Fee(Money amount, long rate)
    {
        Int128 exact = ShareOf(amount.Units, rate, RateUnit, out Int128 rest);
        Debug.Assert(Int128.Abs(rest) < RateUnit, "a remainder reached its divisor");
        return new Money(exact / _feeStepUnits * _feeStepUnits);
    }

    /// <summary>Rate (in 10^-9) of an amount to the unit, cut towards zero: what the venue would take before its rounding.</summary>
    public static Money ExactFee(Money amount, long rate) => new(ShareOf(amount.Units, rate, RateUnit, out _));

    /// <summary>amount × part / whole, rounded half away from zero.</summary>
    public static Money Share(Money amount, long part, long whole)
    {
        Debug.Assert(part >= 0 && whole > 0 && part <= whole, "a share lies between nothing and the whole");
        Int128 quotient = ShareOf(amount.Units, part, whole, out Int128 rest);
        Int128 twice = Int128.Abs(rest) * 2;
        return new Money(twice >= whole ? quotient + Int128.Sign(amount.Units) : quotient);
    }

    private static Int128 ShareOf(Int128 amount, long part, long whole, out Int128 rest)
    {
        // split so that no product passes 2^127 for any amount a ledger can hold
        (Int128 high, Int128 low) = Int128.DivRem(amount, whole);
        (Int128 lowShare, rest) = Int128.DivRem(low * part, whole);
        return checked((high * part) + lowShare);
    }

    private static Int128 Power(int exponent)
    {
        Int128 power = Int128.One;
        for (int step = 0; step < exponent; step++)
            power *= 10;
        return power;
    }
}
