using BenchmarkDotNet.Attributes;
using Obs.Bench.Suites.Ring;
using Obs.Core.Disruptor;

namespace Obs.Bench.BenchmarkDotNet;

/// <summary>The ring suite's main loads under BenchmarkDotNet, for its allocation column. Time per event; the sum of each run is checked.</summary>
[MemoryDiagnoser]
public class RingBenchmarks
{
    private const int Events = 1_000_000;

    private readonly int _events = Events; // an instance field: BenchmarkDotNet wants instance methods

    /// <summary>Our ring, an event a claim.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public void RingSingle() => RingWorkloads<BusySpinWaitStrategy>.OneToOne(_events, batch: 1);

    /// <summary>Our ring, ten events a claim.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public void RingBatchOf10() => RingWorkloads<BusySpinWaitStrategy>.OneToOne(_events, batch: 10);

    /// <summary>A bounded Channel.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public void Channel() => QueueWorkloads.Channel(_events, producers: 1);

    /// <summary>A bounded BlockingCollection.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public void BlockingCollection() => QueueWorkloads.BlockingCollection(_events);
}
