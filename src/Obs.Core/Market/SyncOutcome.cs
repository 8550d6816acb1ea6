namespace Obs.Core.Market;

/// <summary>What a synchronisation procedure decided about one frame.</summary>
internal enum SyncOutcome : byte
{
    /// <summary>Apply the levels: the frame continues the book.</summary>
    Apply = 0,

    /// <summary>Keep the frame until a snapshot comes.</summary>
    Buffered = 1,

    /// <summary>Ignore the frame, for the reason given.</summary>
    Dropped = 2,

    /// <summary>Frames are missing: throw the book away, keep this frame, wait for a snapshot.</summary>
    Gap = 3,

    /// <summary>Replace the book by this snapshot, then go through the frames that were kept.</summary>
    SnapshotApplied = 4,
}
