namespace Obs.Cli.Runs;

/// <summary>Where one market stands at the end of a run.</summary>
internal sealed record MarketResult
{
    /// <summary>The market.</summary>
    public required string Symbol { get; init; }

    /// <summary>Quality of its book.</summary>
    public required string Quality { get; init; }

    /// <summary>Best bid as text, or null.</summary>
    public string? Bid { get; init; }

    /// <summary>Best ask as text, or null.</summary>
    public string? Ask { get; init; }

    /// <summary>Position in base currency.</summary>
    public decimal Position { get; init; }

    /// <summary>Profit of what was closed, fees apart.</summary>
    public decimal RealizedPnl { get; init; }

    /// <summary>Profit of the open position at the mid of the last Synced book, fees apart.</summary>
    public decimal UnrealizedPnl { get; init; }

    /// <summary>Fees paid.</summary>
    public decimal Fees { get; init; }

    /// <summary>Share of the executed volume that neither book nor tape showed, 0 to 1 (docs/concepts/paper-venue.md).</summary>
    public double OptimisticShare { get; init; }

    /// <summary>Book top compared with the venue's own bookTicker: equal.</summary>
    public long TickerMatches { get; init; }

    /// <summary>Book top compared with the venue's own bookTicker: different.</summary>
    public long TickerMismatches { get; init; }
}
