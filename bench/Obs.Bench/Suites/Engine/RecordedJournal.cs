using System;
using System.Text;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Journal;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;
using Obs.Core.Recordings.Cache;

namespace Obs.Bench.Suites.Engine;

/// <summary>A recording in a journal of its own with its decoded cache beside it; both are deleted at the end of the process.</summary>
internal sealed class RecordedJournal
{
    private readonly VenueId _venue;
    private readonly string? _symbol;
    private readonly DecodedCacheReader _cache;
    private readonly InstrumentRegistry _markets;

    /// <summary>Imports recordings.</summary>
    /// <param name="name">Of the folder.</param>
    /// <param name="venue">Whose frames they are.</param>
    /// <param name="symbol">Market of frames that name none; null where all name theirs.</param>
    /// <param name="files">Below the shared folder, one stream in this order.</param>
    public RecordedJournal(string name, VenueId venue, string? symbol, params string[] files)
    {
        (_venue, _symbol) = (venue, symbol);
        JournalBenchFolder folder = new(name);
        folder.Reset();
        Folder = folder.Path;
        using (JournalWriter journal = JournalWriter.Open(new JournalOptions { Directory = Folder, IsRecording = true, TrimOnClose = true, Durability = DurabilityPolicy.OnDemand, SparesAhead = 1 }))
        {
            Importer importer = new(new ImportOptions { Venue = venue, Instruments = DefaultInstruments.Catalog, Symbol = symbol }, new JournalSink(journal));
            ImportResult result = importer.Run(Array.ConvertAll(files, static file => BenchData.TryPath(file)!));
            Lines = result.Records - 1;
        }
        RecordingConfiguration configuration = new() { IsRecording = true, Venue = venue, Symbol = symbol };
        DecodedCacheBuilder.Write(Folder, DefaultInstruments.Catalog, configuration, symbol);
        _cache = DecodedCacheReader.Open(DecodedCacheBuilder.PathOf(Folder), expected: null);
        _markets = new InstrumentRegistry(DefaultInstruments.Catalog);
        _cache.Configuration.Register(_markets);
        Events = CountEvents();
    }

    /// <summary>The journal.</summary>
    public string Folder { get; }

    /// <summary>Frames in it.</summary>
    public long Lines { get; }

    /// <summary>Level changes of diffs and complete books, and trades.</summary>
    public long Events { get; }

    /// <summary>A cursor in front of the decoded records.</summary>
    public DecodedCursor Decoded => _cache.Start();

    /// <summary>A fresh engine that knows the recording's markets.</summary>
    public EngineRun NewRun(EngineOptions options, EngineOutput? output = null)
    {
        EngineRun run = new(options, _markets, output);
        if (_symbol is not null && run.Registry.TryFind(_venue, Encoding.UTF8.GetBytes(_symbol), out ushort index))
            run.Decoder.SetDefaultMarket(_venue, index);
        return run;
    }

    /// <summary>A reader in front of the raw records; checksums were verified when the cache was made.</summary>
    public JournalReader OpenRaw() => new(Folder, new JournalReaderOptions { VerifyChecksums = false });

    /// <summary>All records as text through an engine.</summary>
    public void RunText(EngineRun run)
    {
        using JournalReader reader = OpenRaw();
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
            run.Loop.OnRecord(header.Kind, (VenueId)header.Source, header.ReceiveNs, payload);
    }

    /// <summary>All records decoded through an engine.</summary>
    public void RunDecoded(EngineRun run)
    {
        DecodedCursor cursor = _cache.Start();
        while (cursor.MoveNext())
            run.Loop.OnDecoded(cursor);
    }

    private long CountEvents()
    {
        long events = 0;
        DecodedCursor cursor = _cache.Start();
        while (cursor.MoveNext())
        {
            if (!cursor.IsFrame || cursor.Status != DecodeStatus.Ok)
                continue;
            events += cursor.Event.Kind switch
            {
                MarketEventKind.Diff or MarketEventKind.FullBook or MarketEventKind.Snapshot => cursor.Levels.Length,
                MarketEventKind.Trade => 1,
                _ => 0,
            };
        }
        return events;
    }

    private sealed class JournalSink(JournalWriter journal) : IRecordSink
    {
        public void OnRecord(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload) =>
            journal.Append(kind, (byte)venue, receiveNs, payload);
    }
}
