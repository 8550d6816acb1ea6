using System;
using System.CommandLine;
using System.IO;
using Obs.Cli.Output;
using Obs.Cli.Runs;
using Obs.Core.Journal;

namespace Obs.Cli.Commands;

/// <summary><c>obs diff A B</c>: the first record in which two journals or two runs differ.</summary>
internal static class DiffCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> left = new("a") { Description = "Folder of a journal or an output log, or the --out folder of a run." };
        Argument<string> right = new("b") { Description = "The other one, of the same kind." };
        Option<bool> json = new("--json") { Description = "Print one JSON object on stdout." };
        Command command = new("diff", """
            Compares two journals or two output logs record by record, or two runs: their CSV files row by row, then their output logs. Exit code 1 when they differ.

            Example:
              obs diff run1 run2
            """) { left, right, json };
        command.SetAction(parsed => Run(parsed.GetValue(left)!, parsed.GetValue(right)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string left, string right, bool asJson)
    {
        CheckExists(left);
        CheckExists(right);
        Difference? difference = IsRun(left) && IsRun(right) ? RunDiff.First(left, right)
            : IsOutputs(left) && IsOutputs(right) ? JournalDiff.First(left, right, LogFormat.Output) : JournalDiff.First(Existing(left), Existing(right), LogFormat.Journal);
        if (asJson)
        {
            JsonOut.Object(json =>
            {
                json.WriteBoolean("equal", difference is null);
                json.WriteString("where", difference?.Where);
                json.WriteString("why", difference?.Why);
                json.WriteString("a", difference?.Left);
                json.WriteString("b", difference?.Right);
            });
        }
        else if (difference is null)
        {
            Console.WriteLine("equal.");
        }
        else
        {
            Console.WriteLine($"{difference.Where}: {difference.Why}");
            Console.WriteLine($"  a: {difference.Left}");
            Console.WriteLine($"  b: {difference.Right}");
        }
        return difference is null ? ExitCode.Done : ExitCode.Negative;
    }

    private static bool IsRun(string folder) => File.Exists(Path.Combine(folder, RunDiff.MarkFile));

    private static bool IsOutputs(string folder) => JournalArguments.FormatOf(folder) == LogFormat.Output;

    private static void CheckExists(string folder)
    {
        if (!Directory.Exists(folder))
            throw new CliException(ExitCode.BadInput, $"{folder}: there is no such folder; name a journal or the --out folder of a run.");
    }

    private static string Existing(string folder) =>
        RunSource.IsJournal(folder)
            ? folder
            : throw new CliException(ExitCode.BadInput, $"{folder}: holds no journal{(IsRun(folder) ? " but a run" : "")}; name two journals, or the --out folders of two runs.");
}
