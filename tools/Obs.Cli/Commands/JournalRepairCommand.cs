using System;
using System.CommandLine;
using System.Globalization;
using Obs.Cli.Output;
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
        Command command = new("repair", """
            Makes a damaged log usable up to the damage. Nothing is destroyed: what is taken out stands beside it as *.damaged.

            Example:
              obs journal repair data/journal
            """) { recording };
        arguments.AddTo(command);
        command.SetAction(parsed => Run(arguments.Folder(parsed), arguments.Format(parsed), parsed.GetValue(recording), arguments.Json(parsed)));
        return command;
    }

    private static int Run(string folder, LogFormat format, string? recording, bool asJson)
    {
        bool? isRecording = recording switch
        {
            null => null,
            "yes" => true,
            "no" => false,
            _ => throw new CliException(ExitCode.Usage, $"--recording is '{recording}'; give yes or no."),
        };
        RepairReport report = JournalRepair.Run(folder, format, isRecording);
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
            Console.WriteLine($"{action.Problem.Path}: {action.Description}; set aside: {string.Join(", ", action.SetAside)}");
        Console.WriteLine(report.Actions.Count == 0 ? "nothing to repair." : $"kept records {report.FirstSequence} to {report.LastSequence}.");
        return ExitCode.Done;
    }
}
