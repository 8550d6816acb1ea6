namespace Obs.Core.Market;

/// <summary>How far a book can be trusted. Nothing trades on a book that is not <see cref="Synced"/>. Numbers are on disk: they only grow.</summary>
internal enum BookQuality : byte
{
    /// <summary>No frame yet.</summary>
    Empty = 0,

    /// <summary>A snapshot or buffered diffs, but no accepted diff on top of a snapshot yet.</summary>
    Syncing = 1,

    /// <summary>Contiguous and current.</summary>
    Synced = 2,

    /// <summary>Crossed after a whole frame, or the last frame was a dropped duplicate; ends with the next clean frame.</summary>
    Suspect = 3,

    /// <summary>No book frame for the market's limit; ends with the next contiguous frame.</summary>
    Stale = 4,
}
