using System;
using System.Globalization;
using System.IO;
using Obs.Core.Engine;
using Obs.Core.Trading;

namespace Obs.Cli.Runs;

/// <summary>What one run was asked to do, as read from the command line; every field is echoed in the result.</summary>
internal sealed record RunSettings
{
    // far beyond any real account, far below what the money types hold
    private const decimal CashMax = 1_000_000_000_000_000m;
    private const decimal OrderSizeMin = 0.00000001m;
    private const decimal OrderSizeMax = 10_000_000_000m;
    private const decimal FeeMax = 0.1m;
    private const double SpeedMin = 0.001;
    private const double SpeedMax = 1_000_000;
    private const long ClockOffsetMaxNs = 86_400_000_000_000;

    /// <summary>Venue word, or null when a journal says it.</summary>
    public string? Venue { get; init; }

    /// <summary>Recordings, one stream in this order.</summary>
    public string[] Inputs { get; init; } = [];

    /// <summary>Journal folder, or null.</summary>
    public string? Journal { get; init; }

    /// <summary>Read the journal from its decoded cache.</summary>
    public bool Decoded { get; init; }

    /// <summary>Only this market.</summary>
    public string? Symbol { get; init; }

    /// <summary>Recording format, or null to find it by content.</summary>
    public string? Format { get; init; }

    /// <summary>Price step override.</summary>
    public string? Tick { get; init; }

    /// <summary>Size step override.</summary>
    public string? Lot { get; init; }

    /// <summary>Quote currency of the overridden market, or null to read it from its name.</summary>
    public string? Quote { get; init; }

    /// <summary>First receive time, ns.</summary>
    public long FromNs { get; init; } = long.MinValue;

    /// <summary>Last receive time, ns.</summary>
    public long ToNs { get; init; } = long.MaxValue;

    /// <summary>Last engine sequence.</summary>
    public long UntilSequence { get; init; } = long.MaxValue;

    /// <summary>Start from the newest snapshot at or before this sequence.</summary>
    public long? SnapshotSequence { get; init; }

    /// <summary>Store a snapshot every so many journal records; 0 = none.</summary>
    public long SnapshotEvery { get; init; }

    /// <summary>Model file.</summary>
    public string? ModelPath { get; init; }

    /// <summary>threshold, imbalance or null for the default.</summary>
    public string? Strategy { get; init; }

    /// <summary>Bound of the strategy, or null for its default.</summary>
    public double? Threshold { get; init; }

    /// <summary>Maker fee as a fraction, or null for the venue's.</summary>
    public decimal? MakerFee { get; init; }

    /// <summary>Taker fee as a fraction, or null for the venue's.</summary>
    public decimal? TakerFee { get; init; }

    /// <summary>fee or full.</summary>
    public string Cost { get; init; } = "fee";

    /// <summary>Starting cash, or null for the default of the quote currency.</summary>
    public decimal? Cash { get; init; }

    /// <summary>Order size in base currency; 0 = smallest.</summary>
    public decimal OrderSize { get; init; }

    /// <summary>Trades in the feature windows.</summary>
    public int TradeWindow { get; init; } = 30;

    /// <summary>Levels of obi.</summary>
    public int ObiLevels { get; init; } = 15;

    /// <summary>Least stale limit of a book, ms.</summary>
    public double StaleMs { get; init; } = 2_000;

    /// <summary>Risk settings file.</summary>
    public string? RiskPath { get; init; }

    /// <summary>Limits as values, from a journal's record; null = those of <see cref="RiskPath"/>.</summary>
    public RiskOptions? Risk { get; init; }

    /// <summary>Options that win over the settings a live journal records; empty = the journal's apply.</summary>
    public string[] Overrides { get; init; } = [];

    /// <summary>auto, fused or split.</summary>
    public string Layout { get; init; } = "auto";

    /// <summary>Pin threads.</summary>
    public bool Pin { get; init; }

    /// <summary>Multiple of recorded pace; infinity = as fast as possible.</summary>
    public double Speed { get; init; } = double.PositiveInfinity;

    /// <summary>Folder for CSV files.</summary>
    public string? OutFolder { get; init; }

    /// <summary>Write the output log into the output folder.</summary>
    public bool OutputLog { get; init; }

    /// <summary>Write every feature to features_all.csv in the output folder.</summary>
    public bool AllFeatures { get; init; }

    /// <summary>Script of orders.</summary>
    public string? OrdersPath { get; init; }

    /// <summary>Library-compatible mode.</summary>
    public bool Compatible { get; init; }

    /// <summary>Queue model.</summary>
    public string Queue { get; init; } = "riskadverse";

    /// <summary>partial or nopartial.</summary>
    public string Exchange { get; init; } = "partial";

    /// <summary>Request latency, ns.</summary>
    public long EntryLatencyNs { get; init; } = 10_000_000;

    /// <summary>Report latency, ns.</summary>
    public long ResponseLatencyNs { get; init; } = 10_000_000;

    /// <summary>Recorded order latencies.</summary>
    public string? LatencyPath { get; init; }

    /// <summary>Venue clock minus recorder clock, ns.</summary>
    public long ClockOffsetNs { get; init; }

    /// <summary>Stop at the first bad line.</summary>
    public bool Strict { get; init; }

    /// <summary>Print JSON.</summary>
    public bool Json { get; init; }

    /// <summary>The strategy that runs: given, or threshold with a model, or none.</summary>
    public string EffectiveStrategy => Strategy ?? (ModelPath is null || OrdersPath is not null ? "none" : "threshold");

    /// <summary>The bound that applies.</summary>
    public double EffectiveThreshold => Threshold ?? (EffectiveStrategy == "imbalance" ? 0.6 : 0.0005);

    /// <summary>The layout that applies: split pays with four cores or more.</summary>
    public string EffectiveLayout => Layout != "auto" ? Layout : ThreadPlan.DefaultLayout(Environment.ProcessorCount);

    /// <summary>Whether the layout that applies is split.</summary>
    public bool IsSplit => EffectiveLayout == "split";

    /// <summary>The cores of the run's threads; none where they are not pinned.</summary>
    public ThreadPlan Threads => Pin ? ThreadPlan.Of(IsSplit, Environment.ProcessorCount) : default;

    /// <summary>Refuses settings that contradict each other.</summary>
    /// <exception cref="CliException">With the remedy.</exception>
    public void Check()
    {
        Require(Strategy is null or "threshold" or "imbalance" or "none", $"--strategy is '{Strategy}'; give threshold, imbalance or none.");
        Require(EffectiveStrategy != "threshold" || ModelPath is not null, "--strategy threshold needs --model FILE.");
        Require(!Decoded || Journal is not null, "--decoded needs --journal DIR: the cache lies in the journal's folder (obs import --decoded).");
        Require(Cost is "fee" or "full", $"--cost is '{Cost}'; give fee or full.");
        Require(Layout is "auto" or "fused" or "split", $"--layout is '{Layout}'; give fused or split.");
        Require(Exchange is "partial" or "nopartial", $"--exchange is '{Exchange}'; give partial or nopartial.");
        Require(TradeWindow is >= 2 and <= 10_000, $"--window is {TradeWindow}; set it between 2 and 10000.");
        Require(StaleMs is >= 1 and <= 86_400_000, $"--stale-ms is {StaleMs.ToString(System.Globalization.CultureInfo.InvariantCulture)}; set it between 1 and 86400000.");
        Require(ObiLevels is >= 1 and <= 1_000, $"--obi-levels is {ObiLevels}; set it between 1 and 1000.");
        Require(Threshold is null or (>= 0 and <= 1), $"--threshold is {Text(Threshold)}; set it between 0 and 1.");
        Require(Cash is null or (> 0 and <= CashMax), $"--cash is {Text(Cash)}; give an amount of quote currency above 0 and up to {Text(CashMax)}.");
        Require(OrderSize is 0 or (>= OrderSizeMin and <= OrderSizeMax), $"--order-size is {Text(OrderSize)}; give a size in base currency between {Text(OrderSizeMin)} and {Text(OrderSizeMax)}.");
        Require(TakerFee is null or (>= 0 and <= FeeMax), $"--fee or --taker is {Text(TakerFee)}; give a fraction between 0 and {Text(FeeMax)}, 0.0005 means 0.05 %.");
        Require(MakerFee is null or (>= -FeeMax and <= FeeMax), $"--fee or --maker is {Text(MakerFee)}; give a fraction between -{Text(FeeMax)} (a rebate) and {Text(FeeMax)}.");
        Require((MakerFee is null) == (TakerFee is null), "Give --maker and --taker together, or --fee for both.");
        Require(double.IsInfinity(Speed) || Speed is >= SpeedMin and <= SpeedMax, $"--speed is {Text(Speed)}; give max, or a multiple of recorded pace between {Text(SpeedMin)} and {Text(SpeedMax)}.");
        Require(ClockOffsetNs is >= -ClockOffsetMaxNs and <= ClockOffsetMaxNs, $"--clock-offset-ns is {ClockOffsetNs}; clocks more than a day ({ClockOffsetMaxNs} ns) apart are no clocks.");
        Require(UntilSequence >= 1, $"--until-seq is {UntilSequence}; the first record has sequence 1.");
        Require(SnapshotSequence is null or >= 0, $"--snapshot is {SnapshotSequence}; give a journal sequence.");
        Require(FromNs == long.MinValue || (SnapshotSequence is null && SnapshotEvery == 0), "--from begins a run of its own: leave --snapshot and --snapshot-every out.");
        Require(SnapshotSequence is null || Journal is not null, "--snapshot starts from a journal's snapshots: give --journal DIR.");
        Require(SnapshotEvery >= 0 && (SnapshotEvery == 0 || Journal is not null), "--snapshot-every stores snapshots beside a journal: give --journal DIR and a positive number.");
        Require(!AllFeatures || OutFolder is not null, "--all-features writes a file: give --out DIR.");
        Require(!OutputLog || OutFolder is not null, "--output-log writes into a folder: give --out DIR.");
        Require(!Compatible || OrdersPath is not null, "--compatible runs a script of orders: give --orders FILE.");
    }

    /// <summary>Refuses inputs that contradict each other or are not there.</summary>
    /// <exception cref="CliException">With the remedy.</exception>
    public void CheckInputs()
    {
        Require((Inputs.Length > 0) != (Journal is not null), "Give either --input FILE… or --journal DIR.");
        Require(Journal is not null || Venues.TryParse(Venue) is not null,
            $"{(Venue is null ? "--venue is missing" : $"--venue is '{Venue}'")}; give {Venues.Words}.");
        Require(FromNs <= ToNs, "--from lies after --to.");
        Require((Tick is null) == (Lot is null), "Give --tick and --lot together.");
        Require(Quote is null || Tick is not null, "--quote belongs to a market described by --tick and --lot: give them too.");
        Require(Quote is null || Venue != "upbit", "--quote has no meaning on upbit: its market codes begin with it.");
        Require(Tick is null || Symbol is not null, "--tick and --lot describe one market: name it with --symbol.");
        foreach (string input in Inputs)
        {
            if (Directory.Exists(input))
                throw new CliException(ExitCode.BadInput, $"--input {input}: is a folder; name the files in it (the option may repeat), or replay a journal with --journal.");
            if (!File.Exists(input))
                throw new CliException(ExitCode.BadInput, $"--input {input}: there is no such file.");
        }
    }

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    private static void Require(bool condition, string problem)
    {
        if (!condition)
            throw new CliException(ExitCode.Usage, problem);
    }
}
