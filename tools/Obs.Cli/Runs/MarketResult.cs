namespace Obs.Cli.Runs;

/// <summary>Where one market stands at the end of a run.</summary>
internal sealed record MarketResult
{
    /// <summary>The market.</summary>
    public required string Symbol { get; init; }

    /// <summary>Quote currency of the amounts.</summary>
    public required string QuoteCurrency { get; init; }

    /// <summary>Cash the account started with.</summary>
    public required decimal StartingCash { get; init; }

    /// <summary>Maker fee that applies, as a fraction.</summary>
    public required decimal MakerFee { get; init; }

    /// <summary>Taker fee that applies, as a fraction.</summary>
    public required decimal TakerFee { get; init; }

    /// <summary>Size of an order at the best ask of the end, base currency; null without an ask.</summary>
    public decimal? OrderSize { get; init; }

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

    /// <summary>Times the book ceased to be Synced while orders rested or were on their way.</summary>
    public long Gaps { get; init; }

    /// <summary>Executions by public trades in those gaps.</summary>
    public long FillsInGaps { get; init; }

    /// <summary>Journal sequence behind which tickers were compared: that of the snapshot the run began with, 0 for the whole run.</summary>
    public long TickersComparedFrom { get; init; }

    /// <summary>Book top compared with the venue's own bookTicker: equal.</summary>
    public long TickerMatches { get; init; }

    /// <summary>Book top compared with the venue's own bookTicker: different.</summary>
    public long TickerMismatches { get; init; }
}
