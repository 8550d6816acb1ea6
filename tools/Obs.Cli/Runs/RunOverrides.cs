using System;
using System.Collections.Generic;

namespace Obs.Cli.Runs;

/// <summary>Options that win over the settings a live journal records: what would have happened with another threshold, model or limit.</summary>
internal static class RunOverrides
{
    private static readonly Dictionary<string, Func<RunSettings, RunSettings, RunSettings>> Table = new()
    {
        ["--model"] = static (to, from) => to with { ModelPath = from.ModelPath },
        ["--strategy"] = static (to, from) => to with { Strategy = from.Strategy },
        ["--threshold"] = static (to, from) => to with { Threshold = from.Threshold },
        ["--cost"] = static (to, from) => to with { Cost = from.Cost },
        ["--fee"] = static (to, from) => to with { MakerFee = from.MakerFee, TakerFee = from.TakerFee },
        ["--maker"] = static (to, from) => to with { MakerFee = from.MakerFee },
        ["--taker"] = static (to, from) => to with { TakerFee = from.TakerFee },
        ["--cash"] = static (to, from) => to with { Cash = from.Cash },
        ["--order-size"] = static (to, from) => to with { OrderSize = from.OrderSize },
        ["--window"] = static (to, from) => to with { TradeWindow = from.TradeWindow },
        ["--obi-levels"] = static (to, from) => to with { ObiLevels = from.ObiLevels },
        ["--stale-ms"] = static (to, from) => to with { StaleMs = from.StaleMs },
        ["--risk"] = static (to, from) => to with { Risk = from.Risk, RiskPath = from.RiskPath },
        ["--queue"] = static (to, from) => to with { Queue = from.Queue },
        ["--exchange"] = static (to, from) => to with { Exchange = from.Exchange },
        ["--entry-ms"] = static (to, from) => to with { EntryLatencyNs = from.EntryLatencyNs },
        ["--response-ms"] = static (to, from) => to with { ResponseLatencyNs = from.ResponseLatencyNs },
        ["--latency-file"] = static (to, from) => to with { LatencyPath = from.LatencyPath },
        ["--clock-offset-ns"] = static (to, from) => to with { ClockOffsetNs = from.ClockOffsetNs },
        ["--orders"] = static (to, from) => to with { OrdersPath = from.OrdersPath, Strategy = "none" },
        ["--compatible"] = static (to, from) => to with { Compatible = from.Compatible },
    };

    /// <summary>Whether an option can win over a recorded setting.</summary>
    public static bool IsKnown(string option) => Table.ContainsKey(option);

    /// <summary>The recorded settings with the options that were given on top.</summary>
    /// <param name="recorded">Settings of a record.</param>
    /// <param name="given">The run's own settings and the names of those that were given.</param>
    public static RunSettings Apply(RunSettings recorded, RunSettings given)
    {
        RunSettings settings = recorded;
        foreach (string option in given.Overrides)
            settings = Table[option](settings, given);
        // another strategy has another default bound
        return Array.IndexOf(given.Overrides, "--strategy") >= 0 && given.Threshold is null ? settings with { Threshold = null } : settings;
    }
}
