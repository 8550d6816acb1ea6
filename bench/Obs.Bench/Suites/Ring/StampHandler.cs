using Obs.Core.Disruptor;

namespace Obs.Bench.Suites.Ring;

/// <summary>A middle stage: writes its own part of the event.</summary>
internal struct StampHandler : IEventHandler<RingEvent>
{
    /// <inheritdoc/>
    public void OnEvent(ref RingEvent entry, long sequence, bool isEndOfBatch) => entry.Stamp = entry.Price;
}
