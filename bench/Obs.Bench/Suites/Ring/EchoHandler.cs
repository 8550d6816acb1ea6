using Obs.Core.Disruptor;

namespace Obs.Bench.Suites.Ring;

/// <summary>Sends each event back over the other ring.</summary>
/// <typeparam name="TWait">The rings' wait strategy.</typeparam>
internal readonly struct EchoHandler<TWait>(RingBuffer<RingEvent> ring, SingleProducerSequencer<TWait> sequencer) : IEventHandler<RingEvent>
    where TWait : struct, IWaitStrategy<TWait>
{
    /// <inheritdoc/>
    public void OnEvent(ref RingEvent entry, long sequence, bool isEndOfBatch)
    {
        long answer = sequencer.Claim();
        ring[answer] = entry;
        sequencer.Publish(answer);
    }
}
