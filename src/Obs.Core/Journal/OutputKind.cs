namespace Obs.Core.Journal;

/// <summary>What a record of the output log holds. Numbers are on disk and frozen: they only grow, and are not the journal's.</summary>
internal enum OutputKind : byte
{
    /// <summary>Never written; a zeroed header reads as this.</summary>
    None = 0,

    /// <summary>A depth frame that was applied: its levels, and the top and quality of the book after it.</summary>
    BookChange = 1,

    /// <summary>A trade of the market.</summary>
    Trade = 2,

    /// <summary>A row of features.</summary>
    Feature = 3,

    /// <summary>What a model predicted; a row without a prediction has no such record.</summary>
    Prediction = 4,

    /// <summary>What a strategy decided and why.</summary>
    Signal = 5,

    /// <summary>An order that left the risk stage: passed, or refused with a reason.</summary>
    Order = 6,

    /// <summary>An execution at the moment of the match, with its cause and fee.</summary>
    Fill = 7,

    /// <summary>A book's quality changed.</summary>
    Quality = 8,

    /// <summary>The one answer to a command, keyed by its sequence.</summary>
    Outcome = 9,

    /// <summary>The engine's state hash at a journal sequence; a replay compares it.</summary>
    StateHash = 10,

    /// <summary>A market's first frame: index in the run, symbol, scales, ticks, fees.</summary>
    Market = 11,

    /// <summary>A venue's report about an order, and the ledger after it was booked.</summary>
    Report = 12,
}
