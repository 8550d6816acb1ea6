namespace Obs.Core.Journal;

/// <summary>What a journal record holds. Numbers are on disk and frozen: they only grow.</summary>
internal enum RecordKind : byte
{
    /// <summary>Never written; a zeroed header reads as this.</summary>
    None = 0,

    /// <summary>A frame of a venue's stream, bytes as they came.</summary>
    VenueFrame = 1,

    /// <summary>An answer of a venue's REST interface, bytes as they came.</summary>
    RestAnswer = 2,

    /// <summary>A user's command.</summary>
    Command = 3,

    /// <summary>A tick of engine time; no payload.</summary>
    Timer = 4,

    /// <summary>A report on a live order.</summary>
    LiveOrderReport = 5,

    /// <summary>A change of configuration, instruments included (UTF-8 JSON).</summary>
    ConfigurationChange = 6,

    /// <summary>Another model.</summary>
    ModelChange = 7,

    /// <summary>Other limits.</summary>
    LimitChange = 8,

    /// <summary>A connection came or went.</summary>
    ConnectionChange = 9,

    /// <summary>The answer of an asynchronous session, or its absence.</summary>
    AsynchronousAnswer = 10,

    /// <summary>Which session computes predictions.</summary>
    SessionChoice = 11,

    /// <summary>State of the venue's account, compared with ours.</summary>
    Reconcile = 12,

    /// <summary>From here on records are live again: orders without an answer become Uncertain.</summary>
    LiveAgain = 13,

    /// <summary>The state was restored from a backup.</summary>
    Restore = 14,
}
