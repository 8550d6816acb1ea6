namespace Obs.Core.Models.Sequence;

/// <summary>Work that a background thread does for a session of the engine's.</summary>
internal interface IBackgroundWork
{
    /// <summary>Does up to a slice of it; true when something was done. Background thread only.</summary>
    bool RunShared();
}
