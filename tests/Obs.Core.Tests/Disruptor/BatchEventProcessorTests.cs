using System;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>One processor run on the test's own thread: what is available is handled, then it returns.</summary>
internal sealed class BatchEventProcessorTests
{
    private const int Capacity = 16;

    private readonly RingBuffer<TestEvent> _ring = new(Capacity);

    [Test]
    public void A_run_ends_where_the_published_events_end_or_after_a_quarter_of_the_ring()
    {
        CollectingHandler handler = new();
        _ = RunOver(handler, events: 10);
        Assert.That(handler.Values, Is.EqualTo(Enumerable.Range(0, 10).Select(static value => (long)value)));
        Assert.That(handler.BatchEnds, Is.EqualTo(new long[] { 3, 7, 9 }));
    }

    [Test]
    public void A_ring_of_two_has_runs_of_one()
    {
        SingleProducerSequencer<BusySpinWaitStrategy> sequencer = new(2, default);
        CollectingHandler handler = new();
        BatchEventProcessor<TestEvent, CollectingHandler, BusySpinWaitStrategy> processor =
            new("pair", new RingBuffer<TestEvent>(2), sequencer, new SequenceBarrier<BusySpinWaitStrategy>(sequencer, default), handler);
        sequencer.GateBy(processor.Progress);
        sequencer.Publish(sequencer.Claim(2));
        processor.Finish();
        processor.Run();
        Assert.That(handler.BatchEnds, Is.EqualTo(new long[] { 0, 1 }));
    }

    [TestCase(0), TestCase(1), TestCase(3), TestCase(4), TestCase(9)]
    public void A_handler_that_throws_stops_there_with_the_sequence_named_and_nothing_skipped(int throwAt)
    {
        CollectingHandler handler = new(throwAt);
        (IEventProcessor processor, ISequencer sequencer) = RunOver(handler, events: 10);
        Assert.That(handler.Values, Has.Count.EqualTo(throwAt));
        Assert.That(processor.Progress.Value, Is.EqualTo(throwAt - 1));
        Assert.That((processor.Failure?.Stage, processor.Failure?.Sequence), Is.EqualTo(("under test", throwAt)));
        Assert.That(processor.Failure?.Cause, Is.InstanceOf<FormatException>());
        Assert.That(sequencer.Stopped, Is.SameAs(processor.Failure));
    }

    [Test]
    public void A_handler_that_does_not_throw_leaves_no_failure()
    {
        (IEventProcessor processor, ISequencer sequencer) = RunOver(new CollectingHandler(), events: 10);
        Assert.That((processor.Failure, sequencer.Stopped), Is.EqualTo(((RingStop?)null, (RingStop?)null)));
    }

    [Test]
    public void Ring_and_sequencer_of_different_sizes_are_refused()
    {
        SingleProducerSequencer<BusySpinWaitStrategy> sequencer = new(32, default);
        SequenceBarrier<BusySpinWaitStrategy> barrier = new(sequencer, default);
        Assert.That(
            () => new BatchEventProcessor<TestEvent, CollectingHandler, BusySpinWaitStrategy>("odd", _ring, sequencer, barrier, new CollectingHandler()),
            Throws.ArgumentException.With.Message.Contains("16 slots").And.Message.Contains("32"));
    }

    private (IEventProcessor Processor, ISequencer Sequencer) RunOver(CollectingHandler handler, int events)
    {
        SingleProducerSequencer<BusySpinWaitStrategy> sequencer = new(Capacity, default);
        BatchEventProcessor<TestEvent, CollectingHandler, BusySpinWaitStrategy> processor =
            new("under test", _ring, sequencer, new SequenceBarrier<BusySpinWaitStrategy>(sequencer, default), handler);
        sequencer.GateBy(processor.Progress);
        for (int value = 0; value < events; value++)
        {
            long sequence = sequencer.Claim();
            _ring[sequence].Value = value;
            sequencer.Publish(sequence);
        }
        processor.Finish();
        processor.Run();
        return (processor, sequencer);
    }
}
