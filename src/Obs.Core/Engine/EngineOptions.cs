using System;
using Obs.Core.Market;
using Obs.Core.Models;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>Everything that decides what an engine does with a journal. The same options and the same journal give the same bits.</summary>
internal sealed record EngineOptions
{
    /// <summary>Which markets may enter the run, and how they are described.</summary>
    public required InstrumentCatalog Catalog { get; init; }

    /// <summary>Only these markets are processed; null = all. Frames of others are counted as frames and nothing else.</summary>
    public string? Symbol { get; init; }

    /// <summary>Market of frames that name none (REST snapshots); null = the first market seen.</summary>
    public string? DefaultSymbol { get; init; }

    /// <summary>Model, or null.</summary>
    public SequenceModel? Model { get; init; }

    /// <summary>Makes the strategy of one market; null = decide nothing.</summary>
    public Func<IStrategy>? Strategy { get; init; }

    /// <summary>Says which strategy it is, with its bounds: where a change of settings leaves this word as it is, the strategy keeps what it has seen.</summary>
    public string StrategyIdentity { get; init; } = "";

    /// <summary>Paper venue settings.</summary>
    public required PaperVenueOptions Paper { get; init; }

    /// <summary>Limits.</summary>
    public RiskOptions Risk { get; init; } = new();

    /// <summary>Fees; null = the venue's listed ones.</summary>
    public FeeSchedule? Fees { get; init; }

    /// <summary>Starting cash of each market's ledger by quote currency.</summary>
    public Func<string, decimal> CashFor { get; init; } = StartingCash.Of;

    /// <summary>Order size in base currency; 0 = the smallest sensible one (see <see cref="OrderPlanner"/>).</summary>
    public decimal OrderSize { get; init; }

    /// <summary>Trades in the windows of the three trade features. Default 30 (the original's last version).</summary>
    public int TradeWindow { get; init; } = 30;

    /// <summary>Levels a side summed for obi where the venue sends no totals. Default 15 (the original's depth).</summary>
    public int ObiLevels { get; init; } = 15;

    /// <summary>True computes every feature at every row because somebody writes them down.</summary>
    public bool AllFeatures { get; init; }

    /// <summary>Stale limit of a book in ns; default 2 s, or 20 × the median gap when that is longer.</summary>
    public long StaleAfterNs { get; init; } = 2_000_000_000;

    /// <summary>Library-compatible run of scripted orders: risk lifted, quality gate and timers off, trades before the snapshot do nothing.</summary>
    public bool Compatible { get; init; }

    /// <summary>Every Nth frame is timed stage by stage; 1 = all (live), 64 at maximum replay speed.</summary>
    public int TimingInterval { get; init; } = 64;
}
