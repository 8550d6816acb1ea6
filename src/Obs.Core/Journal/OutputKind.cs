namespace Obs.Core.Journal;

/// <summary>What a record of the output log holds. Numbers are on disk and frozen (DESIGN §7.3): they only grow, and are not the
/// journal's.</summary>
internal enum OutputKind : byte
{
    /// <summary>Never written; a zeroed header reads as this.</summary>
    None = 0,

    /// <summary>Levels of a book that changed.</summary>
    BookChange = 1,

    /// <summary>A trade of the market.</summary>
    Trade = 2,

    /// <summary>A row of features.</summary>
    Feature = 3,

    /// <summary>What a model predicted, or that it did not.</summary>
    Prediction = 4,

    /// <summary>What a strategy decided and why.</summary>
    Signal = 5,

    /// <summary>An order's request or report.</summary>
    Order = 6,

    /// <summary>An execution, with its cause.</summary>
    Fill = 7,

    /// <summary>A book's quality changed.</summary>
    Quality = 8,

    /// <summary>The one answer to a command, keyed by its sequence.</summary>
    Outcome = 9,

    /// <summary>The engine's state hash at a journal sequence; a replay compares it.</summary>
    StateHash = 10,
}
