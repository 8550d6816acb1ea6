using System;
using System.Collections.Generic;
using NUnit.Framework;
using Obs.Core.Journal;
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
    public void Rising_late_and_repeated_ids_are_told_apart([Range(1, 5)] int seed)
    {
        Random random = new(seed);
        SeenIds seen = new();
        HashSet<long> all = [];
        List<long> order = [];
        long next = 1_000;
        // fewer than are certainly remembered, so that a plain set is the oracle
        for (int step = 0; order.Count < SeenIds.Remembered; step++)
        {
            long id = random.Next(4) switch
            {
                0 when order.Count > 0 => order[random.Next(order.Count)],
                1 => Math.Max(1, next - random.Next(2_000)),
                _ => next += random.Next(1, 30),
            };
            bool isNew = all.Add(id);
            Assert.That(seen.TryAdd(id), Is.EqualTo(isNew), $"seed {seed}, step {step}: id {id}");
            if (isNew)
                order.Add(id);
        }
    }

    [Test]
    public void Of_rising_ids_the_last_8192_are_remembered_however_many_came_before()
    {
        SeenIds seen = new();
        for (long id = 1; id <= 100_000; id++)
            Assert.That(seen.TryAdd(3 * id), Is.True);
        for (long id = 100_000 - SeenIds.Remembered + 1; id <= 100_000; id++)
            Assert.That(seen.TryAdd(3 * id), Is.False, $"{3 * id}");
        Assert.That(seen.TryAdd(3 * 99_999 + 1), Is.True, "an id between two is a late one");
        Assert.That(seen.TryAdd(3 * 99_999 + 1), Is.False);
        Assert.That(seen.TryAdd(3), Is.True, "memory is bounded");
    }

    [Test]
    public void After_ids_begin_anew_far_below_the_old_ones_are_forgotten_in_time()
    {
        SeenIds seen = new();
        for (long id = 1_000_001; id <= 1_000_100; id++)
            Assert.That(seen.TryAdd(id), Is.True);
        for (long id = 1; id < SeenIds.Remembered - 100; id++)
            Assert.That(seen.TryAdd(id), Is.True);
        Assert.That(seen.TryAdd(1_000_001), Is.False, "not yet forgotten");
        for (long id = SeenIds.Remembered; id < 4 * SeenIds.Remembered; id++)
            Assert.That(seen.TryAdd(id), Is.True);
        Assert.That((seen.TryAdd(1_000_050), seen.TryAdd(1_000_050)), Is.EqualTo((true, false)), "another trade by now, once");
    }

    [Test]
    public void What_was_seen_survives_a_snapshot([Values(10, 5_000, 40_000)] int count)
    {
        SeenIds seen = new(), restored = new();
        Random random = new(count);
        List<long> ids = [];
        for (int step = 0; step < count; step++)
        {
            ids.Add((step * 10L) + 100 - random.Next(40));
            seen.TryAdd(ids[^1]);
        }
        restored.Restore(new SnapshotReader("test", 1, SavedSection.Of(seen.Save)));
        for (int step = 0; step < count; step++)
            Assert.That(restored.TryAdd(ids[step]), Is.EqualTo(seen.TryAdd(ids[step])), $"id {ids[step]}");
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
