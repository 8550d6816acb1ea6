using System;
using System.Collections.Generic;
using System.Globalization;
using Obs.Cli;

namespace Obs.Bench.Harness;

/// <summary>What the command line asked for.</summary>
internal sealed record BenchOptions
{
    /// <summary>The text of <c>--help</c>.</summary>
    public const string Help = """
        usage: ./obs bench [SUITE…] [options]
          SUITE           suites to run; all of them when none is named
          --list          print the suites and stop
          --runs N        measured runs of each contender, interleaved (default 15)
          --warmup-ms N   warm-up of each contender, ms or with a unit: 2s (default 2000)
          --only TEXT     only comparisons whose name contains TEXT
          --short         smoke mode: 1 run, small workloads, figures mean nothing and get no verdict
          --json          results as one JSON object, --list as one JSON array, instead of tables
          --bdn ARGS…     hand the rest to BenchmarkDotNet (e.g. --bdn --filter '*Ring*')
          --help          this text
        Results go to stdout, progress to stderr. Exit code 1: a suite failed; 2: the call was not understood.
        """;

    /// <summary>Suites by name; empty means all.</summary>
    public IReadOnlyList<string> Suites { get; init; } = [];

    /// <summary>Measured runs of each contender.</summary>
    public int Runs { get; init; } = 15;

    /// <summary>Least warm-up of each contender, in milliseconds.</summary>
    public int WarmupMs { get; init; } = 2000;

    /// <summary>Text a comparison's name must contain; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>Smoke mode: everything is run once, small, and judged only by not throwing.</summary>
    public bool Short { get; init; }

    /// <summary>JSON on stdout instead of tables.</summary>
    public bool Json { get; init; }

    /// <summary>Print the catalogue only.</summary>
    public bool List { get; init; }

    /// <summary>Print the help only.</summary>
    public bool ShowHelp { get; init; }

    /// <summary>The size of a workload: all of it, or a hundredth (at least 1) in smoke mode.</summary>
    public long Operations(long full) => Short ? Math.Max(1, full / 100) : full;

    /// <summary>Reads the command line.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="problem">What was not understood and what to do; empty on success.</param>
    /// <returns>The options, or null when there is a problem.</returns>
    public static BenchOptions? Parse(IReadOnlyList<string> args, out string problem)
    {
        BenchOptions options = new();
        List<string> suites = [];
        for (int index = 0; index < args.Count; index++)
        {
            string arg = args[index];
            string? value = index + 1 < args.Count ? args[index + 1] : null;
            BenchOptions? next = arg switch
            {
                "--list" => options with { List = true },
                "--help" or "-h" => options with { ShowHelp = true },
                "--json" => options with { Json = true },
                "--short" => options with { Short = true, Runs = 1, WarmupMs = 0 },
                "--runs" => Number(value, least: 1) is int runs ? options with { Runs = runs } : null,
                "--warmup-ms" => Milliseconds(value) is int warmupMs ? options with { WarmupMs = warmupMs } : null,
                "--only" => value is null ? null : options with { Only = value },
                _ => arg.StartsWith('-') ? null : options,
            };
            if (next is null)
            {
                problem = $"'{arg}' with value '{value}' is not understood; see --help.";
                return null;
            }
            options = next;
            if (arg is "--runs" or "--warmup-ms" or "--only")
                index++;
            else if (!arg.StartsWith('-'))
                suites.Add(arg);
        }
        problem = string.Empty;
        return options with { Suites = suites };
    }

    private static int? Milliseconds(string? text) =>
        text is not null && DurationText.TryParse(text, 1_000_000, out double ms) && ms is >= 0 and <= 3_600_000 ? (int)ms : null;

    private static int? Number(string? text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least ? number : null;
}
