using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

[TestFixture]
internal sealed class OpenOrdersTests
{
    [Test]
    public void Sums_and_best_prices_are_those_of_the_list_after_any_changes([Range(1, 6)] int seed)
    {
        Random random = new(seed);
        OpenOrders open = new(12);
        List<OpenOrder> plain = [];
        for (int step = 0; step < 400; step++)
        {
            Change(random, open, plain, step);
            Agree(open, plain, $"seed {seed}, step {step}");
        }
    }

    [Test]
    public void A_list_that_forgets_a_removal_is_noticed()
    {
        OpenOrders open = new(2);
        List<OpenOrder> plain = [];
        OpenOrder order = new() { OrderId = 1, Price = new Price(10), Left = new Size(3), Side = Side.Bid };
        open.Add(order);
        Assert.That(() => Agree(open, plain, "control"), Throws.InstanceOf<AssertionException>());
    }

    [Test]
    public void An_order_meets_ours_at_its_price_and_beyond_it_but_not_one_tick_before()
    {
        OpenOrders open = new(4);
        open.Add(new OpenOrder { OrderId = 1, Price = new Price(100), Left = new Size(1), Side = Side.Ask });
        open.Add(new OpenOrder { OrderId = 2, Price = new Price(90), Left = new Size(1), Side = Side.Bid });
        Assert.That(open.WouldTradeWithItself(Side.Bid, new Price(100)), Is.True);
        Assert.That(open.WouldTradeWithItself(Side.Bid, new Price(99)), Is.False);
        Assert.That(open.WouldTradeWithItself(Side.Ask, new Price(90)), Is.True);
        Assert.That(open.WouldTradeWithItself(Side.Ask, new Price(91)), Is.False);
        open.RemoveAt(0);
        Assert.That(open.WouldTradeWithItself(Side.Bid, new Price(long.MaxValue)), Is.False, "nothing of ours sells any more");
    }

    private static void Change(Random random, OpenOrders open, List<OpenOrder> plain, int step)
    {
        int what = random.Next(3);
        if (plain.Count == 0 || (what == 0 && plain.Count < open.Capacity))
        {
            OpenOrder order = new()
            {
                OrderId = step,
                Price = new Price(random.Next(1, 40)),
                Left = new Size(random.Next(1, 1_000)),
                Side = random.Next(2) == 0 ? Side.Bid : Side.Ask,
            };
            open.Add(order);
            plain.Add(order);
            return;
        }
        int index = random.Next(plain.Count);
        if (what == 1)
        {
            OpenOrder order = plain[index];
            order.Left = new Size(random.NextInt64(0, order.Left.Mantissa + 1));
            order.State = OrderState.Partial;
            plain[index] = order;
            open.Update(index, order.Left, order.State);
            return;
        }
        plain.RemoveAt(index);
        open.RemoveAt(index);
    }

    private static void Agree(OpenOrders open, List<OpenOrder> plain, string when)
    {
        Assert.That(open.All.ToArray(), Is.EqualTo(plain), when);
        foreach (Side side in new[] { Side.Bid, Side.Ask })
        {
            OpenOrder[] own = [.. plain.Where(order => order.Side == side)];
            long left = own.Sum(static order => order.Left.Mantissa);
            Int128 notional = own.Aggregate(Int128.Zero, static (sum, order) => sum + ((Int128)order.Price.Mantissa * order.Left.Mantissa));
            Assert.That(side == Side.Bid ? open.BuyLeft.Mantissa : open.SellLeft.Mantissa, Is.EqualTo(left), when);
            Assert.That(side == Side.Bid ? open.BuyNotional : open.SellNotional, Is.EqualTo(notional), when);
        }
        for (long price = 0; price <= 41; price++)
        {
            Assert.That(open.WouldTradeWithItself(Side.Bid, new Price(price)), Is.EqualTo(plain.Any(own => own.Side == Side.Ask && own.Price.Mantissa <= price)), $"{when}, buy at {price}");
            Assert.That(open.WouldTradeWithItself(Side.Ask, new Price(price)), Is.EqualTo(plain.Any(own => own.Side == Side.Bid && own.Price.Mantissa >= price)), $"{when}, sell at {price}");
        }
    }
}
