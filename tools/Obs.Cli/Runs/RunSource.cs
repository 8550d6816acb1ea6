using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Obs.Cli.Output;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;
using Obs.Core.Recordings.Cache;

namespace Obs.Cli.Runs;

/// <summary>The journal a run reads: the one named, or a temporary one made from recordings and deleted afterwards.</summary>
internal sealed class RunSource : IDisposable
{
    private const int RecordsLookedAt = 100_000;

    private readonly bool _isTemporary;

    private RunSource(string folder, bool isTemporary, ImportResult? import, double importSeconds)
    {
        Folder = folder;
        _isTemporary = isTemporary;
        Import = import;
        ImportSeconds = importSeconds;
        (Configuration, HasSettings, FirstSequence) = ReadBeginning(folder);
        DefaultSymbol = Configuration?.Symbol;
    }

    /// <summary>Folder of the journal.</summary>
    public string Folder { get; }

    /// <summary>What the journal says about itself, or null.</summary>
    public RecordingConfiguration? Configuration { get; }

    /// <summary>Market of frames that name none (Binance's REST snapshots): the one the recording was imported for, or the first that shows itself.</summary>
    public string? DefaultSymbol { get; private set; }

    /// <summary>True when the journal holds no timers and replay inserts them.</summary>
    public bool IsRecording => Configuration?.IsRecording ?? false;

    /// <summary>True for the journal of a live run, whose records say which settings applied when.</summary>
    public bool HasSettings { get; }

    /// <summary>First sequence of the journal: above 1 where old segments were deleted.</summary>
    public long FirstSequence { get; }

    /// <summary>Result of the import, or null for a journal.</summary>
    public ImportResult? Import { get; }

    /// <summary>Wall time of unpacking and importing, s.</summary>
    public double ImportSeconds { get; }

    /// <summary>The journal's records decoded, when the run reads them from there; null when it decodes.</summary>
    public DecodedCacheReader? Cache { get; private set; }

    /// <summary>Opens what the settings name.</summary>
    /// <exception cref="CliException">There is no such journal.</exception>
    /// <exception cref="ImportException">A recording cannot be used.</exception>
    public static RunSource Open(RunSettings settings)
    {
        if (settings.Journal is { } journal)
        {
            if (!Directory.Exists(journal))
                throw new CliException(ExitCode.BadInput, $"--journal {journal}: there is no such folder; obs import makes a journal from a recording.");
            if (!IsJournal(journal))
                throw new CliException(ExitCode.BadInput, $"--journal {journal}: the folder holds no journal (no *{LogFormat.Journal.Extension} file); name the --out folder of obs import, or a run's journal.");
            RunSource source = new(journal, isTemporary: false, null, 0);
            if (settings.Decoded)
                source.Cache = DecodedImport.Open(source, settings);
            return source;
        }
        string folder = Path.Combine(Path.GetTempPath(), $"obs-replay-{Guid.NewGuid():N}");
        try
        {
            long start = Stopwatch.GetTimestamp();
            // what lies before --from builds the books, so it is imported too
            ImportOutcome import = RecordingImport.Run(settings with { FromNs = long.MinValue }, folder, DurabilityPolicy.OnDemand, Progress.Of("importing", settings.Json));
            RecordingImport.ThrowIfStopped(import);
            return new RunSource(folder, isTemporary: true, import.Result, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        catch
        {
            Delete(folder);
            throw;
        }
    }

    /// <summary>Whether a folder holds at least one segment of a journal.</summary>
    public static bool IsJournal(string folder) => Directory.EnumerateFiles(folder, "*" + LogFormat.Journal.Extension).Any();

    /// <inheritdoc/>
    public void Dispose()
    {
        Cache?.Dispose();
        if (_isTemporary)
            Delete(Folder);
    }

    /// <summary>Finds <see cref="DefaultSymbol"/> where nobody has named it.</summary>
    public void FindDefaultSymbol(InstrumentCatalog catalog)
    {
        if (DefaultSymbol is not null)
            return;
        InstrumentRegistry registry = MarketsSeen(catalog, atMost: 1);
        DefaultSymbol = registry.Count > 0 ? registry[0].Symbol : null;
    }

    /// <summary>The market of a journal that shows one market only; null where it shows none or several.</summary>
    public string? OnlySymbol(InstrumentCatalog catalog)
    {
        InstrumentRegistry registry = MarketsSeen(catalog, atMost: 2);
        return registry.Count == 1 ? registry[0].Symbol : null;
    }

    /// <summary>True when a frame of the journal names a market; Binance's REST snapshots name none. Reads up to the first such frame.</summary>
    public bool Names(string symbol, InstrumentCatalog catalog)
    {
        InstrumentRegistry registry = new(catalog);
        Configuration?.Register(registry);
        RecordDecoder decoder = new(registry);
        using JournalReader reader = new(Folder);
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
        {
            MarketEvent e = default;
            if (header.Kind != RecordKind.VenueFrame || decoder.Decode((VenueId)header.Source, payload, ref e, out _) != DecodeStatus.Ok)
                continue;
            if (e.Kind != MarketEventKind.Other && registry[e.Instrument].Symbol == symbol)
                return true;
        }
        return false;
    }

    private InstrumentRegistry MarketsSeen(InstrumentCatalog catalog, int atMost)
    {
        InstrumentRegistry registry = new(catalog);
        Configuration?.Register(registry);
        RecordDecoder decoder = new(registry);
        using JournalReader reader = new(Folder);
        for (int record = 0; record < RecordsLookedAt && registry.Count < atMost && reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload); record++)
        {
            MarketEvent e = default;
            if (header.Kind == RecordKind.VenueFrame)
                decoder.Decode((VenueId)header.Source, payload, ref e, out _);
        }
        return registry;
    }

    private static (RecordingConfiguration? Configuration, bool HasSettings, long FirstSequence) ReadBeginning(string folder)
    {
        RecordingConfiguration? configuration = null;
        bool hasSettings = false;
        long first = 0;
        using JournalReader reader = new(folder);
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
        {
            first = first == 0 ? header.Sequence : first;
            if (header.Kind is RecordKind.VenueFrame or RecordKind.RestAnswer)
                break;
            if (header.Kind == RecordKind.ConfigurationChange && configuration is null)
                RecordingConfiguration.TryRead(payload, out configuration, out _);
            hasSettings |= RecordedSettings.TryRead(payload, out _);
            if (configuration is not null && (configuration.IsRecording || hasSettings))
                break;
        }
        return (configuration, hasSettings || first > 1, first);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
