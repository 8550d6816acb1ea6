using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Counts events whose value is not one more than the last, and adds up; a struct, as on the hot path.</summary>
internal struct OrderCheckingHandler : IEventHandler<TestEvent>
{
    /// <summary>Sum of the values.</summary>
    public long Sum;

    /// <summary>Events handled.</summary>
    public long Count;

    /// <summary>Events that did not follow the one before, in value or in sequence.</summary>
    public long OutOfOrder;

    /// <inheritdoc/>
    public void OnEvent(ref TestEvent entry, long sequence, bool isEndOfBatch)
    {
        if (entry.Value != Count || sequence != Count)
            OutOfOrder++;
        Sum += entry.Value;
        Count++;
    }
}
