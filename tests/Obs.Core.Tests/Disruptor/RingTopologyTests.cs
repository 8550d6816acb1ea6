using System;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Pipelines, diamonds, and how a line ends.</summary>
internal sealed class RingTopologyTests
{
    private const long Events = 30_000;

    [Test]
    public void In_a_pipeline_a_stage_sees_what_the_stages_before_it_wrote()
    {
        using Line<YieldingWaitStrategy> line = new(64);
        _ = line.Topology.Handle("left", default(LeftHandler));
        _ = line.Topology.Then("right", default(RightHandler));
        BatchEventProcessor<TestEvent, BothPartsHandler, YieldingWaitStrategy> last = line.Topology.Then("both", default(BothPartsHandler));
        line.Topology.Start();
        line.Publish(0, Events);
        line.Topology.Shutdown();
        Assert.That((last.Handler.Count, last.Handler.Incomplete), Is.EqualTo((Events, 0L)));
    }

    [Test]
    public void In_a_diamond_the_last_stage_waits_for_both_sides()
    {
        using Line<YieldingWaitStrategy> line = new(64);
        IEventProcessor left = line.Topology.Handle("left", default(LeftHandler));
        IEventProcessor right = line.Topology.Handle("right", default(RightHandler));
        BatchEventProcessor<TestEvent, BothPartsHandler, YieldingWaitStrategy> last = line.Topology.After(left, right).Handle("both", default(BothPartsHandler));
        line.Topology.Start();
        line.Publish(0, Events);
        line.Topology.Shutdown();
        Assert.That((last.Handler.Count, last.Handler.Incomplete), Is.EqualTo((Events, 0L)));
    }

    [Test]
    public void The_diamond_check_finds_a_side_that_is_missing()
    {
        using Line<YieldingWaitStrategy> line = new(64);
        IEventProcessor left = line.Topology.Handle("left", default(LeftHandler));
        BatchEventProcessor<TestEvent, BothPartsHandler, YieldingWaitStrategy> last = line.Topology.After(left).Handle("both", default(BothPartsHandler));
        line.Topology.Start();
        line.Publish(0, 100);
        line.Topology.Shutdown();
        Assert.That(last.Handler.Incomplete, Is.EqualTo(100));
    }

    [Test]
    public void Siblings_under_one_stage_each_see_everything()
    {
        using Line<YieldingWaitStrategy> line = new(64);
        IEventProcessor first = line.Topology.Handle("first", default(LeftHandler));
        TopologyStage<TestEvent, YieldingWaitStrategy> after = line.Topology.After(first);
        CollectingHandler one = new(), two = new();
        _ = after.Handle("one", one);
        _ = after.Handle("two", two);
        line.Topology.Start();
        line.Publish(0, 1000);
        line.Topology.Shutdown();
        Assert.That((one.Values.Count, two.Values.Count), Is.EqualTo((1000, 1000)));
    }

    [Test]
    public void A_failure_in_the_middle_stops_the_line_there_and_is_thrown_to_the_owner()
    {
        using Line<YieldingWaitStrategy> line = new(64);
        CollectingHandler before = new(), failing = new(throwAt: 20), after = new();
        _ = line.Topology.Handle("before", before);
        _ = line.Topology.Then("failing", failing);
        _ = line.Topology.Then("after", after);
        line.Topology.Start();
        line.Publish(0, 20);
        Assert.That(() => line.Publish(20, 10_000), Throws.InstanceOf<RingStoppedException>());
        RingStoppedException? thrown = Assert.Throws<RingStoppedException>(line.Topology.Shutdown);
        Assert.That((thrown?.Stop.Stage, thrown?.Stop.Sequence), Is.EqualTo(("failing", 20L)));
        Assert.That(thrown?.InnerException, Is.InstanceOf<FormatException>());
        Assert.That((failing.Values.Count, after.Values.Count), Is.EqualTo((20, 20)), "all before the failure, nothing from it on");
        Assert.That(before.Values, Has.Count.EqualTo(line.Sequencer.Cursor.Value + 1), "the stage before it drained");
    }

    [Test]
    public void Halt_shows_a_failure_too_and_dispose_is_silent()
    {
        Line<YieldingWaitStrategy> line = new(64);
        _ = line.Topology.Handle("failing", new CollectingHandler(throwAt: 0));
        line.Topology.Start();
        Assert.That(() => line.Publish(0, 1000), Throws.InstanceOf<RingStoppedException>());
        Assert.That(line.Topology.Halt, Throws.InstanceOf<RingStoppedException>().With.Message.Contains("sequence 0"));
        Assert.That(line.Dispose, Throws.Nothing);
    }

    [Test]
    public void A_claim_after_shutdown_is_refused_with_what_to_do()
    {
        using Line<YieldingWaitStrategy> line = new(64);
        _ = line.Topology.Handle("idle", default(LeftHandler));
        line.Topology.Start();
        line.Topology.Shutdown();
        Assert.That(() => line.Publish(0, 1), Throws.InstanceOf<RingStoppedException>().With.Message.Contains("make a new ring"));
    }

    [Test]
    public void Shutdown_names_what_the_single_producer_claimed_and_never_published()
    {
        using Line<YieldingWaitStrategy> line = new(64);
        _ = line.Topology.Handle("idle", default(LeftHandler));
        line.Topology.Start();
        line.Publish(0, 5);
        _ = line.Sequencer.Claim(2);
        Assert.That(line.Topology.Shutdown, Throws.InvalidOperationException.With.Message.Contains("after sequence 4, but 6 was claimed"));
    }

    [Test]
    public void A_topology_is_built_first_and_started_once()
    {
        using Line<YieldingWaitStrategy> line = new(64);
        Assert.That(line.Topology.Start, Throws.InvalidOperationException.With.Message.Contains("no processor"));
        IEventProcessor first = line.Topology.Handle("first", default(LeftHandler));
        line.Topology.Start();
        Assert.That(line.Topology.Start, Throws.InvalidOperationException.With.Message.Contains("once"));
        Assert.That(() => line.Topology.After(first).Handle("late", default(RightHandler)), Throws.InvalidOperationException);
        line.Topology.Shutdown();
    }

    [Test]
    public void A_processor_of_another_line_is_no_dependency()
    {
        using Line<YieldingWaitStrategy> line = new(64), other = new(64);
        IEventProcessor foreign = other.Topology.Handle("foreign", default(LeftHandler));
        Assert.That(() => line.Topology.After(foreign).Handle("own", default(RightHandler)), Throws.ArgumentException.With.Message.Contains("'foreign'"));
    }

    [Test]
    public void A_topology_that_was_never_started_can_be_ended()
    {
        Line<YieldingWaitStrategy> line = new(64);
        _ = line.Topology.Handle("never", default(LeftHandler));
        Assert.That(line.Topology.Shutdown, Throws.Nothing);
        Assert.That(line.Dispose, Throws.Nothing);
    }

    [Test]
    public void Ring_and_sequencer_of_different_sizes_are_refused() =>
        Assert.That(
            () => new RingTopology<TestEvent, BusySpinWaitStrategy>(new RingBuffer<TestEvent>(8), new SingleProducerSequencer<BusySpinWaitStrategy>(16, default), default),
            Throws.InstanceOf<ArgumentException>());
}
