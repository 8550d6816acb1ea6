namespace Obs.Core.Models.Sequence;

/// <summary>No delays, no faults: what runs outside of tests.</summary>
internal readonly struct NoProbe : IHandOverProbe
{
    /// <inheritdoc/>
    public bool PostsEarly => false;

    /// <inheritdoc/>
    public bool SkipsLook => false;

    /// <inheritdoc/>
    public void At(HandOverPoint point)
    {
    }
}
