using System;
using Obs.Cli.Output;
using Obs.Cli.Runs;
using Obs.Core.Engine.Outputs;
using Obs.Core.Journal;
using Obs.Core.Models.Sequence;

namespace Obs.Cli.Live;

/// <summary>What a live run has beside its engine: the output log with the line that leads to it, and the threads of the split layout.</summary>
internal sealed class LiveOutputs : IOutputPosition, IDisposable
{
    private readonly OutputLogs _log;
    private readonly long _journalFirst;
    private long _restored;

    /// <summary>Opens the output log beside the journal; cuts off what is torn or belongs to records that the journal lost.</summary>
    /// <exception cref="JournalException">Acknowledged records of the log are damaged, or the disk failed.</exception>
    public LiveOutputs(string dataFolder, RunSettings run, JournalWriter journal, long? segmentBytes)
    {
        Folder = OutputLogs.FolderOf(dataFolder);
        _journalFirst = journal.Recovery.FirstSequence;
        _log = OutputLogs.OpenLive(dataFolder, journal.PublishedSequence, segmentBytes);
        Line = new OutputLine([_log.Sink], run.IsSplit, run.Threads.Outputs);
        Background = run.IsSplit ? new BackgroundThread(run.Threads.Background) : null;
    }

    /// <inheritdoc/>
    public string Folder { get; }

    /// <summary>The engine's output.</summary>
    public OutputLine Line { get; }

    /// <summary>The thread of the models' background part; null in the fused layout.</summary>
    public BackgroundThread? Background { get; }

    /// <inheritdoc/>
    public long Derived => _restored + Line.Derived;

    /// <summary>Whether the log holds everything that a snapshot has passed; else an older one must serve, or the whole journal.</summary>
    public bool Fits(Snapshot snapshot) => _log.Covers(snapshot, _journalFirst);

    /// <summary>The engine was restored from a snapshot: what comes first is what the log holds behind that place.</summary>
    public void StartAt(Snapshot snapshot)
    {
        _log.StartAt(snapshot);
        _restored = _log.Sink.Position;
    }

    /// <summary>The journal was computed again to its end: the log must hold the same records, and no more.</summary>
    /// <exception cref="JournalException">It does not; the message names the sequence.</exception>
    public void ExpectSame()
    {
        Line.Drain();
        _log.Sink.ExpectAllCompared();
    }

    /// <inheritdoc/>
    public void Commit() => _log.Commit();

    /// <summary>Writes down what is left and ends the line's thread. After the engine's thread has ended.</summary>
    public void Finish() => Line.Finish();

    /// <inheritdoc/>
    public void Dispose()
    {
        Background?.Dispose();
        Line.Dispose();
        _log.Dispose();
    }
}
