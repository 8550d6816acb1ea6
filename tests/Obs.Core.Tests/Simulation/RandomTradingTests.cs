using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Simulation;

/// <summary>What must hold in every history, and that a saved venue goes on as if nothing had happened.</summary>
internal sealed class RandomTradingTests
{
    private static readonly PaperVenueOptions[] Modes =
    [
        VenueFixture.Product,
        VenueFixture.Product with { Queue = QueueModel.PowerProb3 },
        VenueFixture.Product with { Queue = QueueModel.LogProb1, Exchange = ExchangeModel.NoPartial },
        VenueFixture.Library with { Queue = QueueModel.PowerProb2, QueuePower = 1.5 },
    ];

    [Test]
    public void Executions_never_exceed_the_order_nor_come_after_its_end([Values(0, 1, 2, 3)] int mode, [Range(1, 4)] int seed)
    {
        RandomTrading trading = new(seed, Modes[mode]);
        for (int step = 0; step < 4_000; step++)
            trading.Step();
        HashSet<long> ended = [];
        Dictionary<long, long> executed = [];
        foreach (OrderReport report in trading.Delivered)
        {
            string where = $"seed {seed}, order {report.OrderId}, {report.Kind}";
            bool refusal = report.Kind is ReportKind.CancelRejected or ReportKind.ModifyRejected;
            Assert.That(refusal || !ended.Contains(report.OrderId), Is.True, where + " after its end");
            if (report.Kind is ReportKind.Filled or ReportKind.Expired or ReportKind.Canceled or ReportKind.Rejected)
                ended.Add(report.OrderId);
        }
        foreach (OrderReport fill in trading.Venue.Executions)
        {
            executed[fill.OrderId] = executed.GetValueOrDefault(fill.OrderId) + fill.Size.Mantissa;
            Assert.That(fill.Size.Mantissa, Is.Positive);
        }
        Assert.That(executed, Has.Count.GreaterThan(100), "a history without executions shows nothing");
        if (!Modes[mode].Compatible)
            Assert.That(executed.Where(pair => pair.Value > trading.Sizes[pair.Key]), Is.Empty, $"seed {seed}");
        Assert.That(trading.Venue.Venue.Honesty.Size, Is.EqualTo((Int128)executed.Values.Sum()));
    }

    [Test]
    public void A_print_is_never_given_away_twice_to_one_account([Values(0, 1)] int mode, [Range(1, 4)] int seed)
    {
        Assert.That(LargestOveruse(Modes[mode], seed), Is.LessThanOrEqualTo(0));
    }

    [Test]
    public void The_library_does_give_prints_away_twice()
    {
        Assert.That(Enumerable.Range(1, 4).Max(static seed => LargestOveruse(VenueFixture.Library, seed)), Is.Positive, "control: the check must see it");
    }

    [Test]
    public void A_saved_venue_goes_on_exactly_where_it_stood([Values(0, 1, 2, 3)] int mode, [Range(1, 5)] int seed)
    {
        RandomTrading straight = new(seed, Modes[mode]);
        RandomTrading saved = new(seed, Modes[mode]);
        Random cuts = new(seed);
        for (int step = 0; step < 2_000; step++)
        {
            straight.Step();
            saved.Step();
            if (cuts.Next(100) == 0)
                saved.Venue.SaveAndLoad();
        }
        Assert.That(saved.Venue.Executions, Is.EqualTo(straight.Venue.Executions), $"seed {seed}");
        Assert.That(saved.Delivered, Is.EqualTo(straight.Delivered), $"seed {seed}");
        Assert.That(saved.Venue.Venue.StateHash, Is.EqualTo(straight.Venue.Venue.StateHash), $"seed {seed}");
    }

    [Test]
    public void Different_histories_have_different_hashes()
    {
        HashSet<ulong> hashes = [];
        for (int seed = 1; seed <= 20; seed++)
        {
            RandomTrading trading = new(seed, VenueFixture.Product);
            for (int step = 0; step < 100; step++)
                trading.Step();
            hashes.Add(trading.Venue.Venue.StateHash);
        }
        Assert.That(hashes, Has.Count.EqualTo(20));
    }

    [Test]
    public void A_damaged_state_is_refused_with_a_reason()
    {
        RandomTrading trading = new(3, VenueFixture.Product);
        for (int step = 0; step < 500; step++)
            trading.Step();
        byte[] state = new byte[trading.Venue.Venue.SaveSize];
        trading.Venue.Venue.Save(state);
        Assert.That(() => Load(trading, state[..^8]), Throws.InstanceOf<System.IO.InvalidDataException>().With.Message.Contains("snapshot"));
        Assert.That(() => Load(trading, [.. state, .. new byte[8]]), Throws.InstanceOf<System.IO.InvalidDataException>());
        state[0] ^= 1;
        Assert.That(() => Load(trading, state), Throws.InstanceOf<System.IO.InvalidDataException>());
    }

    [Test]
    public void Trading_allocates_nothing_once_it_runs()
    {
        Assert.That(AllocatedBy(static venue => venue.Quiet()), Is.Zero);
        Assert.That(AllocatedBy(static venue => venue.Boxing()), Is.Positive, "control: the counter counts");
    }

    private static long LargestOveruse(PaperVenueOptions options, int seed)
    {
        RandomTrading trading = new(seed, options);
        long largest = long.MinValue;
        for (int step = 0; step < 4_000; step++)
        {
            int before = trading.Venue.Executions.Count;
            trading.Step();
            foreach (IGrouping<int, OrderReport> account in trading.Venue.Executions.Skip(before)
                .Where(static e => e.Cause is FillCause.Queue or FillCause.TradedThrough).GroupBy(static e => e.Key.Account))
                largest = Math.Max(largest, account.Sum(static e => e.Size.Mantissa) - trading.LastPrint);
        }
        return largest;
    }

    private static PaperVenue<Market.SortedBook> Load(RandomTrading trading, byte[] state) =>
        PaperVenue<Market.SortedBook>.Load(trading.Venue.Instrument, trading.Venue.Options, state);

    private static long AllocatedBy(Action<SteadyTrading> run)
    {
        SteadyTrading trading = new();
        run(trading);
        long before = GC.GetAllocatedBytesForCurrentThread();
        run(trading);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
