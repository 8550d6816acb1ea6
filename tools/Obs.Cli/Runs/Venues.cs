using System;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Cli.Runs;

/// <summary>The words for venues, formats and markets on the command line.</summary>
internal static class Venues
{
    /// <summary>The venue words, for messages and help texts.</summary>
    public const string Words = "upbit, binance-spot or binance-usdm";

    /// <summary>Reads a venue word.</summary>
    /// <exception cref="CliException">No such venue.</exception>
    public static VenueId Parse(string word) => TryParse(word) ?? throw new CliException(ExitCode.Usage, $"--venue is '{word}'; give {Words}.");

    /// <summary>Reads a venue word; null for none or another.</summary>
    public static VenueId? TryParse(string? word) => word switch
    {
        "upbit" => VenueId.Upbit,
        "binance-spot" => VenueId.BinanceSpot,
        "binance-usdm" => VenueId.BinanceUsdm,
        _ => null,
    };

    /// <summary>The word of a venue; null for none.</summary>
    public static string? WordOf(VenueId venue) => venue switch
    {
        VenueId.Upbit => "upbit",
        VenueId.BinanceSpot => "binance-spot",
        VenueId.BinanceUsdm => "binance-usdm",
        _ => null,
    };

    /// <summary>Reads a recording format.</summary>
    /// <exception cref="CliException">No such format.</exception>
    public static RecordingFormat ParseFormat(string? word) => word switch
    {
        null => RecordingFormat.Detect,
        "frames" => RecordingFormat.Frames,
        "python" => RecordingFormat.PythonDict,
        "jsonl" => RecordingFormat.JsonLines,
        "csv" => RecordingFormat.CsvRecords,
        "polled-csv" => RecordingFormat.PolledBookCsv,
        "tardis" => RecordingFormat.Tardis,
        "hftbacktest" => RecordingFormat.Hftbacktest,
        _ => throw new CliException(ExitCode.Usage, $"--format is '{word}'; give frames, python, jsonl, csv, polled-csv, tardis or hftbacktest."),
    };

    /// <summary>The built-in registry, with the market of --tick and --lot on top.</summary>
    /// <exception cref="CliException">--tick, --lot or --symbol is no market's.</exception>
    public static InstrumentCatalog Catalog(RunSettings settings)
    {
        if (settings.Tick is null)
            return DefaultInstruments.Catalog;
        try
        {
            return DefaultInstruments.CatalogWith(DefaultInstruments.Create(Parse(settings.Venue!), settings.Symbol!, settings.Tick, settings.Lot!, settings.Quote));
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            throw new CliException(ExitCode.Usage, $"--symbol {settings.Symbol} --tick {settings.Tick} --lot {settings.Lot}: {problem.Message}", problem);
        }
    }
}
