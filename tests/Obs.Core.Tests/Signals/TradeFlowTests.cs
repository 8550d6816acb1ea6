using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Signals;

namespace Obs.Core.Tests.Signals;

/// <summary>Bought and sold size of a trailing span.</summary>
internal sealed class TradeFlowTests
{
    [Test]
    public void A_trade_at_the_start_of_the_span_is_outside_and_one_at_its_end_inside()
    {
        TradeFlow flow = new(spanNs: 100);
        flow.Add(1000, 5, bought: true);
        flow.Add(1100, 3, bought: false);
        Assert.That((flow.Net, flow.Gross), Is.EqualTo((-3.0, 3.0)), "(t − span, t]");
        flow.AdvanceTo(1199);
        Assert.That(flow.Gross, Is.EqualTo(3.0));
        flow.AdvanceTo(1200);
        Assert.That((flow.Net, flow.Gross), Is.EqualTo((0.0, 0.0)));
    }

    [Test]
    public void It_equals_the_sum_over_the_span([Range(1, 4)] int seed)
    {
        Random random = new(seed);
        TradeFlow flow = new(5000);
        List<(long Time, long Signed)> all = [];
        long time = 0;
        for (int trade = 0; trade < 3000; trade++)
        {
            time += random.Next(trade < 1500 ? 4 : 400);
            long lots = random.NextInt64(1, OrderFlow.MaxLots);
            bool bought = random.Next(2) == 0;
            flow.Add(time, lots, bought);
            all.Add((time, bought ? lots : -lots));
            Int128 net = all.Where(((long Time, long) t) => t.Time > time - 5000).Aggregate((Int128)0, static (Int128 sum, (long, long Signed) t) => sum + t.Signed);
            Assert.That(flow.Net, Is.EqualTo((double)net), $"seed {seed}, trade {trade}");
        }
        Assert.That(flow.LeftEarly, Is.Zero);
    }

    [Test]
    public void A_flood_lets_the_oldest_go_and_counts_them()
    {
        TradeFlow flow = new(1);
        for (int trade = 0; trade < TradeFlow.MaxTrades + 10; trade++)
            flow.Add(7, 1, bought: true);
        Assert.That((flow.LeftEarly, flow.Net), Is.EqualTo((10L, (double)TradeFlow.MaxTrades)));
    }

    [Test]
    public void A_restored_span_is_the_same_one()
    {
        TradeFlow flow = new(1000);
        for (int trade = 1; trade < 1500; trade++)
            flow.Add(trade, trade, trade % 3 == 0);
        byte[] bytes = new byte[flow.SnapshotBytes];
        StateWriter writer = new(bytes);
        flow.Save(ref writer);
        Assert.That(writer.Written, Is.EqualTo(bytes.Length));
        StateReader reader = new(bytes);
        TradeFlow restored = new(1000);
        restored.Load(ref reader);
        Assert.That((restored.Net, restored.Gross, restored.StateHash(3)), Is.EqualTo((flow.Net, flow.Gross, flow.StateHash(3))));
        restored.AdvanceTo(2000);
        flow.AdvanceTo(2000);
        Assert.That(restored.StateHash(3), Is.EqualTo(flow.StateHash(3)));
    }

    [Test]
    public void A_snapshot_cut_short_is_refused()
    {
        TradeFlow flow = new(1000);
        flow.Add(1, 1, bought: true);
        byte[] bytes = new byte[flow.SnapshotBytes];
        StateWriter writer = new(bytes);
        flow.Save(ref writer);
        Assert.That(() => Load(bytes.AsSpan(0, bytes.Length - 1)), Throws.TypeOf<InvalidDataException>().With.Message.Contains("23 bytes"));
    }

    [Test]
    public void An_impossible_count_is_refused()
    {
        byte[] bytes = new byte[8];
        bytes[7] = 0x7F;
        Assert.That(() => Load(bytes), Throws.TypeOf<InvalidDataException>().With.Message.Contains("0 to 1048576"));
    }

    private static void Load(ReadOnlySpan<byte> bytes)
    {
        StateReader reader = new(bytes);
        new TradeFlow(1000).Load(ref reader);
    }
}
