using System;
using System.CommandLine;
using Obs.Cli.Output;
using Obs.Core.Journal;

namespace Obs.Cli.Commands;

/// <summary><c>obs journal prune</c>.</summary>
internal static class JournalPruneCommand
{
    private const double KeepDaysMax = 36_500;
    private const double KeepGibMax = 1_000_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        JournalArguments arguments = new();
        Option<double?> days = new("--keep-days") { Description = "Delete segments older than this." };
        Option<double?> gib = new("--keep-gib") { Description = "Delete the oldest segments above this many GiB." };
        Command command = new("prune", """
            Deletes whole old segments; never the newest, never one that a cursor still needs.

            Example:
              obs journal prune data/journal --keep-days 3
            """) { days, gib };
        arguments.AddTo(command);
        command.SetAction(parsed => Run(arguments.Folder(parsed), arguments.Format(parsed), parsed.GetValue(days), parsed.GetValue(gib), arguments.Json(parsed)));
        return command;
    }

    private static int Run(string folder, LogFormat format, double? days, double? gib, bool asJson)
    {
        if (days is not (null or (> 0 and <= KeepDaysMax)) || gib is not (null or (> 0 and <= KeepGibMax)))
            throw new CliException(ExitCode.Usage, $"--keep-days lies between 0 and {KeepDaysMax}, --keep-gib between 0 and {KeepGibMax}.");
        RetentionLimits limits = new()
        {
            KeepAge = days is { } d ? TimeSpan.FromDays(d) : null,
            KeepBytes = gib is { } g ? (long)(g * (1L << 30)) : null,
        };
        string[] problems = [.. limits.Problems()];
        if (problems.Length > 0 || (days is null && gib is null))
            throw new CliException(ExitCode.Usage, problems.Length > 0 ? string.Join(" ", problems) : "Give --keep-days, --keep-gib or both.");
        long nowNs = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
        RetentionReport report = JournalRetention.Apply(folder, format, limits, nowNs, []);
        if (asJson)
        {
            JsonOut.Object(json =>
            {
                json.WriteNumber("freedBytes", report.FreedBytes);
                json.WriteNumber("deletedSegments", report.Deleted.Count);
            });
        }
        else
        {
            Console.WriteLine($"deleted {report.Deleted.Count} segments, {report.FreedBytes} bytes; the log begins with {report.FirstSequence}.");
        }
        return ExitCode.Done;
    }
}
