using System;
using System.CommandLine;
using System.IO;
using System.Linq;
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
            In the JSON realizedPnl, unrealizedPnl and fees are sums over the markets quoted in currency, that of the first market; where there are
            several quote currencies, byCurrency has the sums of each. position adds the positions of all markets; markets has each of them.

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

    private static int Run(RunSettings settings) => Tell(settings, ReplayRun.Execute(settings));

    /// <summary>Prints a result and says whether the run found anything to run on.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(RunSettings settings, RunResult result)
    {
        if (settings.Json)
        {
            using Stream stdout = Console.OpenStandardOutput();
            RunJson.Write(stdout, settings, result);
        }
        else
        {
            RunTable.Print(result);
        }
        return result.Markets.Count > 0 || result.IsBeforeFirstFrame ? ExitCode.Done : Failures.Warn(ExitCode.BadInput, NothingUsable(settings, result));
    }

    private static string NothingUsable(RunSettings settings, RunResult result)
    {
        string source = settings.Journal ?? string.Join(", ", settings.Inputs);
        long frames = result.Counters.Frames + result.Counters.Rejected;
        string first = result.FirstFault is { } fault ? $" The first: {fault}" : "";
        if (frames == 0 && result.BadLines > 0)
            return $"{source}: holds no usable line, {result.BadLines} are bad; check --format, and for a market with other steps --symbol, --tick and --lot.{first}";
        if (frames == 0)
            return $"{source}: no frame lies in the span asked for; check --from, --to, --until-seq and --symbol.";
        string reasons = string.Join(", ", result.RejectedFramesByReason.Select(static reason => $"{reason.Key} × {reason.Value}"));
        return $"{source}: none of {frames} frames could be used ({(reasons.Length > 0 ? reasons : "none shows a market of this run")}); check --venue and --symbol, and for a market the registry lacks give --symbol, --tick and --lot.{first}";
    }
}
