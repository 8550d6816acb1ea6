using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Simulation;

namespace Obs.Core.Tests.Simulation;

/// <summary>The sorted side of own orders beside a plain list.</summary>
internal sealed class OwnOrdersTests
{
    [Test]
    public void It_agrees_with_a_plain_sorted_list([Values] Side side, [Range(1, 5)] int seed)
    {
        Random random = new(seed);
        OwnOrders own = new(side, 64);
        List<PaperOrder> plain = [];
        for (int step = 0; step < 3_000; step++)
        {
            if (!own.IsFull && random.Next(2) == 0)
                Add(own, plain, step, random.Next(80, 120));
            else if (plain.Count > 0 && random.Next(3) > 0)
                Remove(own, plain, plain[random.Next(plain.Count)].OrderId);
            else if (plain.Count > 0)
                Complete(own, plain, random);
            PaperOrder[] expected = [.. plain.OrderBy(o => PaperOrder.KeyOf(side, o.Price))];
            long price = random.Next(78, 122);
            Assert.That(own.All.ToArray().Select(static o => o.OrderId), Is.EqualTo(expected.Select(static o => o.OrderId)), $"seed {seed}, step {step}");
            Assert.That(own.At(new Price(price)).ToArray().Select(static o => o.OrderId), Is.EqualTo(expected.Where(o => o.Price.Mantissa == price).Select(static o => o.OrderId)));
            long key = PaperOrder.KeyOf(side, new Price(price));
            Assert.That(own.CountThrough(key), Is.EqualTo(expected.Count(o => PaperOrder.KeyOf(side, o.Price) <= key)));
        }
    }

    [Test]
    public void Every_order_is_reached_by_the_largest_key()
    {
        OwnOrders own = new(Side.Ask, 4);
        Add(own, [], 1, 100);
        Assert.That(own.CountThrough(long.MaxValue), Is.EqualTo(1));
    }

    private static void Add(OwnOrders own, List<PaperOrder> plain, long id, long price)
    {
        PaperOrder order = new() { OrderId = id, Side = own.Side, Price = new Price(price), Total = new Size(2) };
        own.Add(in order);
        plain.Add(order);
    }

    private static void Remove(OwnOrders own, List<PaperOrder> plain, long id)
    {
        own.RemoveAt(own.IndexOf(id));
        Assert.That(own.IndexOf(id), Is.EqualTo(-1));
        _ = plain.RemoveAll(o => o.OrderId == id);
    }

    private static void Complete(OwnOrders own, List<PaperOrder> plain, Random random)
    {
        int count = random.Next(1, own.Count + 1);
        foreach (ref PaperOrder order in own.All[..count])
        {
            if (random.Next(2) == 0)
                continue;
            order.Execute(order.Left);
            long id = order.OrderId;
            _ = plain.RemoveAll(o => o.OrderId == id);
        }
        own.RemoveCompleted(count);
    }
}
