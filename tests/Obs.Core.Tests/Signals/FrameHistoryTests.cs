using System;
using NUnit.Framework;
using Obs.Core.Signals;

namespace Obs.Core.Tests.Signals;

/// <summary>Spans over the last book frames: their edges, what is known when, growth, and restoring.</summary>
internal sealed class FrameHistoryTests
{
    private const long Second = MadeMarket.Second;

    [Test]
    public void A_span_holds_its_later_end_and_not_its_earlier_one()
    {
        FrameHistory history = new(FeatureSet.All);
        history.Add(Frame(1000 * Second, flow: 1));
        history.Add(Frame(1005 * Second - 1, flow: 10));
        history.Add(Frame(1005 * Second, flow: 100));
        Assert.That(history.Flow5S, Is.EqualTo(110), "the frame at t − 5 s is the state the span starts from");
        Assert.That(history.Flow30S, Is.EqualTo(111));
        Assert.That(history.Covered(FrameHistory.Span5S), Is.True);
        Assert.That(history.Covered(FrameHistory.Span30S), Is.False);
    }

    [Test]
    public void A_span_is_covered_from_the_moment_its_start_is_known()
    {
        FrameHistory history = new(FeatureSet.All);
        history.Add(Frame(1000 * Second, doubleMid: 40));
        history.AdvanceTo((1001 * Second) - 1);
        Assert.That(history.Covered(FrameHistory.Span1S), Is.False);
        history.AdvanceTo(1001 * Second);
        Assert.That(history.Covered(FrameHistory.Span1S), Is.True);
        Assert.That(history.DoubleMidBefore(FrameHistory.Span1S), Is.EqualTo(40));
    }

    [Test]
    public void The_state_before_a_quiet_spell_is_remembered()
    {
        FrameHistory history = new(FeatureSet.All);
        history.Add(Frame(0, doubleMid: 40));
        for (int frame = 0; frame < 5000; frame++)
            history.Add(Frame((1000 * Second) + frame, doubleMid: 50, depth: 2));
        Assert.That(history.DoubleMidBefore(FrameHistory.Span1S), Is.EqualTo(40));
        Assert.That((history.Frames300S, history.Depth300S), Is.EqualTo((5000L, 10_000.0)), "frames older than 300 s are not part of the mean");
    }

    [Test]
    public void Clearing_forgets_what_spans_start_from()
    {
        FrameHistory history = new(FeatureSet.All);
        history.Add(Frame(0, flow: 5));
        history.Clear();
        history.Add(Frame(100 * Second, flow: 7));
        Assert.That((history.Flow30S, history.Frames300S), Is.EqualTo((7.0, 1L)));
        Assert.That(history.Covered(FrameHistory.Span1S), Is.False);
    }

    [Test]
    public void Spans_nobody_wants_hold_nothing()
    {
        FrameHistory history = new(FeatureSet.Of(FeatureId.Return1S));
        for (int frame = 0; frame < 100_000; frame++)
            history.Add(Frame(frame * (Second / 10), flow: 1, depth: 1));
        Assert.That(history.SnapshotBytes, Is.LessThan(1000), "ten frames of a second");
        Assert.That((history.Flow5S, history.Flow30S, history.Depth300S), Is.EqualTo((0.0, 0.0, 0.0)));
    }

    [Test]
    public void Sums_beyond_64_bits_are_exact()
    {
        FrameHistory history = new(FeatureSet.All);
        for (int frame = 0; frame < 100; frame++)
            history.Add(Frame(frame, flow: OrderFlow.MaxLots * 2, depth: OrderFlow.MaxLots * 2));
        Assert.That(history.Flow30S, Is.EqualTo(100.0 * OrderFlow.MaxLots * 2));
        history.AdvanceTo(301 * Second);
        Assert.That((history.Flow30S, history.Depth300S), Is.EqualTo((0.0, 0.0)));
    }

    [Test]
    public void A_flood_cuts_the_longest_span_short_and_counts_it()
    {
        FrameHistory history = new(FeatureSet.All);
        for (int frame = 0; frame < FrameHistory.MaxFrames + 1000; frame++)
            history.Add(Frame(frame * 10_000L, flow: 1, depth: 1));
        Assert.That(history.LeftEarly, Is.EqualTo(1000L));
        Assert.That(history.Frames300S, Is.EqualTo(FrameHistory.MaxFrames - 1), "one more frame is kept as the state before");
        Assert.That(history.Flow5S, Is.EqualTo(500_000.0), "shorter spans are whole");
    }

    [Test]
    public void A_restored_history_goes_on_as_the_saved_one([Values(0, 1, 50, 3000)] int frames)
    {
        Random random = new(frames);
        FrameHistory history = new(FeatureSet.All);
        long time = 0;
        for (int frame = 0; frame < frames; frame++)
            history.Add(RandomFrame(random, ref time));
        byte[] bytes = new byte[history.SnapshotBytes];
        StateWriter writer = new(bytes);
        history.Save(ref writer);
        Assert.That(writer.Written, Is.EqualTo(bytes.Length));
        StateReader reader = new(bytes);
        FrameHistory restored = new(FeatureSet.All);
        restored.Load(ref reader);
        for (int frame = 0; frame < 500; frame++)
        {
            Assert.That(restored.StateHash(1), Is.EqualTo(history.StateHash(1)), $"frame {frame}");
            FrameEntry entry = RandomFrame(random, ref time);
            history.Add(entry);
            restored.Add(entry);
        }
    }

    [Test]
    public void The_hash_tells_histories_apart()
    {
        FrameHistory one = new(FeatureSet.All);
        FrameHistory other = new(FeatureSet.All);
        one.Add(Frame(1, flow: 1));
        other.Add(Frame(1, flow: 2));
        Assert.That(one.StateHash(0), Is.Not.EqualTo(other.StateHash(0)));
    }

    private static FrameEntry Frame(long timeNs, long flow = 0, long depth = 0, long doubleMid = 2) => new(timeNs, flow, depth, doubleMid);

    private static FrameEntry RandomFrame(Random random, ref long time)
    {
        time += random.NextInt64(2 * Second);
        return new FrameEntry(time, random.Next(-1000, 1000), random.Next(1000), random.Next(1, 1000));
    }
}
