using System;

namespace Obs.Core.Signals;

/// <summary>Feature names as they stand in model files and CSV headers. Any thread.</summary>
internal static class FeatureNames
{
    /// <summary>Number of features; ids run from 0 to Count − 1.</summary>
    public const int Count = 19;

    private static readonly string[] Names =
    [
        "spread", "mid_price", "obi", "price_volatility", "buy_sell_ratio", "price_change_rate",
        "imb1", "micro", "cimb3", "cimb5", "depthskew5", "ofi1_5s", "ofi1_30s", "ret1s", "ret5s", "lastdir", "spread_bp", "tfi5s", "signedvol5s",
    ];

    /// <summary>The name in files.</summary>
    public static string Of(FeatureId id) => Names[(int)id];

    /// <summary>Finds a feature by its exact name; false when there is none (names are case-sensitive).</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out FeatureId id)
    {
        for (int index = 0; index < Names.Length; index++)
        {
            if (name.SequenceEqual(Names[index]))
            {
                id = (FeatureId)index;
                return true;
            }
        }
        id = default;
        return false;
    }
}
