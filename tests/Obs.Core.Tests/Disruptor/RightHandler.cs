using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Writes the right part.</summary>
internal readonly struct RightHandler : IEventHandler<TestEvent>
{
    /// <inheritdoc/>
    public void OnEvent(ref TestEvent entry, long sequence, bool isEndOfBatch) => entry.Right = entry.Value + 2;
}
