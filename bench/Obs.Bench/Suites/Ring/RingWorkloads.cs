using System.Threading;
using Obs.Core.Disruptor;

namespace Obs.Bench.Suites.Ring;

/// <summary>Our ring under load. Each call builds its line, sends the events, drains and checks the sum.</summary>
/// <typeparam name="TWait">The wait strategy of all threads.</typeparam>
internal static class RingWorkloads<TWait>
    where TWait : struct, IWaitStrategy<TWait>
{
    /// <summary>Slots of the throughput rings, as in the throughput tests of the pattern's other implementations.</summary>
    public const int Capacity = 65_536;

    /// <summary>One producer, one consumer, events claimed and published one by one or in batches.</summary>
    public static void OneToOne(long events, int batch)
    {
        (RingBuffer<RingEvent> ring, SingleProducerSequencer<TWait> sequencer, RingTopology<RingEvent, TWait> line) = NewLine();
        using (line)
        {
            BatchEventProcessor<RingEvent, SumHandler, TWait> consumer = line.Handle("sum", default(SumHandler));
            line.Start();
            if (batch == 1)
                ProduceSingly(ring, sequencer, events);
            else
                ProduceBatches(ring, sequencer, events, batch);
            line.Shutdown();
            CheckedSum.Is(RingEvent.ExpectedSum(events), consumer.Handler.Sum);
        }
    }

    /// <summary>One producer, then stamp, stamp and sum, each after the other.</summary>
    public static void Pipeline(long events, int batch)
    {
        (RingBuffer<RingEvent> ring, SingleProducerSequencer<TWait> sequencer, RingTopology<RingEvent, TWait> line) = NewLine();
        using (line)
        {
            _ = line.Handle("first", default(StampHandler));
            _ = line.Then("second", default(StampHandler));
            BatchEventProcessor<RingEvent, SumHandler, TWait> consumer = line.Then("sum", default(SumHandler));
            line.Start();
            ProduceBatches(ring, sequencer, events, batch);
            line.Shutdown();
            CheckedSum.Is(RingEvent.ExpectedSum(events), consumer.Handler.Sum);
        }
    }

    /// <summary>One producer, two consumers beside each other, and one after both.</summary>
    public static void Diamond(long events, int batch)
    {
        (RingBuffer<RingEvent> ring, SingleProducerSequencer<TWait> sequencer, RingTopology<RingEvent, TWait> line) = NewLine();
        using (line)
        {
            BatchEventProcessor<RingEvent, StampHandler, TWait> left = line.Handle("left", default(StampHandler));
            BatchEventProcessor<RingEvent, SumHandler, TWait> right = line.Handle("right", default(SumHandler));
            BatchEventProcessor<RingEvent, SumHandler, TWait> last = line.After(left, right).Handle("last", default(SumHandler));
            line.Start();
            ProduceBatches(ring, sequencer, events, batch);
            line.Shutdown();
            CheckedSum.Is(2 * RingEvent.ExpectedSum(events), right.Handler.Sum + last.Handler.Sum);
        }
    }

    /// <summary>Two producers, one consumer.</summary>
    public static void TwoToOne(long events, int batch)
    {
        TWait wait = TWait.Create();
        RingBuffer<RingEvent> ring = new(Capacity);
        MultiProducerSequencer<TWait> sequencer = new(Capacity, wait);
        using RingTopology<RingEvent, TWait> line = new(ring, sequencer, wait);
        BatchEventProcessor<RingEvent, SumHandler, TWait> consumer = line.Handle("sum", default(SumHandler));
        line.Start();
        long half = events / 2;
        Thread second = new(() => ProduceShared(ring, sequencer, half, batch)) { IsBackground = true };
        second.Start();
        ProduceShared(ring, sequencer, half, batch);
        second.Join();
        line.Shutdown();
        CheckedSum.Is(2 * RingEvent.ExpectedSum(half), consumer.Handler.Sum);
    }

    private static (RingBuffer<RingEvent> Ring, SingleProducerSequencer<TWait> Sequencer, RingTopology<RingEvent, TWait> Line) NewLine()
    {
        TWait wait = TWait.Create();
        RingBuffer<RingEvent> ring = new(Capacity);
        SingleProducerSequencer<TWait> sequencer = new(Capacity, wait);
        return (ring, sequencer, new RingTopology<RingEvent, TWait>(ring, sequencer, wait));
    }

    private static void ProduceSingly(RingBuffer<RingEvent> ring, SingleProducerSequencer<TWait> sequencer, long events)
    {
        for (long number = 0; number < events; number++)
        {
            long sequence = sequencer.Claim();
            ring[sequence].Set(number);
            sequencer.Publish(sequence);
        }
    }

    private static void ProduceBatches(RingBuffer<RingEvent> ring, SingleProducerSequencer<TWait> sequencer, long events, int batch)
    {
        for (long number = 0; number < events; number += batch)
        {
            long last = sequencer.Claim(batch);
            long first = last - batch + 1;
            for (long sequence = first; sequence <= last; sequence++)
                ring[sequence].Set(number + (sequence - first));
            sequencer.Publish(last);
        }
    }

    private static void ProduceShared(RingBuffer<RingEvent> ring, MultiProducerSequencer<TWait> sequencer, long events, int batch)
    {
        for (long number = 0; number < events; number += batch)
        {
            long last = sequencer.Claim(batch);
            long first = last - batch + 1;
            for (long sequence = first; sequence <= last; sequence++)
                ring[sequence].Set(number + (sequence - first));
            sequencer.Publish(first, last);
        }
    }
}
