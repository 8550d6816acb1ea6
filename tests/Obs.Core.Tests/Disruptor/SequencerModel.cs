using System;
using System.Collections.Generic;

namespace Obs.Core.Tests.Disruptor;

/// <summary>What a sequencer should answer, said as plainly as possible: sets of sequences and no laps, masks or caches.</summary>
internal sealed class SequencerModel(int capacity)
{
    private readonly SortedSet<long> _published = [];

    /// <summary>Sequences handed out so far.</summary>
    public long Claimed { get; private set; } = -1;

    /// <summary>Last sequence the consumer handled.</summary>
    public long Handled { get; private set; } = -1;

    /// <summary>Claims that were granted and are not published yet, oldest first.</summary>
    public List<(long First, long Last)> Open { get; } = [];

    /// <summary>Takes a claim if no slot of it is still in use.</summary>
    public bool TryClaim(int count, out long last)
    {
        last = Claimed + count;
        if (last - Handled > capacity)
            return false;
        Open.Add((Claimed + 1, last));
        Claimed = last;
        return true;
    }

    /// <summary>Publishes an open claim.</summary>
    public (long First, long Last) Publish(int index)
    {
        (long first, long last) = Open[index];
        Open.RemoveAt(index);
        for (long sequence = first; sequence <= last; sequence++)
            _ = _published.Add(sequence);
        return (first, last);
    }

    /// <summary>The last sequence before the first gap after what was handled.</summary>
    public long HighestPublished()
    {
        long highest = Handled;
        while (_published.Contains(highest + 1))
            highest++;
        return highest;
    }

    /// <summary>The consumer comes to a sequence.</summary>
    public void HandleTo(long sequence)
    {
        if (sequence > HighestPublished())
            throw new InvalidOperationException($"The test handled {sequence}, but only {HighestPublished()} is published.");
        _ = _published.RemoveWhere(published => published <= sequence);
        Handled = sequence;
    }
}
