using System;
using System.Runtime.ExceptionServices;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Cli.Runs;

/// <summary>Recordings into a journal: the one way in for <c>import</c> and for a replay of files.</summary>
internal static class RecordingImport
{
    /// <summary>Imports the settings' inputs into a journal folder and keeps what could be read before a damage.</summary>
    /// <param name="settings">Inputs, venue, symbol, span.</param>
    /// <param name="folder">Journal folder, made when missing.</param>
    /// <param name="durability">How often the journal is flushed.</param>
    /// <param name="progress">Told while files are read, or null.</param>
    /// <param name="quarantineFolder">Where bad lines and frames that no decoder takes are kept, or null to count only the lines.</param>
    /// <param name="segmentBytes">Size of a segment file, or null for the default.</param>
    public static ImportOutcome Run(
        RunSettings settings, string folder, DurabilityPolicy durability, Action<ImportProgress>? progress, string? quarantineFolder = null, long? segmentBytes = null)
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
        ImportOptions import = Options(settings) with { QuarantineDirectory = quarantineFolder, Progress = progress };
        if (quarantineFolder is null && !settings.Strict)
            import = import with { Validator = null }; // the replay itself judges each frame
        using JournalWriter journal = JournalWriter.Open(options);
        Importer importer = new(import, new JournalSink(journal));
        try
        {
            ImportResult result = importer.Run(settings.Inputs);
            return new ImportOutcome(result, null) { IsOtherVenue = import.Validator is FrameJudge { Frames: > 0, HasSeenMarket: false } };
        }
        catch (ImportException problem)
        {
            return new ImportOutcome(importer.Result, problem);
        }
    }

    /// <summary>Where the first line or frame stands that no reader or decoder takes: file, line and reason, or null when there is none.</summary>
    /// <remarks>Reads the inputs again up to there; for messages only.</remarks>
    public static string? FirstFault(RunSettings settings)
    {
        try
        {
            new Importer(Options(settings) with { Strict = true }, new NoSink()).Run(settings.Inputs);
            return null;
        }
        catch (ImportException problem)
        {
            int advice = problem.Message.IndexOf("; mend the line", StringComparison.Ordinal);
            return advice < 0 ? problem.Message : problem.Message[..advice];
        }
    }

    /// <summary>Fails with what stopped an import, if anything did.</summary>
    /// <exception cref="ImportException">The inputs were not read to their end.</exception>
    public static void ThrowIfStopped(ImportOutcome outcome)
    {
        if (outcome.Problem is { } problem)
            ExceptionDispatchInfo.Throw(problem);
    }

    private static ImportOptions Options(RunSettings settings)
    {
        InstrumentCatalog catalog = Venues.Catalog(settings);
        return new ImportOptions
        {
            Venue = Venues.Parse(settings.Venue!),
            Instruments = catalog,
            Symbol = settings.Symbol,
            Strict = settings.Strict,
            FromNs = settings.FromNs,
            ToNs = settings.ToNs == long.MaxValue ? long.MaxValue : settings.ToNs + 1,
            Format = Venues.ParseFormat(settings.Format),
            Validator = new FrameJudge(catalog),
        };
    }

    private sealed class JournalSink(JournalWriter journal) : IRecordSink
    {
        public void OnRecord(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload) =>
            journal.Append(kind, (byte)venue, receiveNs, payload);
    }

    private sealed class NoSink : IRecordSink
    {
        public void OnRecord(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload)
        {
        }
    }
}
