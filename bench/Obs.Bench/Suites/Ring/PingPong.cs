using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Channels;
using Obs.Bench.Harness;
using Obs.Core.Diagnostics;
using Obs.Core.Disruptor;

namespace Obs.Bench.Suites.Ring;

/// <summary>One event there, one back, between two threads; the recorded latency is the whole round trip.</summary>
internal static class PingPong
{
    private const int Capacity = 1024;

    /// <summary>Over two of our rings; this thread polls for the answer.</summary>
    public static void OverRings<TWait>(LatencySample sample, long trips)
        where TWait : struct, IWaitStrategy<TWait>
    {
        TWait wait = TWait.Create();
        RingBuffer<RingEvent> pingRing = new(Capacity), pongRing = new(Capacity);
        SingleProducerSequencer<TWait> pings = new(Capacity, wait), pongs = new(Capacity, wait);
        using RingTopology<RingEvent, TWait> line = new(pingRing, pings, wait);
        _ = line.Handle("echo", new EchoHandler<TWait>(pongRing, pongs));
        Sequence answered = new();
        pongs.GateBy(answered);
        SequenceBarrier<TWait> barrier = new(pongs, wait);
        line.Start();
        for (long trip = 0; trip < trips; trip++)
        {
            long start = Stopwatch.GetTimestamp();
            long sequence = pings.Claim();
            pingRing[sequence].Set(trip);
            pings.Publish(sequence);
            answered.Value = barrier.WaitFor(trip);
            sample.Raw.Record(StopwatchTicks.ToNs(Stopwatch.GetTimestamp() - start));
            CheckedSum.Is(trip, pongRing[trip].Number);
        }
        line.Shutdown();
    }

    /// <summary>Over two Channels, both sides awaiting as usual.</summary>
    public static void OverChannels(LatencySample sample, long trips)
    {
        Channel<RingEvent> pings = Channel.CreateBounded<RingEvent>(Capacity), pongs = Channel.CreateBounded<RingEvent>(Capacity);
        Thread echo = new(() =>
        {
            foreach (RingEvent entry in Blocking(pings.Reader))
                _ = pongs.Writer.TryWrite(entry);
        })
        { IsBackground = true };
        echo.Start();
        using IEnumerator<RingEvent> answers = Blocking(pongs.Reader).GetEnumerator();
        RingEvent next = default;
        for (long trip = 0; trip < trips; trip++)
        {
            long start = Stopwatch.GetTimestamp();
            next.Set(trip);
            _ = pings.Writer.TryWrite(next);
            _ = answers.MoveNext();
            sample.Raw.Record(StopwatchTicks.ToNs(Stopwatch.GetTimestamp() - start));
            CheckedSum.Is(trip, answers.Current.Number);
        }
        pings.Writer.Complete();
        echo.Join();
    }

    private static IEnumerable<RingEvent> Blocking(ChannelReader<RingEvent> reader)
    {
        while (reader.WaitToReadAsync().AsTask().Result)
        {
            while (reader.TryRead(out RingEvent entry))
                yield return entry;
        }
    }
}
