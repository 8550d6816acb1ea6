using System;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Random histories of claims, publications and progress: both sequencers answer what the plain model answers.</summary>
internal sealed class SequencerModelTests
{
    private const int Steps = 4_000;

    [Test]
    public void One_producer_agrees_with_the_model([Range(1, 8)] int seed, [Values(2, 8, 64)] int capacity) =>
        Assert.That(FirstDifference(new SingleProducerSequencer<BusySpinWaitStrategy>(capacity, default), new SequencerModel(capacity), seed, inOrder: true), Is.Null);

    [Test]
    public void Several_producers_that_publish_in_any_order_agree_with_the_model([Range(1, 8)] int seed, [Values(2, 8, 64)] int capacity) =>
        Assert.That(FirstDifference(new MultiProducerSequencer<BusySpinWaitStrategy>(capacity, default), new SequencerModel(capacity), seed, inOrder: false), Is.Null);

    [Test]
    public void A_sequencer_of_another_size_is_found_out([Range(1, 8)] int seed)
    {
        string? difference = FirstDifference(new SingleProducerSequencer<BusySpinWaitStrategy>(16, default), new SequencerModel(8), seed, inOrder: true);
        Assert.That(difference, Does.Contain("claim"), "a comparison that finds nothing proves nothing");
    }

    [Test]
    public void Publishing_out_of_order_through_the_single_sequencer_is_found_out()
    {
        int found = 0;
        for (int seed = 1; seed <= 8; seed++)
            found += FirstDifference(new SingleProducerSequencer<BusySpinWaitStrategy>(64, default), new SequencerModel(64), seed, inOrder: false) is null ? 0 : 1;
        Assert.That(found, Is.Positive);
    }

    private static string? FirstDifference(ISequencer sequencer, SequencerModel model, int seed, bool inOrder)
    {
        Random random = new(seed);
        Sequence gate = new();
        sequencer.GateBy(gate);
        SequenceBarrier<BusySpinWaitStrategy> barrier = new(sequencer, default);
        for (int step = 0; step < Steps; step++)
        {
            string? difference = random.Next(3) switch
            {
                0 => Claim(sequencer, model, random),
                1 => Publish(sequencer, model, random, inOrder),
                _ => Handle(barrier, model, gate, random),
            };
            if (difference is not null)
                return $"seed {seed}, step {step}: {difference}";
        }
        return null;
    }

    private static string? Claim(ISequencer sequencer, SequencerModel model, Random random)
    {
        int count = random.Next(1, sequencer.Capacity + 1);
        bool expected = model.TryClaim(count, out long expectedLast);
        bool actual = sequencer.TryClaim(count, out long actualLast);
        return expected == actual && (!actual || expectedLast == actualLast)
            ? null : $"claim of {count}: model {expected} {expectedLast}, sequencer {actual} {actualLast}";
    }

    private static string? Publish(ISequencer sequencer, SequencerModel model, Random random, bool inOrder)
    {
        if (model.Open.Count == 0)
            return null;
        (long first, long last) = model.Publish(inOrder ? 0 : random.Next(model.Open.Count));
#if DEBUG
        if (sequencer is SingleProducerSequencer<BusySpinWaitStrategy> && first != sequencer.Cursor.Value + 1)
            return "published out of order, which an assertion of the sequencer refuses";
#endif
        sequencer.Publish(first, last);
        return null;
    }

    private static string? Handle(SequenceBarrier<BusySpinWaitStrategy> barrier, SequencerModel model, Sequence gate, Random random)
    {
        long expected = model.HighestPublished();
        long actual = Math.Max(barrier.Available(model.Handled + 1), model.Handled);
        if (expected != actual)
            return $"available after {model.Handled}: model {expected}, barrier {actual}";
        if (actual > model.Handled)
            model.HandleTo(random.NextInt64(model.Handled + 1, actual + 1));
        gate.Value = model.Handled;
        return null;
    }
}
