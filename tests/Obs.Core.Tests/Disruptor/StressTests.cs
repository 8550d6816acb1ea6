using System.Linq;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Many producers into a diamond over a small ring, with strategies that yield the core; the long variants are soak tests.</summary>
[TestFixture(typeof(YieldingWaitStrategy)), TestFixture(typeof(SleepingWaitStrategy)), TestFixture(typeof(BlockingWaitStrategy))]
internal sealed class StressTests<TWait>
    where TWait : struct, IWaitStrategy<TWait>
{
    [Test]
    public void Producers_and_a_diamond_lose_nothing([Values(2, 128)] int capacity) => Run(capacity, producers: 3, eventsEach: 2_000);

    [Test, Category("Soak")]
    public void Producers_and_a_diamond_lose_nothing_for_long([Values(2, 16, 1024)] int capacity) => Run(capacity, producers: 4, eventsEach: 1_000_000);

    private static void Run(int capacity, int producers, long eventsEach)
    {
        TWait wait = TWait.Create();
        RingBuffer<TestEvent> ring = new(capacity);
        MultiProducerSequencer<TWait> sequencer = new(capacity, wait);
        using RingTopology<TestEvent, TWait> line = new(ring, sequencer, wait);
        IEventProcessor left = line.Handle("left", default(LeftHandler));
        IEventProcessor right = line.Handle("right", default(RightHandler));
        BatchEventProcessor<TestEvent, BothPartsHandler, TWait> both = line.After(left, right).Handle("both", default(BothPartsHandler));
        BatchEventProcessor<TestEvent, SumHandler, TWait> sum = line.Then("sum", new SumHandler(producers));
        line.Start();
        Thread[] threads = [.. Enumerable.Range(0, producers).Select(producer => new Thread(() => Produce(ring, sequencer, producer, eventsEach)) { Name = $"producer {producer}" })];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        line.Shutdown();
        Assert.That((both.Handler.Count, both.Handler.Incomplete), Is.EqualTo((producers * eventsEach, 0L)));
        Assert.That(sum.Handler.OutOfOrder, Is.Zero);
        Assert.That(sum.Handler.LastNumbers, Is.All.EqualTo(eventsEach - 1));
    }

    private static void Produce(RingBuffer<TestEvent> ring, MultiProducerSequencer<TWait> sequencer, int producer, long events)
    {
        for (long number = 0; number < events; number++)
        {
            long sequence = sequencer.Claim();
            ring[sequence] = new TestEvent { Value = ((long)producer << 32) + number };
            sequencer.Publish(sequence);
        }
    }
}
