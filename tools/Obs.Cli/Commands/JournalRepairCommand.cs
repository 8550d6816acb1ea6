using System;
using System.CommandLine;
using System.Globalization;
using Obs.Cli.Output;
using Obs.Cli.Runs;
using Obs.Core.Journal;

namespace Obs.Cli.Commands;

/// <summary><c>obs journal repair</c>.</summary>
internal static class JournalRepairCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        JournalArguments arguments = new();
        Option<string?> recording = new("--recording") { Description = "Whether a log without a whole header was imported: yes or no." };
        Option<string> keep = new("--keep") { Description = "Which side of a damage stays in the log: older or newer. newer needs a snapshot behind the damage to start from.", DefaultValueFactory = static _ => "older" };
        Command command = new("repair", """
            Makes a damaged log usable up to the damage, or from behind it on. Nothing is destroyed: what is taken out stands beside it as *.damaged.
            Missing segments are accepted as gone; snapshots beyond the end of what is left no longer count.

            Example:
              obs journal repair data/journal
              obs journal repair data/journal --keep newer
            """) { recording, keep };
        arguments.AddTo(command);
        command.SetAction(parsed => Run(arguments.Folder(parsed), arguments.Format(parsed), parsed.GetValue(recording), parsed.GetValue(keep)!, arguments.Json(parsed)));
        return command;
    }

    private static int Run(string folder, LogFormat format, string? recording, string keep, bool asJson)
    {
        if (keep is not ("older" or "newer"))
            throw new CliException(ExitCode.Usage, $"--keep is '{keep}'; give older or newer.");
        bool? isRecording = recording switch
        {
            null => null,
            "yes" => true,
            "no" => false,
            _ => throw new CliException(ExitCode.Usage, $"--recording is '{recording}'; give yes or no."),
        };
        SnapshotStore? snapshots = format == LogFormat.Journal ? RunSnapshots.OwnStore(folder) : null;
        RepairReport report = JournalRepair.Run(folder, format, isRecording, snapshots, keep == "newer");
        if (asJson)
        {
            JsonOut.Object(json =>
            {
                json.WriteString("firstSequence", report.FirstSequence.ToString(CultureInfo.InvariantCulture));
                json.WriteString("lastSequence", report.LastSequence.ToString(CultureInfo.InvariantCulture));
                json.WriteStartArray("actions");
                foreach (RepairAction action in report.Actions)
                    json.WriteStringValue($"{action.Problem.Path}: {action.Description}");
                json.WriteEndArray();
            });
            return ExitCode.Done;
        }
        foreach (RepairAction action in report.Actions)
            Console.WriteLine($"{action.Problem.Path}: {action.Description}; set aside: {(action.SetAside.Count == 0 ? "nothing" : string.Join(", ", action.SetAside))}");
        Console.WriteLine(report.Actions.Count == 0 ? "nothing to repair." : report.LastSequence < report.FirstSequence ? "no record is left; the log begins anew." : $"kept records {report.FirstSequence} to {report.LastSequence}.");
        return ExitCode.Done;
    }
}
