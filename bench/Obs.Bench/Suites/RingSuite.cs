using System.Collections.Generic;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Ring;
using Obs.Core.Disruptor;

namespace Obs.Bench.Suites;

/// <summary>The ring beside Channel and BlockingCollection: 32-byte events, single and in batches of 10, round trips, pipeline, diamond.</summary>
internal sealed class RingSuite : IBenchSuite
{
    private const int Batch = 10;

    /// <inheritdoc/>
    public string Name => "ring";

    /// <inheritdoc/>
    public string Title => "Ring buffer, 32-byte events";

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options)
    {
        long fast = options.Operations(20_000_000);
        long shared = options.Operations(4_000_000);
        long slow = options.Operations(1_000_000);
        Contender channel = new("Channel<T>", slow, () => QueueWorkloads.Channel(slow, producers: 1));
        Contender collection = new("BlockingCollection<T>", slow / 4, () => QueueWorkloads.BlockingCollection(slow / 4));
        return
        [
            new Comparison("1P-1C single", BenchUnit.MillionsPerSecond, Limit: 100, Aim: null,
                new Contender("ring, busy-spin", fast, () => RingWorkloads<BusySpinWaitStrategy>.OneToOne(fast, batch: 1)), [channel, collection]),
            new Comparison("1P-1C batch of 10", BenchUnit.MillionsPerSecond, Limit: 300, Aim: null,
                new Contender("ring, busy-spin", 2 * fast, () => RingWorkloads<BusySpinWaitStrategy>.OneToOne(2 * fast, Batch)), [channel, collection]),
            new Comparison("1P-1C batch of 10, waiting", BenchUnit.MillionsPerSecond, Limit: null, Aim: null,
                new Contender("ring, yielding", fast, () => RingWorkloads<YieldingWaitStrategy>.OneToOne(fast, Batch)),
                [
                    new Contender("ring, sleeping", fast, () => RingWorkloads<SleepingWaitStrategy>.OneToOne(fast, Batch)),
                    new Contender("ring, blocking", fast, () => RingWorkloads<BlockingWaitStrategy>.OneToOne(fast, Batch)),
                ]),
            new Comparison("2P-1C batch of 10", BenchUnit.MillionsPerSecond, Limit: null, Aim: null,
                new Contender("ring, yielding", shared, () => RingWorkloads<YieldingWaitStrategy>.TwoToOne(shared, Batch)),
                [new Contender("Channel<T>", slow, () => QueueWorkloads.Channel(slow, producers: 2))]),
            new Comparison("pipeline of 3, batch of 10", BenchUnit.MillionsPerSecond, Limit: null, Aim: null,
                new Contender("ring, yielding", fast, () => RingWorkloads<YieldingWaitStrategy>.Pipeline(fast, Batch)),
                [new Contender("3 Channel<T>", slow, () => QueueWorkloads.ChannelPipeline(slow))]),
            new Comparison("diamond, batch of 10", BenchUnit.MillionsPerSecond, Limit: null, Aim: null,
                new Contender("ring, yielding", fast, () => RingWorkloads<YieldingWaitStrategy>.Diamond(fast, Batch)),
                [new Contender("4 Channel<T>", slow, () => QueueWorkloads.ChannelDiamond(slow))]),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<LatencyComparison> Latencies(BenchOptions options)
    {
        long trips = options.Operations(300_000);
        return
        [
            new LatencyComparison("ping-pong, round trip", new LatencyTargets(P50LimitNs: 500),
                new LatencyContender("ring, busy-spin", sample => PingPong.OverRings<BusySpinWaitStrategy>(sample, trips)),
                [
                    new LatencyContender("ring, blocking", sample => PingPong.OverRings<BlockingWaitStrategy>(sample, trips / 10)),
                    new LatencyContender("Channel<T>", sample => PingPong.OverChannels(sample, trips / 10)),
                ]),
        ];
    }
}
