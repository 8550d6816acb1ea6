namespace Obs.Core.Trading;

/// <summary>Why the paper venue executed (facts the user judges the simulation by). Numbers are on disk: they only grow.</summary>
internal enum FillCause : byte
{
    /// <summary>No execution, or a live one.</summary>
    None = 0,

    /// <summary>The order took what the book showed.</summary>
    Take = 1,

    /// <summary>A depth update moved the opposite best to or past the resting order.</summary>
    BestCrossed = 2,

    /// <summary>A print beyond the resting order's price.</summary>
    TradedThrough = 3,

    /// <summary>A print at the resting order's price, after the queue ahead of it was used up.</summary>
    Queue = 4,
}
