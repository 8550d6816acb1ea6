namespace Obs.Core.Journal;

/// <summary>Why a journal operation could not be done; exit codes and alerts go by it.</summary>
internal enum JournalFault
{
    /// <summary>The operating system reported an error not listed below.</summary>
    InputOutput,

    /// <summary>No room for the next segment or file.</summary>
    DiskFull,

    /// <summary>The folder or file may not be written.</summary>
    ReadOnly,

    /// <summary>Another writer holds the folder.</summary>
    Locked,

    /// <summary>Acknowledged bytes are damaged or missing.</summary>
    Damaged,

    /// <summary>A record is larger than a segment.</summary>
    RecordTooLarge,

    /// <summary>The sequence asked for is not in the log (any more).</summary>
    SequenceMissing,

    /// <summary>Settings that cannot work.</summary>
    Settings,

    /// <summary>A snapshot, cursor or other file does not hold what its reader expects.</summary>
    WrongContent,

    /// <summary>The object was closed, or has failed before and must not go on.</summary>
    Stopped,
}
