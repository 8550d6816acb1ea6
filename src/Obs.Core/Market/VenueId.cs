namespace Obs.Core.Market;

/// <summary>Where a frame came from, i.e. which decoder and which synchronisation rules it needs. Numbers are on disk: they only grow.</summary>
internal enum VenueId : byte
{
    /// <summary>Not a venue: timers, commands, configuration.</summary>
    None = 0,

    /// <summary>Upbit (Korea): every book frame is complete.</summary>
    Upbit = 1,

    /// <summary>Binance spot: diffs chained by U == previous u + 1.</summary>
    BinanceSpot = 2,

    /// <summary>Binance USD-M futures: diffs chained by pu == previous u.</summary>
    BinanceUsdm = 3,

    /// <summary>Events already decoded, from an importer of a foreign format or from the decoded cache.</summary>
    Decoded = 4,
}
