using System.IO;
using Obs.Core.Engine;
using Obs.Core.Market;
using Obs.Core.Recordings.Cache;

namespace Obs.Cli.Runs;

/// <summary>The decoded form of a journal: made once, read by every later run that asks for it.</summary>
internal static class DecodedImport
{
    /// <summary>Writes the decoded cache of a journal into its folder.</summary>
    /// <returns>Frames decoded.</returns>
    public static long Write(string folder, RunSettings settings)
    {
        using RunSource source = RunSource.Open(settings with { Journal = folder, Inputs = [], Decoded = false });
        return Write(source, settings);
    }

    /// <summary>Opens the cache of a journal; makes it first where there is none.</summary>
    /// <exception cref="CliException">The run asks for something that was settled when the cache was made.</exception>
    public static DecodedCacheReader Open(RunSource source, RunSettings settings)
    {
        if (settings.Tick is not null)
            throw new CliException(ExitCode.Usage, "--decoded takes the markets as they were when the cache was made: leave --tick and --lot out, or give them to obs import.");
        string path = DecodedCacheBuilder.PathOf(source.Folder);
        if (!File.Exists(path))
            Write(source, settings with { Symbol = null });
        DecodedCacheReader cache = DecodedCacheReader.Open(path, DecodedCacheBuilder.StampOf(source.Folder));
        // only Binance sends frames without a market; everywhere else the cache holds each market's own
        bool hasNameless = cache.Configuration.Venue is VenueId.BinanceSpot or VenueId.BinanceUsdm;
        if (!hasNameless || settings.Symbol is null || cache.Configuration.Symbol is null || settings.Symbol == cache.Configuration.Symbol)
            return cache;
        cache.Dispose();
        throw new CliException(ExitCode.Usage,
            $"--decoded: the cache gave frames without a market to {cache.Configuration.Symbol}, --symbol is {settings.Symbol}; replay without --decoded, or import for {settings.Symbol}.");
    }

    private static long Write(RunSource source, RunSettings settings)
    {
        source.FindDefaultSymbol(Venues.Catalog(settings));
        return DecodedCacheBuilder.Write(source.Folder, Venues.Catalog(settings), source.Configuration, settings.Symbol ?? source.DefaultSymbol);
    }
}
