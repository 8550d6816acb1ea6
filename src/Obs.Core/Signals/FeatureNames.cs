using System;
using System.Collections.Generic;
using System.Text;

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

    private static readonly byte[][] Utf8 = Array.ConvertAll(Names, Encoding.UTF8.GetBytes);

    /// <summary>The name in files.</summary>
    public static string Of(FeatureId id) => Names[(int)id];

    /// <summary>The name in files as UTF-8, without allocation.</summary>
    public static ReadOnlySpan<byte> Utf8Of(FeatureId id) => Utf8[(int)id];

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

    /// <summary>Finds a feature by the UTF-8 of its exact name.</summary>
    public static bool TryParse(ReadOnlySpan<byte> name, out FeatureId id)
    {
        for (int index = 0; index < Utf8.Length; index++)
        {
            if (name.SequenceEqual(Utf8[index]))
            {
                id = (FeatureId)index;
                return true;
            }
        }
        id = default;
        return false;
    }

    /// <summary>Reads the comma-separated list of a model file, in its order; false with the first unknown or repeated name.</summary>
    public static bool TryParseList(string commaSeparated, out FeatureId[] ids, out string problem)
    {
        List<FeatureId> found = [];
        foreach (string part in commaSeparated.Split(','))
        {
            string name = part.Trim();
            bool isKnown = TryParse(name, out FeatureId id);
            if (!isKnown || found.Contains(id))
            {
                ids = [];
                problem = $"\"{name}\" is {(isKnown ? "listed twice" : "no feature")}; known are {string.Join(", ", Names)}.";
                return false;
            }
            found.Add(id);
        }
        ids = [.. found];
        problem = "";
        return true;
    }
}
