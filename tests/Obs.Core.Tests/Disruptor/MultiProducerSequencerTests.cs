using System.Linq;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Several producers: gaps, laps and a crowd.</summary>
internal sealed class MultiProducerSequencerTests
{
    [Test]
    public void Readers_stop_at_the_first_gap()
    {
        MultiProducerSequencer<BusySpinWaitStrategy> sequencer = new(8, default);
        sequencer.GateBy(new Sequence());
        _ = sequencer.Claim(5);
        sequencer.Publish(0);
        sequencer.Publish(2, 3);
        Assert.That(sequencer.HighestPublished(0, 4), Is.Zero, "1 is missing");
        sequencer.Publish(1);
        Assert.That(sequencer.HighestPublished(0, 4), Is.EqualTo(3), "4 is missing");
        Assert.That(sequencer.HighestPublished(4, 4), Is.EqualTo(3));
    }

    [Test]
    public void A_slot_of_the_last_lap_does_not_pass_for_one_of_this()
    {
        MultiProducerSequencer<BusySpinWaitStrategy> sequencer = new(4, default);
        Sequence gate = new();
        sequencer.GateBy(gate);
        _ = sequencer.Claim(4);
        sequencer.Publish(0, 3);
        gate.Value = 3;
        _ = sequencer.Claim(2);
        Assert.That(sequencer.HighestPublished(4, sequencer.Cursor.Value), Is.EqualTo(3));
    }

    [TestCase(1, 1), TestCase(3, 1), TestCase(3, 7)]
    public void Nothing_is_lost_doubled_or_reordered_among_producers(int producers, int batch)
    {
        const long EventsPerProducer = 21_000;
        const int Capacity = 128;
        YieldingWaitStrategy wait = default;
        RingBuffer<TestEvent> ring = new(Capacity);
        MultiProducerSequencer<YieldingWaitStrategy> sequencer = new(Capacity, wait);
        using RingTopology<TestEvent, YieldingWaitStrategy> line = new(ring, sequencer, wait);
        BatchEventProcessor<TestEvent, SumHandler, YieldingWaitStrategy> consumer = line.Handle("sum", new SumHandler(producers));
        line.Start();
        Thread[] threads = [.. Enumerable.Range(0, producers).Select(producer => new Thread(() => Produce(ring, sequencer, producer, EventsPerProducer, batch)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            Line<YieldingWaitStrategy>.EndsInTime(thread);
        line.Shutdown();
        Assert.That(consumer.Handler.OutOfOrder, Is.Zero);
        Assert.That(consumer.Handler.LastNumbers, Is.All.EqualTo(EventsPerProducer - 1));
        Assert.That(consumer.Progress.Value, Is.EqualTo((producers * EventsPerProducer) - 1));
    }

    [Test]
    public void The_order_check_finds_a_lost_and_a_doubled_event()
    {
        SumHandler handler = new(producers: 1);
        foreach (long number in new long[] { 0, 1, 3, 3 })
        {
            TestEvent entry = new() { Value = number };
            handler.OnEvent(ref entry, 0, isEndOfBatch: false);
        }
        Assert.That(handler.OutOfOrder, Is.EqualTo(2));
    }

    [Test]
    public void Shutdown_names_what_was_claimed_and_never_published()
    {
        YieldingWaitStrategy wait = default;
        MultiProducerSequencer<YieldingWaitStrategy> sequencer = new(8, wait);
        using RingTopology<TestEvent, YieldingWaitStrategy> line = new(new RingBuffer<TestEvent>(8), sequencer, wait);
        _ = line.Handle("sum", new SumHandler(1));
        line.Start();
        _ = sequencer.Claim(3);
        sequencer.Publish(0);
        Assert.That(line.Shutdown, Throws.InvalidOperationException.With.Message.Contains("after sequence 0, but 2 was claimed"));
    }

    private static void Produce(RingBuffer<TestEvent> ring, MultiProducerSequencer<YieldingWaitStrategy> sequencer, int producer, long events, int batch)
    {
        for (long number = 0; number < events; number += batch)
        {
            long last = sequencer.Claim(batch);
            long first = last - batch + 1;
            for (long sequence = first; sequence <= last; sequence++)
                ring[sequence].Value = ((long)producer << 32) + number + (sequence - first);
            sequencer.Publish(first, last);
        }
    }
}
