using System.CommandLine;
using System.IO;
using System.Linq;
using Obs.Cli.Output;
using Obs.Cli.Runs;
using Obs.Core.Journal;

namespace Obs.Cli.Commands;

/// <summary>What every journal subcommand takes: the folder, the kind of log, --json.</summary>
internal sealed class JournalArguments
{
    private readonly Argument<string> _folder = new("folder") { Description = "Folder of the log." };
    private readonly Option<bool> _outputLog = new("--output-log") { Description = "Look at the folder as an output log. Left out, what lies in the folder decides." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on stdout." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_folder);
        command.Options.Add(_outputLog);
        command.Options.Add(_json);
    }

    /// <summary>The folder, which exists.</summary>
    /// <exception cref="CliException">It does not.</exception>
    public string Folder(ParseResult parsed)
    {
        string folder = parsed.GetValue(_folder)!;
        if (!Directory.Exists(folder))
            throw new CliException(ExitCode.BadInput, $"{folder}: {(File.Exists(folder) ? "is a file" : "there is no such folder")}; name the folder that holds the segments.");
        LogFormat format = Format(parsed);
        // a log that lost all its segments is still a log: what stands beside them proves it
        bool isLog = Directory.EnumerateFiles(folder).Any(file => SegmentFileName.TryParse(file, format, out _)) || LogBeginning.Exists(folder, format)
            || (format == LogFormat.Journal && RunSnapshots.OwnStore(folder).List().Count > 0);
        return isLog
            ? folder
            : throw new CliException(ExitCode.BadInput, $"{folder}: holds no {format.Name} (no *{format.Extension} file); name the folder that holds the segments{(format == LogFormat.Journal ? ", or give --output-log for an output log" : "")}.");
    }

    /// <summary>Journal or output log.</summary>
    public LogFormat Format(ParseResult parsed) => parsed.GetValue(_outputLog) ? LogFormat.Output : FormatOf(parsed.GetValue(_folder)!);

    /// <summary>What lies in a folder: an output log when it holds segments of one and none of a journal.</summary>
    public static LogFormat FormatOf(string folder) =>
        SegmentCatalog.List(folder, LogFormat.Journal).Count == 0 && OutputLogs.IsLog(folder) ? LogFormat.Output : LogFormat.Journal;

    /// <summary>Whether JSON is wanted.</summary>
    public bool Json(ParseResult parsed) => parsed.GetValue(_json);
}
