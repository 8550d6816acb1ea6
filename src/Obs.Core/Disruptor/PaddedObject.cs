using System;

namespace Obs.Core.Disruptor;

/// <summary>Keeps the fields of a derived class two cache lines away from the object that lies before it in memory.</summary>
internal abstract class PaddedObject
{
    // Its only job is to be 128 bytes long and to come first.
    private CacheLinePad _before;

    /// <summary>Writes the padding once, which also brings its lines into the cache.</summary>
    protected PaddedObject() => ((Span<long>)_before).Clear();

    /// <summary>Bytes of the padding, so that a test can hold it to its word.</summary>
    internal int LeadingPadBytes => ((ReadOnlySpan<long>)_before).Length * sizeof(long);
}
