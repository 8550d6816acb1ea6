using System.Threading;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Barriers over sequences moved by hand.</summary>
internal sealed class SequenceBarrierTests
{
    private readonly SingleProducerSequencer<BusySpinWaitStrategy> _sequencer = new(16, default);

    [Test]
    public void Without_dependencies_it_follows_the_producer()
    {
        SingleProducerSequencer<BusySpinWaitStrategy> sequencer = new(16, default);
        sequencer.GateBy(new Sequence());
        SequenceBarrier<BusySpinWaitStrategy> barrier = new(sequencer, default);
        Assert.That(barrier.Available(0), Is.EqualTo(Sequence.Initial));
        sequencer.Publish(sequencer.Claim(5));
        Assert.That((barrier.Available(0), barrier.WaitFor(3)), Is.EqualTo((4L, 4L)));
    }

    [TestCase(5, 3, 3), TestCase(3, 5, 3), TestCase(-1, 9, -1), TestCase(4, 4, 4)]
    public void With_two_dependencies_it_follows_the_slower(long left, long right, long expected)
    {
        SequenceBarrier<BusySpinWaitStrategy> barrier = new(_sequencer, default, At(left), At(right));
        Assert.That(barrier.Available(0), Is.EqualTo(expected));
    }

    [Test]
    public void A_barrier_that_forgot_a_dependency_would_run_ahead_of_it()
    {
        SequenceBarrier<BusySpinWaitStrategy> forgetful = new(_sequencer, default, At(5));
        Assert.That(forgetful.Available(0), Is.GreaterThan(3), "the test above cannot fail");
    }

    [Test]
    public void After_an_alert_waiting_ends_with_what_there_is()
    {
        SequenceBarrier<BusySpinWaitStrategy> barrier = new(_sequencer, default, At(2));
        barrier.Alert();
        Assert.That((barrier.IsAlerted, barrier.WaitFor(3), barrier.WaitFor(1)), Is.EqualTo((true, 2L, 2L)));
    }

    [Test]
    public void An_alert_reaches_a_thread_that_waits()
    {
        BlockingWaitStrategy wait = BlockingWaitStrategy.Create();
        SingleProducerSequencer<BlockingWaitStrategy> sequencer = new(16, wait);
        SequenceBarrier<BlockingWaitStrategy> barrier = new(sequencer, wait);
        long answer = 0;
        Thread consumer = new(() => answer = barrier.WaitFor(0)) { IsBackground = true, Name = "consumer" };
        consumer.Start();
        barrier.Alert();
        Line<BlockingWaitStrategy>.EndsInTime(consumer);
        Assert.That(answer, Is.EqualTo(Sequence.Initial));
    }

    private static Sequence At(long value) => new() { Value = value };
}
