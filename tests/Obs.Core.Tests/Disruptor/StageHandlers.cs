using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Writes the left part.</summary>
internal readonly struct LeftHandler : IEventHandler<TestEvent>
{
    /// <inheritdoc/>
    public void OnEvent(ref TestEvent entry, long sequence, bool isEndOfBatch) => entry.Left = entry.Value + 1;
}

/// <summary>Writes the right part.</summary>
internal readonly struct RightHandler : IEventHandler<TestEvent>
{
    /// <inheritdoc/>
    public void OnEvent(ref TestEvent entry, long sequence, bool isEndOfBatch) => entry.Right = entry.Value + 2;
}

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
