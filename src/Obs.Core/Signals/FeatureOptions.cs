using System.Collections.Generic;

namespace Obs.Core.Signals;

/// <summary>What the features of a market are made of.</summary>
internal sealed record FeatureOptions
{
    /// <summary>Trades in the window of volatility, ratio and change rate, 2 to 4,096. Default 30: the last version of the original product.</summary>
    public int TradeWindow { get; init; } = 30;

    /// <summary>Best levels a side that make <c>obi</c> where the venue states no totals, 1 to 1,000. Default 15: the depth of Upbit's books.</summary>
    public int ObiLevels { get; init; } = 15;

    /// <summary>Features to compute; the engine pays for these only. Default: all.</summary>
    public FeatureSet Wanted { get; init; } = FeatureSet.All;

    /// <summary>Everything wrong with the settings, each with what to do.</summary>
    internal IEnumerable<string> Problems()
    {
        if (TradeWindow is < 2 or > 4096)
            yield return $"Features:TradeWindow is {TradeWindow}; set it between 2 and 4096 (a deviation needs two prices).";
        if (ObiLevels is < 1 or > 1000)
            yield return $"Features:ObiLevels is {ObiLevels}; set it between 1 and 1000.";
        if (!FeatureSet.All.HasAll(Wanted))
            yield return $"Features:Wanted has bits of no known feature (0x{Wanted.Bits:X}).";
    }
}
