using System.Threading;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>What every wait strategy must let a line do.</summary>
[TestFixture(typeof(BusySpinWaitStrategy)), TestFixture(typeof(YieldingWaitStrategy)), TestFixture(typeof(SleepingWaitStrategy)), TestFixture(typeof(BlockingWaitStrategy))]
internal sealed class WaitStrategyContract<TWait>
    where TWait : struct, IWaitStrategy<TWait>
{
    private const long Events = 20_000;

    [TestCase(16), TestCase(1024)]
    public void Every_event_arrives_once_and_in_order_though_both_sides_must_wait(int capacity)
    {
        using Line<TWait> line = new(capacity);
        BatchEventProcessor<TestEvent, OrderCheckingHandler, TWait> consumer = line.Topology.Handle("check", default(OrderCheckingHandler));
        line.Topology.Start();
        line.Publish(0, Events);
        line.Topology.Shutdown();
        Assert.That((consumer.Handler.Count, consumer.Handler.OutOfOrder, consumer.Handler.Sum), Is.EqualTo((Events, 0L, Events * (Events - 1) / 2)));
    }

    [Test]
    public void A_consumer_that_fell_asleep_is_woken_by_the_next_event([Values(1, 50)] int rounds)
    {
        using Line<TWait> line = new(16);
        SignallingHandler handler = new();
        _ = line.Topology.Handle("signal", handler);
        line.Topology.Start();
        for (int round = 0; round < rounds; round++)
        {
            line.Publish(round, round + 1);
            Assert.That(handler.Handled.Wait(Line<TWait>.Limit), Is.True, $"event {round} was not noticed");
            handler.Handled.Reset();
        }
        line.Topology.Shutdown();
    }

    [Test]
    public void Shutdown_handles_all_that_was_published_before_it()
    {
        using Line<TWait> line = new(1024);
        CollectingHandler first = new(), second = new();
        _ = line.Topology.Handle("first", first);
        _ = line.Topology.Then("second", second);
        line.Topology.Start();
        line.Publish(0, 1000);
        line.Topology.Shutdown();
        Assert.That((first.Values.Count, second.Values.Count), Is.EqualTo((1000, 1000)));
    }

    [Test]
    public void Halt_ends_a_line_that_waits_for_events()
    {
        using Line<TWait> line = new(16);
        _ = line.Topology.Handle("idle", default(OrderCheckingHandler));
        line.Topology.Start();
        Thread halting = new(line.Topology.Halt) { IsBackground = true, Name = "halting" };
        halting.Start();
        Line<TWait>.EndsInTime(halting);
        Assert.That(() => line.Publish(0, 1), Throws.InstanceOf<RingStoppedException>());
    }

    [Test]
    public void A_throwing_handler_releases_a_producer_that_waits_for_room()
    {
        using Line<TWait> line = new(16);
        _ = line.Topology.Handle("fails", new CollectingHandler(throwAt: 5));
        line.Topology.Start();
        Assert.That(() => line.Publish(0, 1000), Throws.InstanceOf<RingStoppedException>().With.Message.Contains("'fails' threw at sequence 5"));
    }

    private sealed class SignallingHandler : IEventHandler<TestEvent>
    {
        public ManualResetEventSlim Handled { get; } = new();

        public void OnEvent(ref TestEvent entry, long sequence, bool isEndOfBatch) => Handled.Set();
    }
}
