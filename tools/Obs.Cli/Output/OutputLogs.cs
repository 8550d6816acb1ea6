using System;
using System.IO;
using Obs.Core.Engine;
using Obs.Core.Engine.Outputs;
using Obs.Core.Journal;

namespace Obs.Cli.Output;

/// <summary>The output log of a run's folder, open for writing.</summary>
/// <remarks>It stands in the folder <see cref="FolderName"/> beside the journal of a live run, or inside the folder of a replay.</remarks>
internal sealed class OutputLogs : IDisposable
{
    /// <summary>Name of the log's folder in a run's folder.</summary>
    public const string FolderName = "outputs";

    private readonly OutputLogWriter _writer;

    private OutputLogs(string folder, long? segmentBytes = null)
    {
        JournalOptions options = OutputLogWriter.OptionsFor(folder) with { SparesAhead = 1 };
        _writer = OutputLogWriter.Open(options with { SegmentBytes = segmentBytes ?? options.SegmentBytes });
        Sink = new OutputLogSink(_writer, folder);
    }

    /// <summary>Writes the records.</summary>
    public OutputLogSink Sink { get; }

    /// <summary>Records in the log when it was opened.</summary>
    public long RecordsAtOpening => _writer.Log.Recovery.LastSequence;

    /// <summary>The log of a run's folder, where it may be.</summary>
    public static string FolderOf(string runFolder) => Path.Combine(runFolder, FolderName);

    /// <summary>Opens the log of a live run and cuts off what is torn or goes beyond the journal.</summary>
    /// <param name="runFolder">The run's folder.</param>
    /// <param name="journalLast">Last record of the journal.</param>
    /// <param name="segmentBytes">Size of a new segment file, or null for the default.</param>
    /// <exception cref="JournalException">Acknowledged records are damaged, or the disk failed.</exception>
    public static OutputLogs OpenLive(string runFolder, long journalLast, long? segmentBytes)
    {
        string folder = FolderOf(runFolder);
        foreach (string cut in OutputLogTail.CutBeyond(folder, journalLast))
            Console.Error.WriteLine($"obs: outputs of records that the journal lost were set aside: {cut}");
        OutputLogs logs = new(folder, segmentBytes);
        if (logs._writer.Log.Recovery.CutOff is { } torn)
            Console.Error.WriteLine($"obs: the output log was cut behind its last whole record: {torn}");
        return logs;
    }

    /// <summary>A new log in the folder of a replay; one that an earlier replay left there is replaced, as its other files are.</summary>
    public static OutputLogs Replace(string runFolder)
    {
        string folder = FolderOf(runFolder);
        foreach (SegmentFile old in SegmentCatalog.List(folder, LogFormat.Output))
            File.Delete(old.Path);
        if (LogBeginning.Exists(folder, LogFormat.Output))
            File.Delete(LogBeginning.PathOf(folder, LogFormat.Output));
        return new OutputLogs(folder);
    }

    /// <summary>A new log in a folder that holds none.</summary>
    /// <exception cref="CliException">There is one already.</exception>
    public static OutputLogs Create(string folder)
    {
        if (IsLog(folder))
            throw new CliException(ExitCode.BadInput, $"{folder}: holds an output log already; move it away, or give another folder with --out.");
        return new OutputLogs(folder);
    }

    /// <summary>Whether a folder holds an output log.</summary>
    public static bool IsLog(string folder) => SegmentCatalog.List(folder, LogFormat.Output).Count > 0;

    /// <summary>Whether a snapshot's place in the log can be gone on from.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="journalFirst">First record that the journal still holds.</param>
    public bool Covers(Snapshot snapshot, long journalFirst)
    {
        long records = EngineSnapshot.OutputRecordsOf(snapshot);
        return (records >= 0 && records <= RecordsAtOpening) || (RecordsAtOpening == 0 && journalFirst > 1);
    }

    /// <summary>Goes on behind a snapshot; null = from the journal's beginning.</summary>
    public void StartAt(Snapshot? snapshot)
    {
        if (snapshot is not null && RecordsAtOpening > 0)
            Sink.StartAt(EngineSnapshot.OutputRecordsOf(snapshot));
    }

    /// <summary>Puts everything written so far on disk: before a snapshot that counts on it.</summary>
    public void Commit() => _writer.Log.Commit();

    /// <inheritdoc/>
    public void Dispose()
    {
        Sink.Dispose();
        _writer.Dispose();
    }
}
