using System;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Cli.Runs;

/// <summary>Imports recordings into a journal.</summary>
internal static class RecordingImport
{
    /// <summary>Imports the inputs of the settings.</summary>
    /// <param name="settings">Inputs, venue, symbol, time span, strictness.</param>
    /// <param name="folder">Folder of the journal, made when missing.</param>
    /// <param name="durability">When bytes reach the disk.</param>
    /// <param name="progress">Told how far the import is, or null.</param>
    /// <param name="quarantineFolder">Folder for lines that cannot be used, or null.</param>
    /// <param name="segmentBytes">Size of a segment file, or null for the default.</param>
    public static ImportResult Run(RunSettings settings, string folder, DurabilityPolicy durability, Action<ImportProgress>? progress, string? quarantineFolder = null, long? segmentBytes = null)
    {
        JournalOptions options = new()
        {
            Directory = folder,
            IsRecording = true,
            TrimOnClose = true,
            Durability = durability,
            SparesAhead = 1,
        };
        options = options with { SegmentBytes = segmentBytes ?? options.SegmentBytes };
        using JournalWriter journal = JournalWriter.Open(options);
        Importer importer = new(
            new ImportOptions
            {
                Venue = Venues.Parse(settings.Venue!),
                Instruments = Venues.Catalog(settings),
                Symbol = settings.Symbol,
                Strict = settings.Strict,
                FromNs = settings.FromNs,
                ToNs = settings.ToNs == long.MaxValue ? long.MaxValue : settings.ToNs + 1,
                Format = Venues.ParseFormat(settings.Format),
                QuarantineDirectory = quarantineFolder,
                Progress = progress,
            },
            new JournalSink(journal));
        return importer.Run(settings.Inputs);
    }

    private sealed class JournalSink(JournalWriter journal) : IRecordSink
    {
        public void OnRecord(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload) =>
            journal.Append(kind, (byte)venue, receiveNs, payload);
    }
}
