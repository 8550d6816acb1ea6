using System;
using System.Collections.Generic;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Remembers what it saw, and throws at a sequence of the test's choice.</summary>
internal sealed class CollectingHandler(long throwAt = -1) : IEventHandler<TestEvent>
{
    /// <summary>Values in the order they came.</summary>
    public List<long> Values { get; } = [];

    /// <summary>Sequences of the ends of batches.</summary>
    public List<long> BatchEnds { get; } = [];

    /// <inheritdoc/>
    public void OnEvent(ref TestEvent entry, long sequence, bool isEndOfBatch)
    {
        if (sequence == throwAt)
            throw new FormatException($"planted at {sequence}");
        Values.Add(entry.Value);
        if (isEndOfBatch)
            BatchEnds.Add(sequence);
    }
}
