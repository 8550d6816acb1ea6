using Obs.Core.Signals;

namespace Obs.Core.Simulation;

/// <summary>Hashes words; their order counts.</summary>
internal struct WordHash : IWordSink
{
    /// <summary>Hash so far.</summary>
    public ulong Hash;

    /// <inheritdoc/>
    public void Add(long word) => Hash = StateMix.Add(Hash, unchecked((ulong)word));
}
