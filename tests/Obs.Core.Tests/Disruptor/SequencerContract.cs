using System;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>What both sequencers promise.</summary>
[TestFixture(false), TestFixture(true)]
internal sealed class SequencerContract(bool isMultiProducer)
{
    private const int Capacity = 8;

    private readonly Sequence _gate = new();

    [SetUp]
    public void StartAfresh() => _gate.Value = Sequence.Initial;

    [Test]
    public void Claims_count_up_from_zero()
    {
        ISequencer sequencer = NewSequencer();
        Assert.That((sequencer.Claim(1), sequencer.Claim(3), sequencer.Claim(4)), Is.EqualTo((0L, 3L, 7L)));
    }

    [Test]
    public void A_full_ring_gives_nothing_and_gives_again_what_was_freed()
    {
        ISequencer sequencer = NewSequencer();
        _ = sequencer.Claim(Capacity);
        sequencer.Publish(0, Capacity - 1);
        Assert.That(sequencer.TryClaim(1, out _), Is.False);
        _gate.Value = 1;
        Assert.That(sequencer.TryClaim(3, out _), Is.False, "two are free, not three");
        Assert.That((sequencer.TryClaim(2, out long last), last), Is.EqualTo((true, 9L)));
        Assert.That(sequencer.TryClaim(1, out _), Is.False);
    }

    [Test]
    public void A_refused_claim_leaves_no_gap()
    {
        ISequencer sequencer = NewSequencer();
        _ = sequencer.Claim(7);
        Assert.That(sequencer.TryClaim(2, out _), Is.False);
        Assert.That((sequencer.TryClaim(1, out long last), last), Is.EqualTo((true, 7L)));
    }

    [Test]
    public void Claiming_from_a_full_ring_waits_for_the_slowest_consumer()
    {
        Sequence slow = new();
        ISequencer sequencer = NewSequencer(_gate, slow);
        _ = sequencer.Claim(Capacity);
        sequencer.Publish(0, Capacity - 1);
        long claimed = -1;
        using ManualResetEventSlim isTrying = new();
        Thread producer = new(() =>
        {
            isTrying.Set();
            claimed = sequencer.Claim(2);
        })
        { IsBackground = true, Name = "producer" };
        producer.Start();
        isTrying.Wait();
        _gate.Value = 7;
        slow.Value = 0;
        Assert.That(Volatile.Read(ref claimed), Is.EqualTo(-1), "one free slot is not two");
        slow.Value = 1;
        sequencer.Signal();
        Line<YieldingWaitStrategy>.EndsInTime(producer);
        Assert.That(claimed, Is.EqualTo(9));
    }

    [TestCase(0), TestCase(-1), TestCase(Capacity + 1), TestCase(int.MaxValue), TestCase(int.MinValue)]
    public void A_claim_the_ring_could_never_grant_is_refused_with_its_value(int count)
    {
        ISequencer sequencer = NewSequencer();
        Assert.That(() => sequencer.Claim(count), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains($"{count} events"));
        Assert.That(() => sequencer.TryClaim(count, out _), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(sequencer.Claim(1), Is.Zero, "the refusals took nothing");
    }

    [Test]
    public void A_ring_that_nobody_empties_says_so_instead_of_waiting_for_ever()
    {
        ISequencer sequencer = NewSequencer([]);
        _ = sequencer.Claim(Capacity);
        Assert.That(() => sequencer.TryClaim(1, out _), Throws.InvalidOperationException.With.Message.Contains("GateBy"));
    }

    [Test]
    public void Gates_are_named_before_the_first_claim_or_not_at_all()
    {
        ISequencer sequencer = NewSequencer();
        _ = sequencer.Claim(1);
        Assert.That(() => sequencer.GateBy(_gate), Throws.InvalidOperationException.With.Message.Contains("once the line was started"));
    }

    [Test]
    public void A_stopped_ring_refuses_at_once_although_there_is_room()
    {
        ISequencer sequencer = NewSequencer();
        sequencer.Stop(new RingStop("book", 41, new FormatException("bad price")));
        foreach (Action claim in new Action[] { () => sequencer.Claim(1), () => sequencer.TryClaim(1, out _) })
            Assert.That(claim, Throws.InstanceOf<RingStoppedException>().With.Message.Contains("'book' threw at sequence 41").And.InnerException.InstanceOf<FormatException>());
    }

    [Test]
    public void The_first_reason_to_stop_stays()
    {
        ISequencer sequencer = NewSequencer();
        sequencer.Stop(new RingStop("book", 41, new FormatException("bad price")));
        sequencer.Stop(RingStop.ShutDown);
        Assert.That(sequencer.Stopped?.Sequence, Is.EqualTo(41));
    }

    [Test]
    public void Stopping_releases_a_producer_that_waits_for_room()
    {
        ISequencer sequencer = NewSequencer();
        _ = sequencer.Claim(Capacity);
        Exception? thrown = null;
        using ManualResetEventSlim isTrying = new();
        Thread producer = new(() =>
        {
            isTrying.Set();
            thrown = Assert.Catch(() => sequencer.Claim(1));
        })
        { IsBackground = true, Name = "producer" };
        producer.Start();
        isTrying.Wait();
        sequencer.Stop(RingStop.ShutDown);
        Line<YieldingWaitStrategy>.EndsInTime(producer);
        Assert.That(thrown, Is.InstanceOf<RingStoppedException>().With.Message.Contains("shut down"));
    }

    [Test]
    public void All_that_is_published_can_be_read_over_many_laps()
    {
        ISequencer sequencer = NewSequencer();
        for (long lap = 0; lap < 100; lap++)
        {
            long last = sequencer.Claim(5);
            sequencer.Publish(last - 4, last);
            Assert.That(sequencer.HighestPublished(last - 4, sequencer.Cursor.Value), Is.EqualTo(last), $"lap {lap}");
            _gate.Value = last;
        }
    }

    private ISequencer NewSequencer() => NewSequencer(_gate);

    private ISequencer NewSequencer(params Sequence[] gates)
    {
        ISequencer sequencer = isMultiProducer
            ? new MultiProducerSequencer<YieldingWaitStrategy>(Capacity, default)
            : new SingleProducerSequencer<YieldingWaitStrategy>(Capacity, default);
        sequencer.GateBy(gates);
        return sequencer;
    }
}
