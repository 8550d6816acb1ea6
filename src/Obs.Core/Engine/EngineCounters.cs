namespace Obs.Core.Engine;

/// <summary>What an engine has counted since its journal began. Part of its state: equal journals give equal counters.</summary>
internal struct EngineCounters
{
    /// <summary>Well-formed venue frames and REST answers of any kind.</summary>
    public long Frames;

    /// <summary>Frames refused by a decoder.</summary>
    public long Rejected;

    /// <summary>Applied diffs and complete books: rows of tops.csv.</summary>
    public long Books;

    /// <summary>Trades, each counted once.</summary>
    public long Trades;

    /// <summary>Synchronisations after the first of a market.</summary>
    public long Resyncs;

    /// <summary>Predictions made ("no prediction" is not one).</summary>
    public long Predictions;

    /// <summary>Decisions past the threshold.</summary>
    public long Signals;

    /// <summary>Orders that passed the risk stage.</summary>
    public long Orders;

    /// <summary>Orders refused by the risk stage.</summary>
    public long Rejects;

    /// <summary>Executions booked.</summary>
    public long Fills;

    /// <summary>Timer records, inserted ones included.</summary>
    public long Timers;

    /// <summary>Model inputs outside the scaler's range.</summary>
    public long InputsOutOfRange;
}
