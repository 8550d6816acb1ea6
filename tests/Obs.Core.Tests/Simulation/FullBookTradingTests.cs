using System.Linq;
using NUnit.Framework;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Simulation;

/// <summary>Generator, decoder, changes, book and venue together: the same every time, also over a restart.</summary>
internal sealed class FullBookTradingTests
{
    private static readonly PaperVenueOptions Options = new() { Queue = QueueModel.PowerProb3 };

    [Test]
    public void Twice_and_over_restarts_the_same_trades_come_out([Values(1UL, 2UL)] ulong seed)
    {
        FullBookTrading straight = new(Options, seed);
        FullBookTrading again = new(Options, seed);
        FullBookTrading restarted = new(Options, seed);
        straight.Run(8_000);
        again.Run(8_000);
        foreach (int frames in new[] { 1, 777, 3_222, 4_000 })
        {
            restarted.Run(frames);
            restarted.SaveAndLoad();
        }
        Assert.That(straight.Executions, Is.Not.Empty);
        Assert.That(again.Executions, Is.EqualTo(straight.Executions));
        Assert.That(restarted.Executions, Is.EqualTo(straight.Executions));
        Assert.That(restarted.Reports, Is.EqualTo(straight.Reports));
        Assert.That((again.StateHash, restarted.StateHash), Is.EqualTo((straight.StateHash, straight.StateHash)));
    }

    [Test]
    public void Another_seed_is_another_market()
    {
        FullBookTrading one = new(Options, 1);
        FullBookTrading two = new(Options, 2);
        one.Run(3_000);
        two.Run(3_000);
        Assert.That(one.StateHash, Is.Not.EqualTo(two.StateHash), "control");
    }

    [Test]
    public void Every_cause_occurs_and_every_execution_is_reported_once()
    {
        FullBookTrading trading = new(Options, 3);
        trading.Run(30_000);
        Assert.That(trading.Executions.Select(static e => e.Cause).Distinct(), Is.SupersetOf(new[] { FillCause.Take, FillCause.Queue, FillCause.BestCrossed }));
        Assert.That(trading.LeftView, Is.Positive, "levels slide off the bottom");
        OrderReport[] told = [.. trading.Reports.Where(static r => r.Kind is ReportKind.Filled or ReportKind.PartiallyFilled)];
        Assert.That(told, Is.EqualTo(trading.Executions.Take(told.Length)), "the rest is still on its way");
        Assert.That(told, Has.Length.GreaterThan(trading.Executions.Count - 20));
        Assert.That(trading.Reports.Select(static r => r.ReportNs), Is.Ordered, "a report never overtakes");
    }

    [Test]
    public void A_more_careful_queue_never_fills_more_at_the_queue()
    {
        long careful = QueueFills(QueueModel.RiskAdverse);
        long bold = QueueFills(QueueModel.PowerProb1);
        Assert.That(careful, Is.Positive);
        Assert.That(careful, Is.LessThanOrEqualTo(bold));
    }

    private static long QueueFills(QueueModel model)
    {
        FullBookTrading trading = new(new PaperVenueOptions { Queue = model, QueuePower = 1 }, 4);
        trading.Run(20_000);
        return trading.Executions.Where(static e => e.Cause == FillCause.Queue).Sum(static e => e.Size.Mantissa);
    }
}
