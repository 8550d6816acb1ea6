namespace Obs.Core.Journal;

/// <summary>A log's state in one word; `obs journal verify` maps it to its exit code.</summary>
internal enum JournalVerdict
{
    /// <summary>No segment.</summary>
    Empty,

    /// <summary>Every record is whole.</summary>
    Clean,

    /// <summary>Everything acknowledged is whole; a crash left an unfinished tail that opening for writing cuts off.</summary>
    UnfinishedTail,

    /// <summary>Acknowledged bytes are damaged or missing.</summary>
    Damaged,
}
