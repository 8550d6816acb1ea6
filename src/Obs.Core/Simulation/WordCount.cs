namespace Obs.Core.Simulation;

/// <summary>Counts words.</summary>
internal struct WordCount : IWordSink
{
    /// <summary>Words so far.</summary>
    public int Words;

    /// <inheritdoc/>
    public void Add(long word) => Words++;
}
