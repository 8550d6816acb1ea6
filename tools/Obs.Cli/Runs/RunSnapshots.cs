using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text.Json;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Cli.Runs;

/// <summary>Snapshots beside a journal, kept apart by the settings they were made with: another model or limit means another state.</summary>
internal sealed class RunSnapshots
{
    private const int Kept = 3;

    private readonly SnapshotStore _store;
    private readonly SnapshotWriter _writer = new();

    /// <summary>The snapshots of one journal and one set of settings.</summary>
    public RunSnapshots(string journalFolder, RunSettings settings) =>
        _store = new SnapshotStore(Path.Combine(journalFolder, "snapshots"), $"engine-{Fingerprint(settings)}");

    /// <summary>Stores the engine's state. Between two records.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="registry">Its instruments.</param>
    /// <param name="journalSequence">Last journal record whose effect is in it.</param>
    /// <param name="prune">True deletes all but the newest few.</param>
    /// <param name="outputRecords">Records of the output log so far, all on disk; −1 where none is written.</param>
    public void Save(EngineCore engine, InstrumentRegistry registry, long journalSequence, bool prune, long outputRecords = EngineSnapshot.NoOutputs)
    {
        EngineSnapshot.Save(engine, registry, _writer, outputRecords);
        _store.Save(_writer, journalSequence, engine.EngineNs, EngineSnapshot.Schema);
        if (prune)
            _store.Prune(Kept);
    }

    /// <summary>Brings a fresh engine to the newest usable snapshot at or before a journal sequence.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="registry">Its instruments.</param>
    /// <param name="sequenceMax">Last journal sequence a snapshot may stand at.</param>
    /// <param name="isReported">True tells on stderr which snapshots were passed over; where an earlier one was asked for, that is no news.</param>
    /// <returns>The journal sequence it stands at; 0 when there is none.</returns>
    public long Restore(EngineCore engine, InstrumentRegistry registry, long sequenceMax, bool isReported) =>
        RestoreNewest(engine, registry, sequenceMax, isReported, static _ => true)?.Sequence ?? 0;

    /// <summary>The same with a condition; what does not meet it is passed over in silence.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="registry">Its instruments.</param>
    /// <param name="sequenceMax">Last journal sequence a snapshot may stand at.</param>
    /// <param name="isReported">As in <see cref="Restore"/>.</param>
    /// <param name="fits">The condition.</param>
    /// <returns>The snapshot used; null when there is none.</returns>
    public Snapshot? RestoreNewest(EngineCore engine, InstrumentRegistry registry, long sequenceMax, bool isReported, Func<Snapshot, bool> fits)
    {
        Snapshot? snapshot;
        do
        {
            snapshot = _store.LoadNewest(EngineSnapshot.Schema, sequenceMax, out IReadOnlyList<SkippedSnapshot> skipped);
            foreach (SkippedSnapshot bad in isReported ? skipped : [])
                Console.Error.WriteLine($"obs: snapshot passed over: {bad}");
            if (snapshot is null)
                return null;
            (sequenceMax, isReported) = (snapshot.Sequence - 1, false);
        }
        while (!fits(snapshot));
        EngineSnapshot.Restore(engine, registry, snapshot);
        return snapshot;
    }

    // everything that decides what the engine does; not how fast, where to or in which layout
    private static string Fingerprint(RunSettings settings)
    {
        RunSettings deciding = settings with
        {
            Inputs = [],
            Journal = null,
            UntilSequence = long.MaxValue,
            SnapshotSequence = null,
            SnapshotEvery = 0,
            ModelPath = settings.ModelPath is { } model ? Sha256(File.ReadAllBytes(model)) : null,
            RiskPath = settings.RiskPath is { } risk ? Sha256(File.ReadAllBytes(risk)) : null,
            LatencyPath = settings.LatencyPath is { } latency ? Sha256(File.ReadAllBytes(latency)) : null,
            Layout = "auto",
            Pin = false,
            Speed = 1,
            OutFolder = null,
            OutputLog = false,
            Json = false,
            Strict = false,
        };
        return Sha256(JsonSerializer.SerializeToUtf8Bytes(deciding))[..16];
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
