using System;
using System.Collections.Generic;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

/// <summary>The gate beside the rules written down plainly, order by order, over fills, partial fills and closed orders.</summary>
[TestFixture]
internal sealed class RiskGateModelTests
{
    private const int Orders = 4_000;

    [Test]
    public void Gate_and_plain_rules_give_the_same_reason_for_every_order([Range(1, 6)] int seed, [Values] bool isFutures)
    {
        Dictionary<RejectReason, int> seen = [];
        Assert.That(Differences(seed, isFutures, forgetsTheFee: false, seen), Is.Zero, $"seed {seed}");
        Assert.That(seen.GetValueOrDefault(RejectReason.None), Is.GreaterThan(Orders / 50), $"seed {seed}: orders pass, too");
    }

    [Test]
    public void Every_reason_of_a_limit_occurs_in_the_random_orders()
    {
        Dictionary<RejectReason, int> seen = [];
        foreach (bool isFutures in new[] { false, true })
        {
            for (int seed = 1; seed <= 6; seed++)
                Differences(seed, isFutures, forgetsTheFee: false, seen);
        }
        RejectReason[] expected =
        [
            RejectReason.None, RejectReason.BookNotSynced, RejectReason.DuplicateOrderId, RejectReason.OffTick, RejectReason.OffLot,
            RejectReason.BelowMinimumValue, RejectReason.AboveMaximumValue, RejectReason.OutsideCollar, RejectReason.OrderRate, RejectReason.OpenOrderLimit,
            RejectReason.PositionLimit, RejectReason.InsufficientCash, RejectReason.InsufficientInventory, RejectReason.SelfTrade,
        ];
        Assert.That(seen.Keys, Is.SupersetOf(expected));
    }

    [Test]
    public void Rules_that_forget_the_fee_are_noticed()
    {
        int differences = 0;
        for (int seed = 1; seed <= 12; seed++)
            differences += Differences(seed, isFutures: seed % 2 == 0, forgetsTheFee: true, []);
        Assert.That(differences, Is.GreaterThan(0), "control: a check of funds without the fee gives other answers");
    }

    private static int Differences(int seed, bool isFutures, bool forgetsTheFee, Dictionary<RejectReason, int> seen)
    {
        Random random = new(seed);
        Instrument market = (isFutures ? TradingFixture.Futures : TradingFixture.Spot) with { Ticks = TickTable.Constant(new Price(2)), Lot = new Size(2) };
        RiskOptions options = new()
        {
            MaxOrderValue = random.Next(2) == 0 ? 0 : 30_000m,
            PriceCollarBps = 200,
            OrdersPerSecond = 3,
            OpenOrders = 5,
            MaxPosition = random.Next(2) == 0 ? 0 : isFutures ? 0.4m : 0.05m,
        };
        Ledger ledger = TradingFixture.Ledger(market, 60_000m, options.OpenOrders);
        RiskGate gate = new(market, ledger, options);
        NaiveRisk plain = new(market, options, market.TakerFee) { Cash = 60_000m, ForgetsTheFee = forgetsTheFee };
        int differences = 0;
        long nowNs = TradingFixture.StartNs;
        for (int id = 1; id <= Orders; id++)
        {
            nowNs += random.NextInt64(1_000_000_000);
            OrderRequest order = Order(random, market, id);
            BookQuality quality = random.Next(30) == 0 ? BookQuality.Suspect : BookQuality.Synced;
            RiskView view = TradingFixture.View(Level(market, 0), Level(market, 2), quality, nowNs);
            RejectReason reason = gate.Admit(order, view);
            seen[reason] = seen.GetValueOrDefault(reason) + 1;
            if (plain.Admit(order, view) != reason)
                return differences + 1;
            Advance(random, ledger, plain);
        }
        return differences;
    }

    private static Price Level(Instrument market, long over) => new((market.ShortAllowed ? 600_000 : 100_000_000) + over);

    private static OrderRequest Order(Random random, Instrument market, int id)
    {
        long price = Level(market, 0).Mantissa + (random.Next(-10, 11) * 2) + (random.Next(20) == 0 ? 1 : 0);
        if (random.Next(20) == 0)
            price += price / 40;
        // a size worth a few thousand, in whole lots of 2
        long size = market.ShortAllowed ? random.Next(0, 300) : random.NextInt64(0, 4_000_000);
        size = random.Next(25) == 0 ? size | 1 : size & ~1L;
        OrderRequest order = TradingFixture.Limit(random.Next(30) == 0 ? id - 1 : id, random.Next(2) == 0 ? Side.Bid : Side.Ask, new Price(price), new Size(size));
        order.Type = random.Next(8) == 0 ? OrderType.Market : OrderType.Limit;
        return order;
    }

    // what reports do between two orders: a part executes, or an order ends
    private static void Advance(Random random, Ledger ledger, NaiveRisk plain)
    {
        while (ledger.Open.Count > 0 && random.Next(2) == 0)
        {
            int index = random.Next(ledger.Open.Count);
            OpenOrder order = ledger.Open.All[index];
            long executed = random.NextInt64(0, order.Left.Mantissa + 1);
            if (executed > 0)
                ledger.Book(order.Side, order.Price, new Size(executed), Liquidity.Taker);
            (plain.Cash, plain.Cost, plain.Position) = (ledger.Scale.ToDecimal(ledger.Cash), ledger.Scale.ToDecimal(ledger.Cost), ledger.PositionMantissa);
            Size left = new(order.Left.Mantissa - executed);
            if (left == Size.Zero || random.Next(3) == 0)
            {
                ledger.Open.RemoveAt(index);
                plain.Open.RemoveAt(index);
                continue;
            }
            ledger.Open.Update(index, left, OrderState.Partial);
            order.Left = left;
            order.State = OrderState.Partial;
            plain.Open[index] = order;
        }
    }
}
