namespace Obs.Core.Market;

/// <summary>Verdict of a synchronisation procedure on one frame.</summary>
/// <param name="Outcome">What to do with it.</param>
/// <param name="Reason">Why, when it is dropped.</param>
/// <param name="IsResync">True when a book that was in use is thrown away by this frame; the initial synchronisation is no resync.</param>
internal readonly record struct SyncStep(SyncOutcome Outcome, DropReason Reason = DropReason.None, bool IsResync = false)
{
    /// <summary>Apply the frame.</summary>
    public static SyncStep Apply => new(SyncOutcome.Apply);

    /// <summary>Keep the frame for later.</summary>
    public static SyncStep Buffered => new(SyncOutcome.Buffered);

    /// <summary>Ignore the frame.</summary>
    public static SyncStep Drop(DropReason reason) => new(SyncOutcome.Dropped, reason);
}
