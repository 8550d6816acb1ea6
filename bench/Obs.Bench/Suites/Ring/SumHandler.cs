using Obs.Core.Disruptor;

namespace Obs.Bench.Suites.Ring;

/// <summary>Adds up what it sees, so that the work cannot be left out and the result can be checked.</summary>
internal struct SumHandler : IEventHandler<RingEvent>
{
    /// <summary>Sum of numbers and sizes.</summary>
    public long Sum;

    /// <inheritdoc/>
    public void OnEvent(ref RingEvent entry, long sequence, bool isEndOfBatch) => Sum += entry.Number + entry.Size;
}
