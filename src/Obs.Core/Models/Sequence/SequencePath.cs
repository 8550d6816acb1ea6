namespace Obs.Core.Models.Sequence;

/// <summary>How a session computes; both give the same bits.</summary>
internal enum SequencePath
{
    /// <summary>Windows in flight, one step each per row: <see cref="StaggeredSession"/>. The engine's way.</summary>
    Staggered = 0,

    /// <summary>The whole window at every row: <see cref="WindowSession"/>.</summary>
    Window = 1,
}
