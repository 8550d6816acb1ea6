using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Counts events that reach it before both parts are there.</summary>
internal struct BothPartsHandler : IEventHandler<TestEvent>
{
    /// <summary>Events handled.</summary>
    public long Count;

    /// <summary>Events without one of the parts.</summary>
    public long Incomplete;

    /// <inheritdoc/>
    public void OnEvent(ref TestEvent entry, long sequence, bool isEndOfBatch)
    {
        Count++;
        if (entry.Left != entry.Value + 1 || entry.Right != entry.Value + 2)
            Incomplete++;
    }
}
