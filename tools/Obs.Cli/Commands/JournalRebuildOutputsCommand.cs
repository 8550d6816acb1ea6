using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using Obs.Cli.Output;
using Obs.Cli.Runs;
using Obs.Core.Engine;
using Obs.Core.Journal;

namespace Obs.Cli.Commands;

/// <summary><c>obs journal rebuild-outputs</c>.</summary>
internal static class JournalRebuildOutputsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "Folder of a run: --data of up, or --out of replay." };
        Option<string?> target = new("--out") { Description = "Folder of the rebuilt log; default is outputs in the run's folder, which must not hold a log." };
        Option<bool> json = new("--json") { Description = "Print one JSON object on stdout." };
        Command command = new("rebuild-outputs", """
            Computes the output log of a run anew from its journal. The same program, settings and model give the log it wrote, byte for byte.

            Example:
              obs journal rebuild-outputs .obs/up --out /tmp/outputs
            """) { run, target, json };
        command.SetAction(parsed => Run(parsed.GetValue(run)!, parsed.GetValue(target), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string runFolder, string? target, bool asJson)
    {
        RunSettings settings = RunFile.Read(runFolder) with { SnapshotSequence = null, SnapshotEvery = 0, Speed = double.PositiveInfinity, Json = asJson };
        string folder = target ?? OutputLogs.FolderOf(runFolder);
        using RunSource source = RunSource.Open(settings);
        if (SegmentCatalog.List(source.Folder, LogFormat.Journal) is { Count: > 0 } segments && segments[0].FirstSequence > 1)
            throw new CliException(ExitCode.BadInput, $"{source.Folder} begins with sequence {segments[0].FirstSequence}: older segments were deleted, and outputs can only be computed from the beginning. Put those segments back.");
        EngineOptions options = EngineOptionsFactory.Create(settings, isEveryFrameTimed: false);
        long records;
        using (OutputLogs log = OutputLogs.Create(folder))
        {
            using EnginePass pass = new(source, settings, options, output: null, log.Sink);
            pass.Run(null, ReplayRun.ReadScript(settings, options), isVerified: false);
            records = log.Sink.Position;
        }
        if (asJson)
        {
            JsonOut.Object(json =>
            {
                json.WriteString("folder", Path.GetFullPath(folder));
                json.WriteString("records", records.ToString(CultureInfo.InvariantCulture));
            });
        }
        else
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records} records in {folder}."));
        }
        return ExitCode.Done;
    }
}
