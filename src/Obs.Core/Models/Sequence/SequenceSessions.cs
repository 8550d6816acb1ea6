namespace Obs.Core.Models.Sequence;

/// <summary>Creates CPU sessions.</summary>
internal static class SequenceSessions
{
    /// <summary>Packs a model for this machine and opens a session on it.</summary>
    public static ISequenceSession Create(SequenceModel model, SequencePath path = SequencePath.Staggered) => Create(SequenceNetwork.Create(model), path);

    /// <summary>Opens another session (another market) on weights already packed.</summary>
    public static ISequenceSession Create(SequenceNetwork network, SequencePath path = SequencePath.Staggered) =>
        path == SequencePath.Staggered ? new StaggeredSession(network) : new WindowSession(network);
}
