using System;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>A running line allocates nothing on its consumer's thread.</summary>
internal sealed class SteadyStateTests
{
    [Test]
    public void A_processor_allocates_nothing_between_two_events_of_its_life()
    {
        using Line<YieldingWaitStrategy> line = new(64);
        BatchEventProcessor<TestEvent, MeteringHandler, YieldingWaitStrategy> quiet = line.Topology.Handle("quiet", new MeteringHandler(bytesPerEvent: 0));
        BatchEventProcessor<TestEvent, MeteringHandler, YieldingWaitStrategy> control = line.Topology.Handle("control", new MeteringHandler(bytesPerEvent: 40));
        line.Topology.Start();
        line.Publish(0, 20_000);
        line.Topology.Shutdown();
        Assert.That(quiet.Handler.Bytes, Is.Zero);
        Assert.That(control.Handler.Bytes, Is.GreaterThan(40 * 9_000), "the meter does not see an allocation");
    }

    private struct MeteringHandler(int bytesPerEvent) : IEventHandler<TestEvent>
    {
        private AllocationMeter _meter;
        private byte[]? _kept;

        public long Bytes { get; private set; }

        public void OnEvent(ref TestEvent entry, long sequence, bool isEndOfBatch)
        {
            if (bytesPerEvent > 0)
                _kept = new byte[bytesPerEvent];
            if (sequence == 10_000)
                _meter = AllocationMeter.Start();
            if (sequence == 19_999)
                Bytes = _meter.Bytes;
            GC.KeepAlive(_kept);
        }
    }
}
