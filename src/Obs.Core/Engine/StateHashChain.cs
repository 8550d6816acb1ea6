using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>The running hash of an engine's state: every 1,000 sequences the digest of the whole state is mixed in.</summary>
/// <remarks>Two runs with the same chain went through the same states at every checkpoint, not only at the end.</remarks>
internal struct StateHashChain
{
    /// <summary>Sequences between checkpoints.</summary>
    public const long Interval = 1_000;

    private ulong _hash;

    /// <summary>The hash so far.</summary>
    public readonly ulong Value => _hash;

    /// <summary>Restores the chain from a snapshot.</summary>
    public void Restore(ulong value) => _hash = value;

    /// <summary>Mixes a checkpoint in.</summary>
    public void Checkpoint(long sequence, ulong digest)
    {
        Debug.Assert(sequence % Interval == 0, "a checkpoint off the grid");
        _hash = BookHash.Mix(BookHash.Mix(_hash ^ (ulong)sequence) ^ digest);
    }

    /// <summary>The hash with the state at the end mixed in, without changing the chain.</summary>
    public readonly ulong At(long sequence, ulong digest) => BookHash.Mix(BookHash.Mix(_hash ^ (ulong)sequence) ^ digest);
}
