using System.Collections.Generic;
using System.Globalization;

namespace Obs.Bench.Harness;

/// <summary>Says in words which targets were met.</summary>
internal static class Verdict
{
    /// <summary>What stands in place of a verdict where the figures mean nothing.</summary>
    public const string Smoke = "smoke";

    /// <summary>Limit, aim and ratio of a comparison against our median.</summary>
    public static string Of(Comparison comparison, double oursMedian, double? timesBetterThanFirst)
    {
        bool smallerIsBetter = comparison.Unit == BenchUnit.NanosecondsPerOperation;
        List<string> words = [];
        Judge(words, "limit", comparison.Limit, oursMedian, smallerIsBetter);
        Judge(words, "aim", comparison.Aim, oursMedian, smallerIsBetter);
        if (comparison.RatioLimit is double ratio && timesBetterThanFirst is double times)
            Judge(words, "ratio", ratio, times, smallerIsBetter: false);
        return string.Join("; ", words);
    }

    /// <summary>Limits of a latency comparison.</summary>
    public static string Of(LatencyTargets targets, long p50Ns, long p99Ns, long p999Ns)
    {
        List<string> words = [];
        Judge(words, "p50", targets.P50LimitNs, p50Ns, smallerIsBetter: true);
        Judge(words, "p50 aim", targets.P50AimNs, p50Ns, smallerIsBetter: true);
        Judge(words, "p99", targets.P99LimitNs, p99Ns, smallerIsBetter: true);
        Judge(words, "p99.9", targets.P999LimitNs, p999Ns, smallerIsBetter: true);
        return string.Join("; ", words);
    }

    private static void Judge(List<string> words, string what, double? target, double figure, bool smallerIsBetter)
    {
        if (target is not double wanted)
            return;
        bool met = smallerIsBetter ? figure <= wanted : figure >= wanted;
        string sign = smallerIsBetter ? "≤" : "≥";
        words.Add(string.Create(CultureInfo.InvariantCulture, $"{what} {sign} {wanted:#,0.###} {(met ? "met" : "MISSED")}"));
    }
}
