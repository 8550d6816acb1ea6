using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>What a person watching a run wants to know, as values.</summary>
internal struct LiveStatus
{
    /// <summary>Counters of the run.</summary>
    public EngineCounters Counters;

    /// <summary>Ledger of the market shown.</summary>
    public LedgerView Ledger;

    /// <summary>Top of its book.</summary>
    public TopOfBook Top;

    /// <summary>Quality of its book.</summary>
    public BookQuality Quality;

    /// <summary>Best bid + best ask of its last Synced book; 0 before.</summary>
    public long BidPlusAsk;

    /// <summary>Its last predicted return; NaN without one.</summary>
    public double Prediction;

    /// <summary>Its profit now: realised and unrealised, less fees.</summary>
    public Money Profit;

    /// <summary>Engine time, ns.</summary>
    public long EngineNs;

    /// <summary>Sequence of the last record.</summary>
    public long Sequence;

    /// <summary>True while the kill switch is engaged.</summary>
    public bool IsKilled;

    /// <summary>Index of the market shown; −1 before the first.</summary>
    public int Instrument;
}
