using System;
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
    private readonly SnapshotStore _store;
    private readonly SnapshotStore? _own;
    private readonly SnapshotWriter _writer = new();

    /// <summary>The snapshots of one journal and one set of settings.</summary>
    /// <param name="journalFolder">The journal.</param>
    /// <param name="settings">The settings of this run.</param>
    /// <param name="isLive">True for the journal of a live run: its own snapshots serve a run that follows its records without any change.</param>
    public RunSnapshots(string journalFolder, RunSettings settings, bool isLive)
    {
        _store = new SnapshotStore(FolderOf(journalFolder), $"engine-{Fingerprint(settings)}");
        bool isUnchanged = settings is { Overrides.Length: 0, Symbol: null, Tick: null, AllFeatures: false, FromNs: long.MinValue };
        _own = isLive && isUnchanged ? OwnStore(journalFolder) : null;
    }

    /// <summary>Sequence of the oldest snapshot of the live run; null where there is none that serves.</summary>
    public long? OldestOwnSequence => _own?.OldestSequence;

    /// <summary>Where a live run keeps its snapshots: the journal alone says what its settings were, so they need no name of their own.</summary>
    public static SnapshotStore OwnStore(string journalFolder) => new(FolderOf(journalFolder), "engine-own");

    /// <summary>The newest whole snapshot of a live run: its journal was on disk up to there. Null where there is none.</summary>
    public static SnapshotEvidence? EvidenceOf(string journalFolder) => OwnStore(journalFolder).NewestEvidence();

    /// <summary>Stores the engine's state, never among those of the live run. Between two records.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="registry">Its instruments.</param>
    /// <param name="journalSequence">Last journal record whose effect is in it.</param>
    public void Save(EngineCore engine, InstrumentRegistry registry, long journalSequence)
    {
        EngineSnapshot.Save(engine, registry, _writer);
        _store.Save(_writer, journalSequence, engine.EngineNs, EngineSnapshot.Schema);
    }

    /// <summary>Brings a fresh engine to the newest usable snapshot at or before a journal sequence.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="registry">Its instruments.</param>
    /// <param name="sequenceMax">Last journal sequence a snapshot may stand at.</param>
    /// <param name="settings">Reads the settings it was taken under, or null.</param>
    /// <returns>The journal sequence it stands at; 0 when there is none.</returns>
    public long Restore(EngineCore engine, InstrumentRegistry registry, long sequenceMax, ISettingsReader? settings)
    {
        Snapshot? snapshot = _store.LoadNewest(EngineSnapshot.Schema, sequenceMax, out _);
        Snapshot? own = _own?.LoadNewest(EngineSnapshot.Schema, sequenceMax, out _);
        if (own is not null && (snapshot is null || own.Sequence > snapshot.Sequence))
            snapshot = own;
        if (snapshot is null)
            return 0;
        EngineSnapshot.Restore(engine, registry, snapshot, settings);
        return snapshot.Sequence;
    }

    private static string FolderOf(string journalFolder) => Path.Combine(journalFolder, "snapshots");

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
