using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Obs.Cli.Runs;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Cli.Live;

/// <summary>Brings an engine to where its journal ends: newest usable snapshot, then the tail. Every start is a recovery, of an empty journal too; nothing is sent anywhere.</summary>
internal sealed class UpRecovery
{
    private const int RecordsBetweenLooks = 4_096;

    private readonly string _folder;
    private readonly RunSettings _settings;
    private readonly EngineOptions _options;
    private readonly LiveOutputs _outputs;
    private readonly long _firstSequence;

    /// <summary>Recovers.</summary>
    /// <param name="folder">The journal's folder.</param>
    /// <param name="settings">What was asked for now; the journal's own settings win until its end.</param>
    /// <param name="options">The same as options.</param>
    /// <param name="journal">The open journal.</param>
    /// <param name="outputs">The output log, which is compared with what is computed again.</param>
    /// <param name="cancel">Ends the recovery; nothing is changed by it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="JournalException">The journal's beginning is gone and no snapshot stands in for it.</exception>
    public UpRecovery(string folder, RunSettings settings, EngineOptions options, JournalWriter journal, LiveOutputs outputs, CancellationToken cancel)
    {
        (_folder, _settings, _options, _outputs, _firstSequence) = (folder, settings, options, outputs, journal.Recovery.FirstSequence);
        long start = Stopwatch.GetTimestamp();
        Begin();
        RestoredSequence = RestoreNewest(journal.PublishedSequence);
        if (RestoredSequence + 1 < _firstSequence)
            throw new JournalException(JournalFault.WrongContent, $"{folder} begins with sequence {_firstSequence} (older segments were deleted) and no snapshot that reaches it can be used; put one back into {Path.Combine(folder, "snapshots")}, or begin anew in another folder.");
        ReplayedRecords = ReplayTail(cancel);
        outputs.ExpectSame();
        Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The engine, at the journal's end.</summary>
    public EngineCore Engine { get; private set; } = null!;

    /// <summary>Its instruments.</summary>
    public InstrumentRegistry Registry { get; private set; } = null!;

    /// <summary>Its decoders.</summary>
    public RecordDecoder Decoder { get; private set; } = null!;

    /// <summary>Journal sequence of the snapshot used; 0 without one.</summary>
    public long RestoredSequence { get; }

    /// <summary>Records replayed.</summary>
    public long ReplayedRecords { get; }

    /// <summary>Wall time it took, s.</summary>
    public double Seconds { get; }

    private void Begin()
    {
        Registry = new InstrumentRegistry(_options.Catalog);
        Decoder = new RecordDecoder(Registry) { Settings = new JournalSettings(_settings, _folder, isEveryFrameTimed: true) };
        Engine = new EngineCore(_options, Registry, _outputs.Line, _outputs.Background);
    }

    private long RestoreNewest(long lastSequence)
    {
        SnapshotStore store = RunSnapshots.OwnStore(_folder);
        bool isFirst = true;
        while (lastSequence > 0)
        {
            Snapshot? snapshot = store.LoadNewest(EngineSnapshot.Schema, lastSequence, out IReadOnlyList<SkippedSnapshot> skipped);
            foreach (SkippedSnapshot bad in isFirst ? skipped : [])
                Console.Error.WriteLine($"obs: snapshot passed over: {bad.Path}: {bad.Reason}; an older one, or the whole journal, is used instead.");
            if (snapshot is null)
                return 0;
            if (_outputs.Fits(snapshot) && TryRestore(snapshot))
            {
                _outputs.StartAt(snapshot);
                return snapshot.Sequence;
            }
            (lastSequence, isFirst) = (snapshot.Sequence - 1, false);
            Begin();
        }
        return 0;
    }

    private bool TryRestore(Snapshot snapshot)
    {
        try
        {
            EngineSnapshot.Restore(Engine, Registry, snapshot, Decoder.Settings);
            return true;
        }
        catch (Exception problem) when (problem is JournalException or InvalidDataException)
        {
            Console.Error.WriteLine($"obs: snapshot passed over: {snapshot.Path}: {problem.Message}; an older one, or the whole journal, is used instead.");
            return false;
        }
    }

    private long ReplayTail(CancellationToken cancel)
    {
        RecordLoop loop = new(Engine, Decoder, insertTimers: false);
        using JournalReader reader = new(_folder, new JournalReaderOptions { FromSequence = RestoredSequence == 0 ? 0 : RestoredSequence + 1 });
        long records = 0;
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
        {
            loop.OnRecord(header.Kind, (VenueId)header.Source, header.ReceiveNs, payload);
            if (++records % RecordsBetweenLooks == 0)
                cancel.ThrowIfCancellationRequested();
        }
        cancel.ThrowIfCancellationRequested();
        return records;
    }
}
