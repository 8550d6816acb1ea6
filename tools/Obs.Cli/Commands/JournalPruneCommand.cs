using System;
using System.CommandLine;
using Obs.Cli.Output;
using Obs.Cli.Runs;
using Obs.Core.Journal;

namespace Obs.Cli.Commands;

/// <summary><c>obs journal prune</c>.</summary>
internal static class JournalPruneCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        JournalArguments arguments = new();
        Option<double?> days = new("--keep-days") { Description = "Delete segments older than this." };
        Option<double?> gib = new("--keep-gib") { Description = "Delete the oldest segments above this many GiB." };
        Command command = new("prune", """
            Deletes whole old segments; never the newest, never one that the oldest snapshot of a live run still needs: the run starts from there.

            Example:
              obs journal prune data/journal --keep-days 3
            """) { days, gib };
        arguments.AddTo(command);
        command.SetAction(parsed => Run(arguments.Folder(parsed), arguments.Format(parsed), parsed.GetValue(days), parsed.GetValue(gib), arguments.Json(parsed)));
        return command;
    }

    private static int Run(string folder, LogFormat format, double? days, double? gib, bool asJson)
    {
        RetentionLimits limits = LiveJournalOptions.Limits(days, gib) ?? throw new CliException(ExitCode.Usage, "Give --keep-days, --keep-gib or both.");
        long nowNs = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
        RetentionReport report = JournalRetention.Apply(folder, format, limits, nowNs, format == LogFormat.Journal ? SnapshotCursor(folder) : []);
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

    private static CursorPosition[] SnapshotCursor(string folder) =>
        RunSnapshots.OwnStore(folder).OldestSequence is { } oldest ? [new CursorPosition("oldest snapshot", oldest, IsParked: false)] : [];
}
