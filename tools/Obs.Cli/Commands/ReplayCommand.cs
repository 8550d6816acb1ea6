using System;
using System.CommandLine;
using System.IO;
using Obs.Cli.Output;
using Obs.Cli.Runs;

namespace Obs.Cli.Commands;

/// <summary><c>obs replay</c>: a recording or a journal through all stages.</summary>
internal static class ReplayCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Command command = new("replay", """
            Runs a recording or a journal through all stages and prints the result.

            Example:
              obs replay --venue binance-usdm --input usdm_btcusdt.gz --strategy imbalance --out run1 --json
              obs replay --journal data/journal --model models/demo.safetensors
              obs replay --run .obs/up
            """);
        Option<string?> run = new("--run") { Description = "Repeat the run of this folder (--out of replay, --data of up) with its settings and inputs; only --out, --all-features and --json count beside it." };
        command.Options.Add(run);
        RunOptionSet options = new();
        options.AddTo(command);
        command.SetAction(parsed => Run(parsed.GetValue(run) is { } folder ? options.ReadAgain(parsed, folder) : options.Read(parsed)));
        return command;
    }

    private static int Run(RunSettings settings)
    {
        RunResult result = ReplayRun.Execute(settings);
        if (settings.Json)
        {
            using Stream stdout = Console.OpenStandardOutput();
            RunJson.Write(stdout, settings, result);
        }
        else
        {
            RunTable.Print(settings, result);
        }
        return ExitCode.Done;
    }
}
