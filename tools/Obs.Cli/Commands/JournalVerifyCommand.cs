using System;
using System.CommandLine;
using System.Globalization;
using Obs.Cli.Output;
using Obs.Core.Journal;

namespace Obs.Cli.Commands;

/// <summary><c>obs journal verify</c>.</summary>
internal static class JournalVerifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        JournalArguments arguments = new();
        Command command = new("verify", """
            Checks every byte and changes none. Exit code 1 when something acknowledged is damaged.

            Example:
              obs journal verify data/journal --json
            """);
        arguments.AddTo(command);
        command.SetAction(parsed => Run(arguments.Folder(parsed), arguments.Format(parsed), arguments.Json(parsed)));
        return command;
    }

    private static int Run(string folder, LogFormat format, bool asJson)
    {
        VerifyReport report = JournalVerifier.Run(folder, format);
        if (asJson)
        {
            JsonOut.Object(json =>
            {
                json.WriteString("verdict", report.Verdict.ToString());
                json.WriteString("firstSequence", report.FirstSequence.ToString(CultureInfo.InvariantCulture));
                json.WriteString("lastSequence", report.LastSequence.ToString(CultureInfo.InvariantCulture));
                json.WriteNumber("usedBytes", report.UsedBytes);
                json.WriteBoolean("isRecording", report.IsRecording);
                json.WriteString("problem", report.Problem?.ToString());
            });
        }
        else
        {
            Console.WriteLine($"{report.Verdict}: records {report.FirstSequence} to {report.LastSequence}, {report.UsedBytes} bytes{(report.IsRecording ? ", a recording" : "")}.");
            if (report.Problem is { } problem)
                Console.WriteLine(problem);
        }
        return report.Verdict == JournalVerdict.Damaged ? ExitCode.Negative : ExitCode.Done;
    }
}
