using System;
using System.Numerics;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

/// <summary>The ledger beside plain average-cost bookkeeping over random executions.</summary>
[TestFixture]
internal sealed class LedgerModelTests
{
    private const int Fills = 3_000;

    [Test]
    public void Every_figure_is_that_of_plain_bookkeeping([Range(1, 6)] int seed, [Values] bool isFutures) =>
        Assert.That(FirstDifference(seed, isFutures, static plain => plain.CutFee), Is.EqualTo(-1), $"seed {seed}");

    [Test]
    public void Bookkeeping_with_rounded_fees_is_noticed() =>
        Assert.That(FirstDifference(1, isFutures: false, static plain => plain.RoundedFee), Is.InRange(0, 100), "control: a fee rounded to the nearest cent differs soon");

    [Test]
    public void The_certain_bound_of_the_funds_is_never_above_what_they_cover([Range(1, 6)] int seed, [Values] bool isFutures)
    {
        Random random = new(seed);
        Instrument market = isFutures ? TradingFixture.Futures : TradingFixture.Spot;
        Ledger ledger = TradingFixture.Ledger(market, random.Next(1, 100_000_000) / 100m);
        for (int fill = 0; fill < 300; fill++)
        {
            Int128 bound = LastCovered(ledger, isFutures, market.TakerFee);
            Assert.That(ledger.SurelyCovered, Is.LessThanOrEqualTo(bound), $"seed {seed}, fill {fill}");
            Assert.That((double)(bound - ledger.SurelyCovered), Is.LessThan(((double)bound * 1e-6) + 1e6), "and close to it");
            if (bound >= 0)
                Assert.That(ledger.Covers(bound), Is.True, $"seed {seed}, fill {fill}: the last unit that is covered");
            Assert.That(ledger.Covers(Int128.Max(bound, Int128.NegativeOne) + 1), Is.EqualTo(false), $"seed {seed}, fill {fill}: the first that is not");
            Trade(random, ledger, isFutures);
        }
    }

    // value + cut(value × fee) ≤ funds in whole units of 10^-9 of a value's unit: searched, not solved
    private static Int128 LastCovered(Ledger ledger, bool isFutures, decimal takerFee)
    {
        BigInteger funds = (BigInteger)(ledger.Cash.Units + (isFutures ? ledger.Cost.Units : 0));
        BigInteger held = isFutures ? BigInteger.Abs((BigInteger)ledger.Cost.Units) : 0;
        BigInteger rate = (BigInteger)(takerFee * 1_000_000_000m), low = -1, high = BigInteger.Max(0, funds) + 1;
        while (high - low > 1)
        {
            BigInteger middle = (low + high) / 2;
            BigInteger value = (middle * ledger.Scale.UnitsPerNotional) + held;
            (low, high) = value + (value * rate / 1_000_000_000) <= funds ? (middle, high) : (low, middle);
        }
        return (Int128)low;
    }

    private static int FirstDifference(int seed, bool isFutures, Func<PlainLedger, Func<decimal, decimal, decimal>> feeOf)
    {
        Random random = new(seed);
        Instrument market = isFutures ? TradingFixture.Futures : TradingFixture.Spot;
        Ledger ledger = TradingFixture.Ledger(market, 10_000_000m);
        PlainLedger plain = new(isFutures ? 8 : 2) { Cash = 10_000_000m };
        for (int fill = 0; fill < Fills; fill++)
        {
            (Side side, Price price, Size size, Liquidity liquidity) = Draw(random, ledger, isFutures);
            ledger.Book(side, price, size, liquidity);
            decimal rate = liquidity == Liquidity.Maker ? market.MakerFee : market.TakerFee;
            plain.Book(side == Side.Bid ? 1 : -1, market.ToDecimal(price), market.ToDecimal(size), rate, feeOf(plain));
            bool isSame = Near(ledger, ledger.Cash, plain.Cash) && Near(ledger, ledger.Cost, plain.Cost) && Near(ledger, ledger.RealizedPnl, plain.Realized)
                && Near(ledger, ledger.FeesPaid, plain.Fees) && market.ToDecimal(new Size(Math.Abs(ledger.PositionMantissa))) == Math.Abs(plain.Position)
                && Near(ledger, ledger.NetProfit(2 * price.Mantissa), plain.NetAt(market.ToDecimal(price)));
            if (!isSame)
                return fill;
        }
        return -1;
    }

    // shares of a cost are rounded to the ledger's unit, a decimal keeps more digits: a millionth of a coin apart is the same
    private static bool Near(Ledger ledger, Money ours, decimal plain) => Math.Abs(ledger.Scale.ToDecimal(ours) - plain) < 0.000001m;

    private static void Trade(Random random, Ledger ledger, bool isFutures)
    {
        (Side side, Price price, Size size, Liquidity liquidity) = Draw(random, ledger, isFutures);
        ledger.Book(side, price, size, liquidity);
    }

    private static (Side Side, Price Price, Size Size, Liquidity Liquidity) Draw(Random random, Ledger ledger, bool isFutures)
    {
        Price price = isFutures ? new Price(random.Next(500_000, 700_000)) : TradingFixture.Krw(random.Next(90_000, 110_000) * 1_000L);
        long held = ledger.PositionMantissa;
        Side side = random.Next(2) == 0 ? Side.Bid : Side.Ask;
        long size = isFutures ? random.Next(1, 50) : random.Next(1, 100_000);
        if (!isFutures && side == Side.Ask)
            (side, size) = held == 0 ? (Side.Bid, size) : (side, Math.Min(size, held));
        if (isFutures && held != 0 && random.Next(10) == 0)
            (side, size) = (held > 0 ? Side.Ask : Side.Bid, Math.Abs(held));
        return (side, price, new Size(size), random.Next(2) == 0 ? Liquidity.Maker : Liquidity.Taker);
    }

    private sealed class PlainLedger(int feeDigits)
    {
        public decimal Cash { get; set; }

        public decimal Position { get; private set; }

        public decimal Cost { get; private set; }

        public decimal Realized { get; private set; }

        public decimal Fees { get; private set; }

        public decimal CutFee(decimal value, decimal rate) => decimal.Truncate(value * rate * PowersOfTen.AsDecimal[feeDigits]) / PowersOfTen.AsDecimal[feeDigits];

        public decimal RoundedFee(decimal value, decimal rate) => Math.Round(value * rate, feeDigits, MidpointRounding.AwayFromZero);

        public decimal NetAt(decimal price) => Realized + (Position * price) - Cost - Fees;

        public void Book(int sign, decimal price, decimal size, decimal rate, Func<decimal, decimal, decimal> feeOf)
        {
            decimal closing = Math.Sign(Position) == -sign ? Math.Min(Math.Abs(Position), size) : 0;
            if (closing > 0)
            {
                decimal share = closing == Math.Abs(Position) ? Cost : Cost * closing / Math.Abs(Position);
                Realized += (-sign * price * closing) - share;
                Cost -= share;
            }
            Cost += sign * price * (size - closing);
            Position += sign * size;
            decimal fee = feeOf(price * size, rate);
            Fees += fee;
            Cash -= (sign * price * size) + fee;
        }
    }
}
