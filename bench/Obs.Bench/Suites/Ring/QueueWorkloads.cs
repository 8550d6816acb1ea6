using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Obs.Bench.Suites.Ring;

/// <summary>The same loads on what .NET itself offers: a bounded Channel and a bounded BlockingCollection.</summary>
internal static class QueueWorkloads
{
    private const int Capacity = 65_536;

    /// <summary>Producers and one consumer on a Channel; the consumer reads all there is before it waits.</summary>
    public static void Channel(long events, int producers)
    {
        Channel<RingEvent> channel = NewChannel(singleWriter: producers == 1);
        Task<long> consumer = Task.Factory.StartNew(() => SumAll(channel.Reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Thread[] others = new Thread[producers - 1];
        for (int index = 0; index < others.Length; index++)
        {
            others[index] = new Thread(() => Produce(channel.Writer, events / producers)) { IsBackground = true };
            others[index].Start();
        }
        Produce(channel.Writer, events / producers);
        foreach (Thread other in others)
            other.Join();
        channel.Writer.Complete();
        CheckedSum.Is(producers * RingEvent.ExpectedSum(events / producers), consumer.Result);
    }

    /// <summary>One producer and three stages, each with a Channel before it.</summary>
    public static void ChannelPipeline(long events)
    {
        Channel<RingEvent> first = NewChannel(), second = NewChannel(), third = NewChannel();
        Task stamp = Run(() => Forward(first.Reader, second.Writer));
        Task stampAgain = Run(() => Forward(second.Reader, third.Writer));
        Task<long> consumer = Task.Factory.StartNew(() => SumAll(third.Reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Produce(first.Writer, events);
        first.Writer.Complete();
        Task.WaitAll(stamp, stampAgain, consumer);
        CheckedSum.Is(RingEvent.ExpectedSum(events), consumer.Result);
    }

    /// <summary>One producer feeding two Channels, and a last stage that takes from both sides' outputs.</summary>
    public static void ChannelDiamond(long events)
    {
        Channel<RingEvent> left = NewChannel(), right = NewChannel(), leftOut = NewChannel(), rightOut = NewChannel();
        Task leftStage = Run(() => Forward(left.Reader, leftOut.Writer));
        Task rightStage = Run(() => Forward(right.Reader, rightOut.Writer));
        Task<long> last = Task.Factory.StartNew(
            () => SumAll(leftOut.Reader, rightOut.Reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        RingEvent entry = default;
        for (long number = 0; number < events; number++)
        {
            entry.Set(number);
            Write(left.Writer, entry);
            Write(right.Writer, entry);
        }
        left.Writer.Complete();
        right.Writer.Complete();
        Task.WaitAll(leftStage, rightStage, last);
        CheckedSum.Is(2 * RingEvent.ExpectedSum(events), last.Result);
    }

    /// <summary>One producer and one consumer on a BlockingCollection.</summary>
    public static void BlockingCollection(long events)
    {
        using BlockingCollection<RingEvent> queue = new(Capacity);
        long sum = 0;
        Thread consumer = new(() =>
        {
            foreach (RingEvent entry in queue.GetConsumingEnumerable())
                sum += entry.Number + entry.Size;
        })
        { IsBackground = true };
        consumer.Start();
        RingEvent next = default;
        for (long number = 0; number < events; number++)
        {
            next.Set(number);
            queue.Add(next);
        }
        queue.CompleteAdding();
        consumer.Join();
        CheckedSum.Is(RingEvent.ExpectedSum(events), sum);
    }

    private static Channel<RingEvent> NewChannel(bool singleWriter = true) =>
        System.Threading.Channels.Channel.CreateBounded<RingEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = singleWriter });

    private static Task Run(System.Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Produce(ChannelWriter<RingEvent> writer, long events)
    {
        RingEvent entry = default;
        for (long number = 0; number < events; number++)
        {
            entry.Set(number);
            Write(writer, entry);
        }
    }

    private static void Write(ChannelWriter<RingEvent> writer, RingEvent entry)
    {
        while (!writer.TryWrite(entry))
            writer.WaitToWriteAsync().AsTask().Wait();
    }

    private static void Forward(ChannelReader<RingEvent> reader, ChannelWriter<RingEvent> writer)
    {
        while (Wait(reader))
        {
            while (reader.TryRead(out RingEvent entry))
            {
                entry.Stamp = entry.Price;
                Write(writer, entry);
            }
        }
        writer.Complete();
    }

    private static long SumAll(params ChannelReader<RingEvent>[] readers)
    {
        long sum = 0;
        bool isOpen = true;
        while (isOpen)
        {
            isOpen = false;
            foreach (ChannelReader<RingEvent> reader in readers)
            {
                isOpen |= Wait(reader);
                while (reader.TryRead(out RingEvent entry))
                    sum += entry.Number + entry.Size;
            }
        }
        return sum;
    }

    private static bool Wait(ChannelReader<RingEvent> reader)
    {
        System.Threading.Tasks.ValueTask<bool> waiting = reader.WaitToReadAsync();
        return waiting.IsCompletedSuccessfully ? waiting.Result : waiting.AsTask().Result;
    }
}
