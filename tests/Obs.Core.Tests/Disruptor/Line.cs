using System;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>A ring with one producer, and how tests feed it.</summary>
internal sealed class Line<TWait> : IDisposable
    where TWait : struct, IWaitStrategy<TWait>
{
    /// <summary>No step of these tests takes longer, even on a machine that is busy.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>A line without processors.</summary>
    public Line(int capacity)
    {
        TWait wait = TWait.Create();
        Ring = new RingBuffer<TestEvent>(capacity);
        Sequencer = new SingleProducerSequencer<TWait>(capacity, wait);
        Topology = new RingTopology<TestEvent, TWait>(Ring, Sequencer, wait);
    }

    /// <summary>The slots.</summary>
    public RingBuffer<TestEvent> Ring { get; }

    /// <summary>Claims.</summary>
    public SingleProducerSequencer<TWait> Sequencer { get; }

    /// <summary>Processors.</summary>
    public RingTopology<TestEvent, TWait> Topology { get; }

    /// <summary>Publishes values <paramref name="from"/> to <paramref name="to"/> − 1, each in a claim of its own.</summary>
    public void Publish(long from, long to)
    {
        for (long value = from; value < to; value++)
        {
            long sequence = Sequencer.Claim();
            Ring[sequence].Value = value;
            Sequencer.Publish(sequence);
        }
    }

    /// <summary>Runs work on a thread and fails the test when it does not end.</summary>
    public static void EndsInTime(Thread thread) => Assert.That(thread.Join(Limit), Is.True, $"{thread.Name} did not end");

    /// <inheritdoc/>
    public void Dispose() => Topology.Dispose();
}
