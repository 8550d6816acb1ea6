using System;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Disruptor;
using Obs.Core.Engine;
using Obs.Core.Market;

namespace Obs.Core.Tests.Engine;

/// <summary>Records and levels between two threads under random sizes and pauses. Each control plants a race that the same check must see.</summary>
[TestFixture]
internal sealed class HandOverTests
{
    private const int Slots = 8;

    private enum Planted
    {
        Nothing,
        ReleasedBeforeRead,
        PublishedBeforeWritten,
    }

    [Test]
    public void Every_record_arrives_whole_and_in_order([Values(101, 102, 103, 104)] int seed) =>
        Assert.That(WrongRecords(seed, 60_000, Planted.Nothing), Is.Zero, $"seed {seed}");

    [Test, Category("Soak")]
    public void Every_record_arrives_whole_and_in_order_in_millions([Range(201, 210)] int seed) =>
        Assert.That(WrongRecords(seed, 3_000_000, Planted.Nothing), Is.Zero, $"seed {seed}");

    [Test]
    public void Control_a_reader_that_releases_before_it_reads_is_seen() =>
        Assert.That(WrongRecords(seed: 105, 60_000, Planted.ReleasedBeforeRead), Is.Positive);

    [Test]
    public void Control_a_writer_that_publishes_before_it_writes_is_seen() =>
        Assert.That(WrongRecords(seed: 106, 60_000, Planted.PublishedBeforeWritten), Is.Positive);

    [Test]
    public void A_stopped_reader_refuses_claims_and_levels_and_names_the_sequence()
    {
        HandOver records = new(Slots, new LevelArena());
        Assert.That(records.TryClaim(out long at), Is.True);
        records.Stop(new RingStop("obs engine", 812, new InvalidOperationException("why")));
        Assert.Multiple(() =>
        {
            Assert.That(() => records.TryClaim(out _), Throws.InstanceOf<RingStoppedException>().With.Message.Contains("sequence 812").And.Message.Contains("why"));
            Assert.That(() => records.TryWrite(new BookLevel[3], ref records[at]), Throws.InstanceOf<RingStoppedException>(), "no room would ever come");
        });
    }

    private static int WrongRecords(int seed, int count, Planted planted)
    {
        HandOver records = new(Slots, new LevelArena(2 * RecordDecoder.LevelsMax));
        int wrong = 0;
        Thread reader = new(() => wrong = Read(records, new Random(seed), count, planted)) { IsBackground = true, Name = "reader" };
        Thread writer = new(() => Write(records, new Random(~seed), count, planted)) { IsBackground = true, Name = "writer" };
        reader.Start();
        writer.Start();
        Soon.Ends(writer);
        Soon.Ends(reader);
        return wrong;
    }

    private static void Write(HandOver records, Random random, int count, Planted planted)
    {
        BookLevel[] levels = new BookLevel[4_000];
        for (int record = 1; record <= count; record++)
        {
            int length = random.Next(10) == 0 ? random.Next(levels.Length) : random.Next(40);
            Array.Fill(levels, new BookLevel(new Price(record), new Size(length)), 0, length);
            long at;
            while (!records.TryClaim(out at))
                Thread.Yield();
            ref DecodedSlot slot = ref records[at];
            if (planted == Planted.PublishedBeforeWritten)
                records.Publish(at);
            Jitter.Pause(random);
            (slot.Sequence, slot.Event.LastUpdateId, slot.Markets) = (record, record, length);
            while (!records.TryWrite(levels.AsSpan(0, length), ref slot))
                Thread.Yield();
            if (planted != Planted.PublishedBeforeWritten)
                records.Publish(at);
        }
    }

    private static int Read(HandOver records, Random random, int count, Planted planted)
    {
        int wrong = 0;
        for (int record = 1; record <= count; record++)
        {
            long at;
            while (!records.TryTake(out at))
                Thread.Yield();
            if (planted == Planted.ReleasedBeforeRead)
                records.Release(at);
            Jitter.Pause(random);
            wrong += IsWhole(records, records[at], record, planted) ? 0 : 1;
            if (planted != Planted.ReleasedBeforeRead)
                records.Release(at);
        }
        return wrong;
    }

    private static bool IsWhole(HandOver records, DecodedSlot slot, int record, Planted planted)
    {
        if (slot.Sequence != record || slot.Event.LastUpdateId != record || slot.LevelCount != slot.Markets)
            return false;
        try
        {
            foreach (BookLevel level in records.LevelsOf(slot))
            {
                if (level.Price.Mantissa != record || level.Size.Mantissa != slot.LevelCount)
                    return false;
            }
            return true;
        }
        catch (ArgumentOutOfRangeException) when (planted != Planted.Nothing)
        {
            return false; // half of a slot leads out of the arena
        }
    }
}
