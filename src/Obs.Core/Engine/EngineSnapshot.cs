using System.Linq;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Core.Engine;

/// <summary>An engine's state at a sequence, into a snapshot and back. Start-up is the newest snapshot and the journal's tail (docs/concepts/journal.md).</summary>
/// <remarks>Engine thread, between two records. Options, model and strategy are part of the run, not of the state: they must be the same.</remarks>
internal static class EngineSnapshot
{
    /// <summary>Version of the sections' content; grows with every change of any room's state.</summary>
    public const int Schema = 3;

    /// <summary>Output records of a run that writes no output log.</summary>
    public const long NoOutputs = -1;

    private const int CoreSection = 1;
    private const int MarketsSection = 2;
    private const int SettingsSection = 3;
    private const int OutputSection = 4;
    private const int FirstMarketSection = 100;

    /// <summary>Collects the state.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="registry">Its instruments.</param>
    /// <param name="writer">Takes the sections.</param>
    /// <param name="outputRecords">Records of the output log so far; −1 where none is written.</param>
    /// <param name="knownMarkets">Markets that the records so far have named; −1 for all of the registry. A market that only later records name must not be in
    /// the snapshot: those records may be lost, and then another market takes its number.</param>
    public static void Save(EngineCore engine, InstrumentRegistry registry, SnapshotWriter writer, long outputRecords = NoOutputs, int knownMarkets = -1)
    {
        writer.Clear();
        writer.BeginSection(CoreSection);
        engine.SaveCore(writer);
        writer.EndSection();
        writer.BeginSection(SettingsSection);
        writer.WriteBytes(engine.SettingsInForce);
        writer.EndSection();
        writer.BeginSection(MarketsSection);
        InstrumentDescription[] markets = new InstrumentDescription[knownMarkets < 0 ? registry.Count : knownMarkets];
        for (int index = 0; index < markets.Length; index++)
            markets[index] = InstrumentDescription.Of(registry[index], index);
        writer.WriteBytes(new RecordingConfiguration { IsRecording = false, Venue = VenueId.None, Instruments = markets }.ToPayload());
        writer.WriteInt32(engine.Markets.Count);
        foreach (MarketPipeline market in engine.Markets)
            writer.WriteInt32(market.Index);
        writer.EndSection();
        for (int order = 0; order < engine.Markets.Count; order++)
        {
            writer.BeginSection(FirstMarketSection + order);
            engine.Markets[order].Save(writer);
            writer.EndSection();
        }
        writer.BeginSection(OutputSection);
        writer.WriteInt64(outputRecords);
        writer.EndSection();
    }

    /// <summary>Where the output log stood at a snapshot: its records so far, or −1 when the run wrote none.</summary>
    public static long OutputRecordsOf(Snapshot snapshot) =>
        snapshot.SectionIds.Contains(OutputSection) ? snapshot.Section(OutputSection).ReadInt64() : NoOutputs;

    /// <summary>Brings a fresh engine with a fresh registry to the snapshot's state.</summary>
    /// <exception cref="JournalException">The snapshot does not fit this program or these options.</exception>
    /// <param name="engine">The engine.</param>
    /// <param name="registry">Its registry.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="settings">Reads the settings the snapshot was taken under; null where the engine's options are given.</param>
    public static void Restore(EngineCore engine, InstrumentRegistry registry, Snapshot snapshot, ISettingsReader? settings)
    {
        if (settings?.Read(RecordKind.ConfigurationChange, snapshot.Section(SettingsSection).ReadBytes()) is { } inForce)
            engine.Adopt(inForce);
        SnapshotReader markets = snapshot.Section(MarketsSection);
        if (!RecordingConfiguration.TryRead(markets.ReadBytes(), out RecordingConfiguration? configuration, out string? problem))
            throw new JournalException(JournalFault.WrongContent, $"{snapshot.Path}: its markets cannot be read ({problem}); delete it, an older snapshot or the whole journal will be used.");
        configuration.Register(registry);
        int active = markets.ReadInt32();
        for (int order = 0; order < active; order++)
        {
            SnapshotReader section = snapshot.Section(FirstMarketSection + order);
            engine.ActivateRestored((ushort)markets.ReadInt32()).Restore(section);
            section.ExpectEnd();
        }
        SnapshotReader core = snapshot.Section(CoreSection);
        engine.RestoreCore(core);
        core.ExpectEnd();
    }
}
