using System;
using System.Collections.Generic;
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
        Option<double?> days = LiveJournalOptions.NewKeepDays("Delete segments older than this many days (or 36h).");
        Option<double?> gib = new("--keep-gib") { Description = "Delete the oldest segments above this many GiB." };
        Command command = new("prune", """
            Deletes whole old segments; never the newest, never one that a cursor, the oldest snapshot of a live run or its output log still needs.

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
        string outputs = OutputLogs.FolderOf(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(folder))!);
        IReadOnlyList<CursorPosition> cursors = format == LogFormat.Journal
            ? RetentionCursors.OfJournal(folder, RunSnapshots.OwnStore(folder).OldestSequence, outputs)
            : CursorFile.ReadAll(folder);
        RetentionReport report = JournalRetention.Apply(folder, format, limits, nowNs, cursors);
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
            Console.WriteLine($"deleted {Counted.Of(report.Deleted.Count, "segment")}, {Counted.Of(report.FreedBytes, "byte")}; the log begins with {report.FirstSequence}.");
        }
        return ExitCode.Done;
    }
}
