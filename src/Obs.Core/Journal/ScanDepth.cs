namespace Obs.Core.Journal;

/// <summary>How much of a log a scan reads.</summary>
internal enum ScanDepth
{
    /// <summary>All headers, that each segment ends where the next begins, and the records of every segment that may hold something
    /// unacknowledged: milliseconds.</summary>
    Newest,

    /// <summary>Every byte: as fast as the disk.</summary>
    Everything,
}
