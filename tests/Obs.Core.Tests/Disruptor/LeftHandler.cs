using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Writes the left part.</summary>
internal readonly struct LeftHandler : IEventHandler<TestEvent>
{
    /// <inheritdoc/>
    public void OnEvent(ref TestEvent entry, long sequence, bool isEndOfBatch) => entry.Left = entry.Value + 1;
}
