using System;
using System.Collections.Generic;
using NUnit.Framework;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

[TestFixture]
internal sealed class SeenIdsTests
{
    [Test]
    public void Every_id_is_new_once()
    {
        SeenIds seen = new();
        Assert.That(seen.TryAdd(17_000_000_000_000_001), Is.True);
        Assert.That(seen.TryAdd(17_000_000_000_000_001), Is.False);
        Assert.That(seen.TryAdd(long.MaxValue), Is.True);
        Assert.That(seen.TryAdd(long.MaxValue), Is.False);
    }

    [Test]
    public void Id_zero_means_no_id()
    {
        SeenIds seen = new();
        Assert.That(seen.TryAdd(0) && seen.TryAdd(0), Is.True);
    }

    [Test]
    public void The_last_8192_are_remembered_and_the_long_gone_forgotten([Values(1, 2, 3)] int seed)
    {
        Random random = new(seed);
        SeenIds seen = new();
        List<long> all = [];
        for (int step = 0; step < 100_000; step++)
        {
            long id = random.NextInt64(1, long.MaxValue);
            Assert.That(seen.TryAdd(id), Is.True, $"seed {seed}, step {step}");
            all.Add(id);
            if (step >= SeenIds.Remembered && step % 97 == 0)
                Assert.That(seen.TryAdd(all[step - SeenIds.Remembered + 1]), Is.False, $"seed {seed}, step {step}");
        }
        Assert.That(seen.TryAdd(all[0]), Is.True, "memory is bounded");
    }

    [Test]
    public void Reserved_memory_changes_no_answer_and_never_grows([Values(0, 200, 9_000)] int idsBefore)
    {
        Random random = new(4);
        SeenIds growing = new(), reserved = new();
        for (int step = 0; step < idsBefore; step++)
            Assert.That(reserved.TryAdd(step + 1), Is.EqualTo(growing.TryAdd(step + 1)));
        reserved.Reserve();
        for (int step = 0; step < 60_000; step++)
        {
            long id = random.NextInt64(1, 30_000);
            Assert.That(reserved.TryAdd(id), Is.EqualTo(growing.TryAdd(id)), $"step {step}");
        }
        long next = 1_000_000;
        Assert.That(MarketFixture.BytesAllocatedBy(() => AddMany(reserved, ref next)), Is.Zero);
        SeenIds fresh = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        AddMany(fresh, ref next);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Positive, "control: tables that grow are seen");

        static void AddMany(SeenIds seen, ref long next)
        {
            for (int step = 0; step < 50_000; step++)
                seen.TryAdd(next++);
        }
    }

    [Test]
    public void The_first_kind_of_trade_is_the_tape()
    {
        TradeTape tape = new();
        MarketEvent single = new() { Kind = MarketEventKind.Trade, LastUpdateId = 1 };
        MarketEvent aggregated = new() { Kind = MarketEventKind.Trade, LastUpdateId = 2, Flags = MarketEventFlags.AggregatedTrade };
        Assert.That(tape.Judge(single), Is.EqualTo(DropReason.None));
        Assert.That(tape.Judge(aggregated), Is.EqualTo(DropReason.OtherTradeStream));
        TradeTape other = new();
        Assert.That(other.Judge(aggregated), Is.EqualTo(DropReason.None));
        Assert.That(other.Judge(single), Is.EqualTo(DropReason.OtherTradeStream));
    }
}
