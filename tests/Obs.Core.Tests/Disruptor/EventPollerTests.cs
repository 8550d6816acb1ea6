using System;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>A consumer without a thread, and what a round through the ring allocates.</summary>
internal sealed class EventPollerTests
{
    private const int Capacity = 8;

    private RingBuffer<TestEvent> _ring = new(Capacity);
    private SingleProducerSequencer<BusySpinWaitStrategy> _sequencer = new(Capacity, default);
    private EventPoller<TestEvent, BusySpinWaitStrategy> _poller = null!;

    [SetUp]
    public void StartAfresh()
    {
        _ring = new RingBuffer<TestEvent>(Capacity);
        _sequencer = new SingleProducerSequencer<BusySpinWaitStrategy>(Capacity, default);
        _poller = new EventPoller<TestEvent, BusySpinWaitStrategy>(_ring, _sequencer, new SequenceBarrier<BusySpinWaitStrategy>(_sequencer, default));
        _sequencer.GateBy(_poller.Progress);
    }

    [Test]
    public void An_empty_ring_gives_nothing_and_costs_nothing()
    {
        CollectingHandler handler = new();
        Assert.That((_poller.TryNext(out _), _poller.Poll(ref handler)), Is.EqualTo((false, 0)));
        Assert.That(_poller.Progress.Value, Is.EqualTo(Sequence.Initial));
    }

    [Test]
    public void Events_come_in_order_and_slots_are_free_only_after_advance()
    {
        Publish(Capacity);
        for (long expected = 0; expected < Capacity; expected++)
            Assert.That((_poller.TryNext(out long sequence), sequence, _ring[sequence].Value), Is.EqualTo((true, expected, expected)));
        Assert.That(_poller.TryNext(out _), Is.False);
        Assert.That(_sequencer.TryClaim(1, out _), Is.False, "nothing was given back yet");
        _poller.Advance(2);
        Assert.That((_sequencer.TryClaim(3, out _), _sequencer.TryClaim(1, out _)), Is.EqualTo((true, false)));
    }

    [Test]
    public void Poll_handles_at_most_the_limit_and_marks_the_end_of_what_it_handled()
    {
        Publish(5);
        CollectingHandler handler = new();
        Assert.That((_poller.Poll(ref handler, limit: 3), _poller.Poll(ref handler, limit: 3), _poller.Poll(ref handler)), Is.EqualTo((3, 2, 0)));
        Assert.That(handler.Values, Is.EqualTo(new long[] { 0, 1, 2, 3, 4 }));
        Assert.That(handler.BatchEnds, Is.EqualTo(new long[] { 2, 4 }));
        Assert.That(_poller.Progress.Value, Is.EqualTo(4));
    }

    [Test]
    public void What_a_handler_throws_passes_through_and_its_event_comes_again()
    {
        Publish(4);
        CollectingHandler failing = new(throwAt: 2);
        Assert.That(() => _poller.Poll(ref failing), Throws.InstanceOf<FormatException>());
        Assert.That(_poller.Progress.Value, Is.EqualTo(1));
        CollectingHandler patient = new();
        Assert.That(_poller.Poll(ref patient), Is.EqualTo(2));
        Assert.That(patient.Values, Is.EqualTo(new long[] { 2, 3 }));
    }

    [Test]
    public void Several_producers_are_polled_up_to_the_first_gap()
    {
        MultiProducerSequencer<BusySpinWaitStrategy> sequencer = new(Capacity, default);
        EventPoller<TestEvent, BusySpinWaitStrategy> poller = new(_ring, sequencer, new SequenceBarrier<BusySpinWaitStrategy>(sequencer, default));
        sequencer.GateBy(poller.Progress);
        _ = sequencer.Claim(3);
        sequencer.Publish(1, 2);
        Assert.That(poller.TryNext(out _), Is.False);
        sequencer.Publish(0);
        OrderCheckingHandler handler = default;
        Assert.That(poller.Poll(ref handler), Is.EqualTo(3));
    }

    [Test]
    public void A_round_through_the_ring_allocates_nothing()
    {
        OrderCheckingHandler handler = default;
        BoxingHandler control = default;
        Assert.That(BytesOfRounds(ref handler), Is.Zero);
        Assert.That(BytesOfRounds(ref control), Is.Positive, "the meter does not see an allocation");
    }

    private long BytesOfRounds<THandler>(ref THandler handler)
        where THandler : IEventHandler<TestEvent>
    {
        Publish(1);
        _ = _poller.Poll(ref handler);
        AllocationMeter meter = AllocationMeter.Start();
        for (int round = 0; round < 1_000; round++)
        {
            Publish(4);
            _ = _poller.Poll(ref handler);
        }
        return meter.Bytes;
    }

    private void Publish(int events)
    {
        for (int index = 0; index < events; index++)
        {
            long sequence = _sequencer.Claim();
            _ring[sequence].Value = sequence;
            _sequencer.Publish(sequence);
        }
    }

    private struct BoxingHandler : IEventHandler<TestEvent>
    {
        private object? _last;

        public void OnEvent(ref TestEvent entry, long sequence, bool isEndOfBatch) => _last = _last is null ? sequence : (object)(sequence + 1);
    }
}
