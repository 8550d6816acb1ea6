using System;

namespace Obs.Core.Market;

/// <summary>Facts about a decoded frame that are no number. On disk in the decoded form: bits only grow.</summary>
[Flags]
internal enum MarketEventFlags : int
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>An aggregated trade (Binance aggTrade). A market counts either trades or aggregated trades, never both.</summary>
    AggregatedTrade = 1,

    /// <summary>The feed has neither sequence numbers nor a rising venue time (polled or recorded snapshots): stale repeats must be found by content.</summary>
    Unsequenced = 2,

    /// <summary>Start of a snapshot in an unsequenced diff feed (Tardis is_snapshot): clear the book first.</summary>
    ClearFirst = 4,

    /// <summary>Upbit: sent as the first answer to a subscription (SNAPSHOT), not in real time.</summary>
    SubscriptionSnapshot = 8,
}
