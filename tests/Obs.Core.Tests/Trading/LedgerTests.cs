using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

[TestFixture]
internal sealed class LedgerTests
{
    [Test]
    public void A_round_trip_realises_price_difference_and_leaves_no_cost()
    {
        Ledger ledger = TradingFixture.Ledger(TradingFixture.Spot);
        ledger.Book(Side.Bid, TradingFixture.Krw(100_000_000), TradingFixture.Btc(0.01m), Liquidity.Taker);
        ledger.Book(Side.Ask, TradingFixture.Krw(101_000_000), TradingFixture.Btc(0.01m), Liquidity.Taker);
        Assert.Multiple(() =>
        {
            Assert.That(ledger.PositionMantissa, Is.Zero);
            Assert.That(ledger.Cost, Is.EqualTo(Money.Zero));
            Assert.That(ledger.Scale.ToDecimal(ledger.RealizedPnl), Is.EqualTo(10_000m));
            Assert.That(ledger.Scale.ToDecimal(ledger.FeesPaid), Is.EqualTo(500m + 505m));
            Assert.That(ledger.Scale.ToDecimal(ledger.Cash), Is.EqualTo(10_000_000m + 10_000m - 1_005m));
        });
    }

    [Test]
    public void A_reduction_takes_its_share_of_the_average_cost()
    {
        Ledger ledger = TradingFixture.Ledger(TradingFixture.Spot);
        ledger.Book(Side.Bid, TradingFixture.Krw(100), TradingFixture.Btc(1m), Liquidity.Maker);
        ledger.Book(Side.Bid, TradingFixture.Krw(200), TradingFixture.Btc(1m), Liquidity.Maker);
        ledger.Book(Side.Ask, TradingFixture.Krw(180), TradingFixture.Btc(0.5m), Liquidity.Maker);
        Assert.That(ledger.Scale.ToDecimal(ledger.RealizedPnl), Is.EqualTo(15m), "0.5 sold at 180, bought at 150 on average");
        Assert.That(ledger.Scale.ToDecimal(ledger.Cost), Is.EqualTo(225m));
    }

    [Test]
    public void A_short_earns_when_the_price_falls_and_a_reversal_opens_the_other_side_at_its_own_price()
    {
        Ledger ledger = TradingFixture.Ledger(TradingFixture.Futures, 10_000m);
        ledger.Book(Side.Ask, new Price(600_000), new Size(10), Liquidity.Taker);
        Assert.That(ledger.Scale.ToDecimal(ledger.UnrealizedPnl(2 * 590_000)), Is.EqualTo(10m), "0.010 × 1000 down");
        ledger.Book(Side.Bid, new Price(590_000), new Size(30), Liquidity.Taker);
        Assert.Multiple(() =>
        {
            Assert.That(ledger.PositionMantissa, Is.EqualTo(20));
            Assert.That(ledger.Scale.ToDecimal(ledger.RealizedPnl), Is.EqualTo(10m));
            Assert.That(ledger.Scale.ToDecimal(ledger.Cost), Is.EqualTo(0.020m * 59_000m));
        });
    }

    [Test]
    public void Cash_and_position_always_add_up_over_random_executions([Range(1, 8)] int seed)
    {
        Ledger ledger = TradingFixture.Ledger(TradingFixture.Futures, 1_000_000m);
        Random random = new(seed);
        decimal cash = 1_000_000m, fees = 0m, position = 0m;
        for (int step = 0; step < 2_000; step++)
        {
            Side side = random.Next(2) == 0 ? Side.Bid : Side.Ask;
            Price price = new(random.Next(500_000, 700_000));
            Size size = new(random.Next(1, 500));
            Money fee = ledger.Book(side, price, size, Liquidity.Taker);
            decimal value = price.Mantissa / 10m * (size.Mantissa / 1000m);
            fees += ledger.Scale.ToDecimal(fee);
            cash += side == Side.Bid ? -value - ledger.Scale.ToDecimal(fee) : value - ledger.Scale.ToDecimal(fee);
            position += side == Side.Bid ? size.Mantissa / 1000m : -size.Mantissa / 1000m;
            // realised − cost is what cash gained, fees aside: nothing is made or lost by the rounding of shares
            decimal identity = ledger.Scale.ToDecimal(ledger.RealizedPnl) - ledger.Scale.ToDecimal(ledger.Cost) - fees + 1_000_000m;
            Assert.That(ledger.Scale.ToDecimal(ledger.Cash), Is.EqualTo(cash).And.EqualTo(identity), $"seed {seed}, step {step}");
        }
        Assert.That(ledger.PositionMantissa / 1000m, Is.EqualTo(position));
    }

    [Test]
    public void Twenty_seven_thousand_real_fills_have_our_fee_to_the_last_digit()
    {
        string path = SharedData.Path("data/upbit/btc-krw_live_fills_202403.csv.gz");
        (int fills, int feeFaults, int amountFaults, int roundedFaults) = CheckFills(path);
        Assert.Multiple(() =>
        {
            Assert.That(fills, Is.EqualTo(27_101));
            Assert.That(feeFaults, Is.Zero, "fees are cut to 0.01 KRW");
            Assert.That(amountFaults, Is.Zero, "amounts lie within 2 KRW of ∓(value ± fee)");
            Assert.That(roundedFaults, Is.GreaterThan(10_000), "control: a fee that is rounded instead of cut must be noticed");
        });
    }

    [Test]
    public void A_fee_is_cut_and_a_share_is_rounded()
    {
        MoneyScale scale = new(TradingFixture.Spot);
        Money fee = scale.Fee(scale.FromDecimal(1_041_546m), 500_000);
        Assert.That(scale.ToDecimal(fee), Is.EqualTo(520.77m), "520.773 is cut to the venue's step");
        Assert.That(MoneyScale.Share(new Money(10), 1, 4).Units, Is.EqualTo((Int128)3), "2.5 rounds away from zero");
        Assert.That(MoneyScale.Share(new Money(-10), 1, 4).Units, Is.EqualTo((Int128)(-3)));
    }

    [Test]
    public void A_fee_finer_than_a_billionth_is_refused() =>
        Assert.That(() => FeeSchedule.FromFractions(0.00000000001m, 0), Throws.ArgumentException.With.Message.Contains("9 decimals"));

    [TestCase(nameof(Ledger.Cash)), TestCase("the upper half of Cash"), TestCase(nameof(Ledger.Cost)), TestCase(nameof(Ledger.RealizedPnl)), TestCase(nameof(Ledger.FeesPaid))]
    [TestCase(nameof(Ledger.PositionMantissa)), TestCase(nameof(Ledger.Fills))]
    [TestCase(nameof(OpenOrder.OrderId)), TestCase(nameof(OpenOrder.Price)), TestCase(nameof(OpenOrder.Left)), TestCase(nameof(OpenOrder.Side)), TestCase(nameof(OpenOrder.State))]
    public void State_hash_and_snapshot_see_every_field(string field)
    {
        Ledger plain = OfFields("none"), changed = OfFields(field);
        Assert.That(changed.StateHash, Is.Not.EqualTo(plain.StateHash), field);
        Ledger restored = TradingFixture.Ledger(TradingFixture.Spot, 1);
        restored.Load(TradingFixture.Reread(changed.Save));
        Assert.Multiple(() =>
        {
            Assert.That(restored.StateHash, Is.EqualTo(changed.StateHash), field);
            Assert.That(restored.NetProfit(2_000), Is.EqualTo(changed.NetProfit(2_000)), field);
            Assert.That(restored.SurelyCovered, Is.EqualTo(changed.SurelyCovered), field);
            Assert.That(OfFields("none").StateHash, Is.EqualTo(plain.StateHash), "control: equal fields, equal hashes");
        });
    }

    [TestCase(0, true), TestCase(-1, false), TestCase(1, true)]
    public void Money_paid_in_or_out_moves_what_the_funds_cover_at_once(int change, bool isCovered)
    {
        Ledger ledger = TradingFixture.Ledger(TradingFixture.Spot, 1_000_500m);
        Int128 value = Instrument.Notional(TradingFixture.Krw(1_000_000), TradingFixture.Btc(1));
        Assert.That(ledger.Covers(value), Is.True, "the value and 0.05 % of it, exactly");
        ledger.Deposit(change);
        Assert.That(ledger.Covers(value), Is.EqualTo(isCovered));
        ledger.Deposit(-900_000);
        Assert.That(ledger.Covers(value / 2), Is.False, "nearly all of it was paid out");
    }

    [TestCase(3, 1_501, 2_252), TestCase(-3, 1_501, -2_252), TestCase(2, 1_501, 1_501), TestCase(1, 1, 1)]
    public void A_position_is_worth_half_of_bid_plus_ask_rounded_away_from_zero(long size, long bidPlusAsk, long expected)
    {
        MoneyScale scale = new(TradingFixture.Spot with { PriceDecimals = 11, SizeDecimals = 11 });
        Assert.That(scale.UnitsPerNotional, Is.EqualTo(1), "22 decimals are all there are: the halves are rounded");
        Assert.That((long)scale.NotionalAtMid(bidPlusAsk, size).Units, Is.EqualTo(expected));
    }

    // a ledger as a snapshot describes it, with one field of its own
    private static Ledger OfFields(string changed)
    {
        Ledger ledger = TradingFixture.Ledger(TradingFixture.Spot);
        ledger.Load(TradingFixture.Reread(writer =>
        {
            Int128 upper = changed == "the upper half of Cash" ? Int128.One << 64 : 0;
            writer.WriteInt128(Of(nameof(Ledger.Cash), 100) + upper);
            writer.WriteInt128(Of(nameof(Ledger.Cost), 200));
            writer.WriteInt128(Of(nameof(Ledger.RealizedPnl), 300));
            writer.WriteInt128(Of(nameof(Ledger.FeesPaid), 400));
            writer.WriteInt64(Of(nameof(Ledger.PositionMantissa), 500));
            writer.WriteInt64(Of(nameof(Ledger.Fills), 600));
            writer.WriteValues<OpenOrder>(
            [
                new()
                {
                    OrderId = Of(nameof(OpenOrder.OrderId), 7),
                    Price = new Price(Of(nameof(OpenOrder.Price), 8)),
                    Left = new Size(Of(nameof(OpenOrder.Left), 9)),
                    Side = changed == nameof(OpenOrder.Side) ? Side.Ask : Side.Bid,
                    State = changed == nameof(OpenOrder.State) ? OrderState.Partial : OrderState.Open,
                },
            ]);
        }));
        return ledger;

        long Of(string field, long value) => field == changed ? value + 1 : value;
    }

    private static (int Fills, int FeeFaults, int AmountFaults, int RoundedFaults) CheckFills(string path)
    {
        MoneyScale scale = new(TradingFixture.Spot);
        int fills = 0, feeFaults = 0, amountFaults = 0, roundedFaults = 0;
        using StreamReader reader = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            decimal quantity = decimal.Parse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture);
            decimal price = decimal.Parse(cells[2], NumberStyles.Float, CultureInfo.InvariantCulture);
            decimal stated = decimal.Parse(cells[3], NumberStyles.Float, CultureInfo.InvariantCulture);
            decimal amount = decimal.Parse(cells[4], NumberStyles.Float, CultureInfo.InvariantCulture);
            Money value = scale.Notional(new Price((long)(price * 100)), TradingFixture.Btc(quantity));
            decimal fee = scale.ToDecimal(scale.Fee(value, 500_000));
            decimal cash = cells[5] == "0" ? -(scale.ToDecimal(value) + fee) : scale.ToDecimal(value) - fee;
            fills++;
            feeFaults += fee == stated ? 0 : 1;
            amountFaults += Math.Abs(cash - amount) <= 2 ? 0 : 1;
            roundedFaults += Math.Round(scale.ToDecimal(value) * 0.0005m, 2, MidpointRounding.AwayFromZero) == stated ? 0 : 1;
        }
        return (fills, feeFaults, amountFaults, roundedFaults);
    }
}
