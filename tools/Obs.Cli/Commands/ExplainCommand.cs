using System.CommandLine;
using Obs.Cli.Output;
using Obs.Cli.Runs;

namespace Obs.Cli.Commands;

/// <summary><c>obs explain ORDER</c>: replays to an order and shows everything that led to it.</summary>
internal static class ExplainCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<long> order = new("order") { Description = "Client order id, as in orders.csv." };
        Option<string?> run = new("--run") { Description = "Folder of a run (--out of replay, --data of up): its settings and inputs are used again." };
        RunOptionSet options = new();
        Command command = new("explain", """
            Replays the same records with the same settings and shows what led to an order: book, features, prediction, signal, risk, reports.

            Example:
              obs explain 17 --run run1
              obs explain 17 --venue binance-usdm --input usdm_btcusdt.gz --strategy imbalance
            """) { order, run };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            string? folder = parsed.GetValue(run);
            RunSettings settings = folder is null ? options.Read(parsed) : RunFile.Read(folder);
            return Run(parsed.GetValue(order), settings with { Json = options.IsJson(parsed) });
        });
        return command;
    }

    private static int Run(long orderId, RunSettings settings)
    {
        ExplainOutput found = ReplayRun.Explain(settings, orderId);
        if (found.Order is null)
            throw new CliException(ExitCode.BadInput, $"order {orderId} does not occur in this run; orders.csv of a run with --out lists them.");
        if (settings.Json)
            ExplainJson.Write(found);
        else
            ExplainText.Write(found);
        return ExitCode.Done;
    }
}
