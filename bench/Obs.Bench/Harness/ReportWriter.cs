using System.Globalization;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Obs.Bench.Harness;

/// <summary>Prints a report as tables or as JSON.</summary>
internal static class ReportWriter
{
    private static readonly JsonSerializerOptions JsonForm = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>One JSON object.</summary>
    public static void WriteJson(BenchReport report, TextWriter output) => output.WriteLine(JsonSerializer.Serialize(report, JsonForm));

    /// <summary>The catalogue as one JSON array.</summary>
    public static void WriteJson(System.Collections.Generic.IReadOnlyList<ListedSuite> suites, TextWriter output) => output.WriteLine(JsonSerializer.Serialize(suites, JsonForm));

    /// <summary>A head line and one or two tables per suite.</summary>
    public static void WriteTables(BenchReport report, TextWriter output)
    {
        output.WriteLine(Invariant($"{report.MeasuredAt:yyyy-MM-dd HH:mm} UTC, {report.Machine}, {report.Runtime}"));
        output.WriteLine(report.Smoke
            ? "smoke run: everything was run once and small, the figures mean nothing and are judged by nobody"
            : Invariant($"medians of {report.Runs} interleaved runs after {report.WarmupMs} ms of warm-up each; 'times' says how many times better ours is"));
        foreach (SuiteResult suite in report.Suites)
            WriteSuite(suite, output);
    }

    private static void WriteSuite(SuiteResult suite, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{suite.Name}: {suite.Title}");
        if (suite.Skipped is not null)
            output.WriteLine($"  skipped: {suite.Skipped}");
        if (suite.Error is not null)
            output.WriteLine($"  FAILED: {suite.Error}");
        if (suite.Comparisons.Count > 0)
            ComparisonTable(suite).WriteTo(output);
        if (suite.Latencies.Count > 0)
            LatencyTable(suite).WriteTo(output);
    }

    private static TextTable ComparisonTable(SuiteResult suite)
    {
        TextTable table = new(["comparison", "contender", "unit", "median", "min", "max", "B/op", "times", "verdict"], leftColumns: 3);
        foreach (ComparisonResult comparison in suite.Comparisons)
        {
            string unit = comparison.Unit == BenchUnit.NanosecondsPerOperation ? "ns/op" : "M/s";
            for (int index = 0; index < comparison.Contenders.Count; index++)
            {
                ContenderResult contender = comparison.Contenders[index];
                table.Add(
                    index == 0 ? comparison.Name : string.Empty,
                    contender.Name,
                    unit,
                    Figure(contender.Median),
                    Figure(contender.Min),
                    Figure(contender.Max),
                    Invariant($"{contender.BytesPerOperation:#,0.##}"),
                    index == 0 ? string.Empty : Invariant($"{contender.OursIsTimesBetter:#,0.00}"),
                    index == 0 ? comparison.Verdict : string.Empty);
            }
        }
        return table;
    }

    private static TextTable LatencyTable(SuiteResult suite)
    {
        TextTable table = new(["latency", "contender", "view", "count", "p50 ns", "p99 ns", "p99.9 ns", "max ns", "verdict"], leftColumns: 3);
        string last = string.Empty;
        foreach (LatencyResult row in suite.Latencies)
        {
            table.Add(
                row.Comparison == last ? string.Empty : row.Comparison,
                row.Contender,
                row.View,
                Invariant($"{row.Count:#,0}"),
                Invariant($"{row.P50:#,0}"),
                Invariant($"{row.P99:#,0}"),
                Invariant($"{row.P999:#,0}"),
                Invariant($"{row.Max:#,0}"),
                row.Verdict);
            last = row.Comparison;
        }
        return table;
    }

    private static string Figure(double figure) => figure switch
    {
        >= 1000 => Invariant($"{figure:#,0}"),
        >= 10 => Invariant($"{figure:0.0}"),
        _ => Invariant($"{figure:0.00}"),
    };

    private static string Invariant(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
