using System;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Slots by sequence.</summary>
internal sealed class RingBufferTests
{
    [TestCase(int.MinValue), TestCase(-8), TestCase(0), TestCase(1), TestCase(3), TestCase(1000)]
    public void A_capacity_that_is_no_power_of_two_is_refused_with_its_value(int capacity)
    {
        Assert.That(() => new RingBuffer<TestEvent>(capacity), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains($"{capacity} events"));
        Assert.That(() => new SingleProducerSequencer<BusySpinWaitStrategy>(capacity, default), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new MultiProducerSequencer<BusySpinWaitStrategy>(capacity, default), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCase(2), TestCase(64), TestCase(4096)]
    public void Each_slot_keeps_its_own_value_and_comes_round_after_a_lap(int capacity)
    {
        RingBuffer<TestEvent> ring = new(capacity);
        for (long sequence = 0; sequence < capacity; sequence++)
            ring[sequence].Value = sequence * 3;
        for (long sequence = 0; sequence < capacity; sequence++)
            Assert.That((ring[sequence].Value, ring[sequence + (5L * capacity)].Value), Is.EqualTo((sequence * 3, sequence * 3)));
        Assert.That(ring.Capacity, Is.EqualTo(capacity));
    }

    [Test]
    public void The_slot_of_the_largest_sequence_exists()
    {
        RingBuffer<TestEvent> ring = new(8);
        ring[long.MaxValue].Value = 9;
        Assert.That(ring[7].Value, Is.EqualTo(9));
    }

    [Test]
    public void References_in_slots_are_seen_by_the_collector()
    {
        RingBuffer<(byte[]? Buffer, int Length)> ring = new(64);
        for (int sequence = 0; sequence < 64; sequence++)
            ring[sequence] = (new byte[1000], sequence);
        for (int collection = 0; collection < 3; collection++)
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        for (int sequence = 0; sequence < 64; sequence++)
            Assert.That((ring[sequence].Buffer?.Length, ring[sequence].Length), Is.EqualTo((1000, sequence)));
    }
}
