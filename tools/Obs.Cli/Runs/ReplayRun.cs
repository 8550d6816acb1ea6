using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Obs.Cli.Output;
using Obs.Core.Diagnostics;
using Obs.Core.Engine;
using Obs.Core.Engine.Outputs;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Cli.Runs;

/// <summary>Runs a recording or journal through the engine: at full speed twice (cold with output, then timed), at a pace once after a warm-up.</summary>
internal static class ReplayRun
{
    private const long WarmupSequences = 20_000;

    /// <summary>Runs what the settings ask for.</summary>
    public static RunResult Execute(RunSettings settings)
    {
        bool isPaced = !double.IsInfinity(settings.Speed);
        (EngineOptions options, OrderRequest[] script) = Prepare(settings, isPaced);
        using RunSource source = RunSource.Open(settings);
        if (WithScriptMarket(settings, source, options) is { } settled)
        {
            settings = settled;
            (options, script) = Prepare(settings, isPaced);
        }
        using CsvRunOutput? output = settings.OutFolder is { } folder ? new CsvRunOutput(folder, ScriptKindOf(settings), settings.AllFeatures) : null;
        if (settings.OutFolder is { } runFolder)
            RunFile.Write(runFolder, settings);
        using OutputLogs? log = settings.OutputLog ? OutputLogs.Replace(settings.OutFolder!) : null;
        return isPaced ? Paced(source, settings, options, output, log?.Sink, script) : FullSpeed(source, settings, options, output, log?.Sink, script);
    }

    /// <summary>Runs at a pace and shows the state once a second. Stopped early, the result is that of what was processed.</summary>
    /// <param name="settings">What to run.</param>
    /// <param name="duration">Longest time at the recording's pace, reading it apart; zero for no end.</param>
    /// <param name="onSecond">Shows the state.</param>
    /// <param name="cancel">Stops it.</param>
    public static RunResult Watched(RunSettings settings, TimeSpan duration, Action<LiveStatus, Instrument?, LatencyRecorder> onSecond, CancellationToken cancel)
    {
        (EngineOptions options, _) = Prepare(settings, isEveryFrameTimed: true);
        using RunSource source = RunSource.Open(settings);
        using CsvRunOutput? output = settings.OutFolder is { } folder ? new CsvRunOutput(folder, ScriptKind.None, settings.AllFeatures) : null;
        if (settings.OutFolder is { } runFolder)
            RunFile.Write(runFolder, settings with { Speed = double.PositiveInfinity }); // watched once; a repetition need not wait
        using OutputLogs? log = settings.OutputLog ? OutputLogs.Replace(settings.OutFolder!) : null;
        using EnginePass pass = new(source, settings, options, output, log?.Sink);
        WarmUp(source, settings, options, pass);
        StatusBoard board = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (duration > TimeSpan.Zero)
            stop.CancelAfter(duration);
        Pacer pacer = new(settings.Speed, engine => engine.WriteStatus(board), settings.Pin, stop.Token);
        using Timer timer = new(_ => ShowLatest(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        pass.Run(pacer, [], isVerified: false);
        RunResult result = ResultOf(source, settings, pass, null);
        return result with { IsBeforeFirstFrame = pacer.IsStopped && result.Counters.Frames + result.Counters.Rejected == 0 };

        void ShowLatest()
        {
            LiveStatus status = board.Read();
            onSecond(status, status.Instrument < 0 ? null : pass.Registry[status.Instrument], pass.Engine.Timing);
        }
    }

    /// <summary>Replays the same run with an eye on one order.</summary>
    public static ExplainOutput Explain(RunSettings settings, long orderId)
    {
        settings = settings with { OutFolder = null };
        (EngineOptions options, OrderRequest[] script) = Prepare(settings, isEveryFrameTimed: false);
        using RunSource source = RunSource.Open(settings);
        if (WithScriptMarket(settings, source, options) is { } settled)
        {
            settings = settled;
            (options, script) = Prepare(settings, isEveryFrameTimed: false);
        }
        ExplainOutput output = new(orderId);
        using EnginePass pass = new(source, settings, options, output);
        pass.Run(null, script, isVerified: false);
        return output;
    }

    private static RunResult FullSpeed(RunSource source, RunSettings settings, EngineOptions options, EngineOutput? output, OutputLogSink? log, OrderRequest[] script)
    {
        TotalsOutput totals = new(output);
        using EnginePass cold = new(source, settings, options, output is null && script.Length == 0 ? null : totals, log);
        cold.Run(null, script, isVerified: false);
        using EnginePass timed = new(source, settings, options, output: null);
        timed.Prepare(cold.Registry);
        timed.Run(null, script, isVerified: true);
        if (timed.Engine.StateHash != cold.Engine.StateHash)
            throw new InvalidOperationException($"Two passes over the same records gave different states ({cold.Engine.StateHash:x16}, {timed.Engine.StateHash:x16}).");
        return ResultOf(source, settings, timed, script.Length > 0 ? totals : null) with { ColdSeconds = cold.Seconds };
    }

    private static RunResult Paced(RunSource source, RunSettings settings, EngineOptions options, EngineOutput? output, OutputLogSink? log, OrderRequest[] script)
    {
        TotalsOutput totals = new(output);
        using EnginePass paced = new(source, settings, options, output is null && script.Length == 0 ? null : totals, log);
        WarmUp(source, settings, options, paced);
        paced.Run(new Pacer(settings.Speed, isSpinning: settings.Pin), script, isVerified: false);
        return ResultOf(source, settings, paced, script.Length > 0 ? totals : null);
    }

    // compiles every stage, and opens the markets that the first records name, before the first frame is due
    private static void WarmUp(RunSource source, RunSettings settings, EngineOptions options, EnginePass pass)
    {
        using EnginePass warmup = new(source, settings with { UntilSequence = Math.Min(settings.UntilSequence, WarmupSequences) }, options, output: null);
        warmup.Run(null, [], isVerified: false);
        pass.Prepare(warmup.Registry);
    }

    // everything that can be wrong with the command line and its small files is found before a recording is read
    private static (EngineOptions Options, OrderRequest[] Script) Prepare(RunSettings settings, bool isEveryFrameTimed)
    {
        EngineOptions options = EngineOptionsFactory.Create(settings, isEveryFrameTimed);
        OrderRequest[] script = ReadScript(settings, options);
        if (settings.OutFolder is { } folder)
            OutFolder.Check(folder);
        // compatible runs know no limit, so every order of the script must find a place to rest
        if (settings.Compatible && script.Length > options.Paper.MaxRestingPerSide)
            options = options with { Paper = options.Paper with { MaxRestingPerSide = Math.Min(script.Length, PaperVenueOptions.RestingPerSideMax) } };
        return (options, script);
    }

    // a script names no market: where the command line does not either, it is the only one of the recording
    private static RunSettings? WithScriptMarket(RunSettings settings, RunSource source, EngineOptions options) =>
        settings.OrdersPath is null || HasScriptMarket(settings) ? null : settings with
        {
            Venue = settings.Venue ?? (source.Configuration is { } configuration ? Venues.WordOf(configuration.Venue) : null)
                ?? throw new CliException(ExitCode.Usage, "--orders with this journal needs --venue: the journal names none, and the script's prices are read with that venue's steps."),
            Symbol = settings.Symbol ?? source.OnlySymbol(options.Catalog)
                ?? throw new CliException(ExitCode.Usage, "--orders needs --symbol: the script names no market, and the recording shows none or several."),
        };

    private static bool HasScriptMarket(RunSettings settings) => settings.Venue is not null && settings.Symbol is not null;

    private static ScriptKind ScriptKindOf(RunSettings settings) =>
        settings.OrdersPath is null ? ScriptKind.None : settings.Compatible ? ScriptKind.Compatible : ScriptKind.Product;

    /// <summary>The requests of the settings' script; empty without one, and while its market is not known.</summary>
    /// <exception cref="CliException">The script or its market cannot be used.</exception>
    public static OrderRequest[] ReadScript(RunSettings settings, EngineOptions options)
    {
        if (settings.OrdersPath is null || !HasScriptMarket(settings))
            return [];
        return options.Catalog.TryCreate(Venues.Parse(settings.Venue!), System.Text.Encoding.UTF8.GetBytes(settings.Symbol!), out Instrument? instrument)
            ? OrderScript.Read(settings.OrdersPath, instrument)
            : throw new CliException(ExitCode.BadInput, $"--symbol {settings.Symbol} is not in the registry; add --tick and --lot.");
    }

    private static string? FirstFault(RunSource source, RunSettings settings, EngineCore engine) =>
        settings.Journal is null && (engine.Counters.Rejected > 0 || source.Import?.BadLines > 0) ? RecordingImport.FirstFault(settings) : null;

    // a snapshot that names no market is taken for --symbol's: alone, it does not show that the recording holds that market
    private static bool IsShown(RunSource source, RunSettings settings, EngineCore engine) =>
        settings.Symbol is not { } symbol || engine.Counters.Books > 0 || engine.Counters.Trades > 0 || engine.Markets.Count == 0
        || source.Names(symbol, engine.Options.Catalog);

    private static bool IsBeforeFirstFrame(RunSource source, RunSettings settings, EngineCore engine) =>
        source.HasSettings && engine.Counters.Frames + engine.Counters.Rejected == 0 && settings is { FromNs: long.MinValue, ToNs: long.MaxValue, UntilSequence: long.MaxValue };

    private static RunResult ResultOf(RunSource source, RunSettings settings, EnginePass pass, TotalsOutput? totals)
    {
        EngineCore engine = pass.Engine;
        long lines = engine.Counters.Frames + engine.Counters.Rejected;
        string? firstFault = FirstFault(source, settings, engine);
        return new RunResult
        {
            Counters = engine.Counters,
            LastSequence = engine.Sequence,
            StateHash = engine.StateHash,
            Markets = IsShown(source, settings, engine)
                ? [.. engine.Markets.Select(market => MarketOf(market, engine.Options) with { TickersComparedFrom = pass.RestoredSequence })]
                : [],
            Latency = Latencies(engine.Timing.Raw),
            StallFreeLatency = Latencies(engine.Timing.StallFree),
            IsBeforeFirstFrame = IsBeforeFirstFrame(source, settings, engine),
            RejectsByReason = Counts(engine.RejectsByReason, static code => CsvWords.Of((RejectReason)code)),
            RejectedFramesByReason = Counts(engine.RejectedByReason, static code => ((DecodeStatus)code).ToString()),
            AllocatedBytesPerFrame = lines == 0 ? 0 : (double)pass.AllocatedBytes / lines,
            FramesPerSecond = pass.Seconds == 0 ? 0 : lines / pass.Seconds,
            TimedSeconds = pass.Seconds,
            ImportSeconds = source.ImportSeconds,
            BadLines = source.Import?.BadLines ?? 0,
            FirstFault = firstFault,
            Totals = totals?.Sum(),
            Settings = pass.SettingsInForce,
            SettingsRecords = pass.SettingsRecords,
            Risk = engine.Options.Risk,
            Notes = NotesOf(source, settings, pass, firstFault),
        };
    }

    private static MarketResult MarketOf(MarketPipeline market, EngineOptions options)
    {
        Ledger ledger = market.Ledger;
        Instrument instrument = market.Instrument;
        TopOfBook top = market.Top;
        return new MarketResult
        {
            Symbol = instrument.Symbol,
            QuoteCurrency = instrument.QuoteCurrency,
            StartingCash = options.CashFor(instrument.QuoteCurrency),
            MakerFee = (options.Fees?.MakerRate / (decimal)MoneyScale.RateUnit) ?? instrument.MakerFee,
            TakerFee = (options.Fees?.TakerRate / (decimal)MoneyScale.RateUnit) ?? instrument.TakerFee,
            OrderSize = top.Ask.Size > Size.Zero ? OrderSizeOf(market, options, top.Ask.Price) : null,
            Quality = market.Quality.ToString(),
            Bid = top.Bid.Size > Size.Zero ? instrument.ToDecimal(top.Bid.Price).ToString(CultureInfo.InvariantCulture) : null,
            Ask = top.Ask.Size > Size.Zero ? instrument.ToDecimal(top.Ask.Price).ToString(CultureInfo.InvariantCulture) : null,
            Position = ledger.PositionMantissa / PowersOfTen.AsDecimal[instrument.SizeDecimals],
            RealizedPnl = ledger.Scale.ToDecimal(ledger.RealizedPnl),
            UnrealizedPnl = market.LastSyncedBidPlusAsk == 0 ? 0 : ledger.Scale.ToDecimal(ledger.UnrealizedPnl(market.LastSyncedBidPlusAsk)),
            Fees = ledger.Scale.ToDecimal(ledger.FeesPaid),
            OptimisticShare = market.Honesty.OptimisticShare,
            Gaps = market.Honesty.Gaps,
            FillsInGaps = market.Honesty.ExecutionsInGaps,
            TickerMatches = market.TickerMatches,
            TickerMismatches = market.TickerMismatches,
        };
    }

    private static decimal OrderSizeOf(MarketPipeline market, EngineOptions options, Price price)
    {
        Instrument instrument = market.Instrument;
        Size asked = new((long)(options.OrderSize * PowersOfTen.AsDecimal[instrument.SizeDecimals]));
        return instrument.ToDecimal(new OrderPlanner(instrument, market.Ledger, asked).SizeAt(price));
    }

    private static List<StageLatency> Latencies(Func<EngineStage, LatencyHistogram> family)
    {
        List<StageLatency> stages = [];
        foreach (EngineStage stage in Enum.GetValues<EngineStage>())
        {
            LatencyHistogram histogram = family(stage);
            string name = char.ToLowerInvariant(stage.ToString()[0]) + stage.ToString()[1..];
            stages.Add(new StageLatency(name, histogram.Count, histogram.ValueAtPercentile(50), histogram.ValueAtPercentile(99), histogram.ValueAtPercentile(99.9), histogram.Max));
        }
        return stages;
    }

    private static Dictionary<string, long> Counts(ReadOnlySpan<long> counts, Func<int, string> nameOf)
    {
        Dictionary<string, long> byName = [];
        for (int code = 1; code < counts.Length; code++)
        {
            if (counts[code] > 0)
                byName[$"{code} {nameOf(code)}"] = counts[code];
        }
        return byName;
    }

    private static List<string> NotesOf(RunSource source, RunSettings settings, EnginePass pass, string? firstFault)
    {
        EngineCore engine = pass.Engine;
        List<string> notes = [.. source.Import?.Notes ?? []];
        if (firstFault is not null)
            notes.Add($"not everything could be read; the first: {firstFault}");
        if (IsBeforeFirstFrame(source, settings, engine))
            notes.Add("the run that wrote this journal was stopped before its first frame: it holds settings and timers, nothing to trade on");
        if (pass.SettingsRecords > 0)
            notes.Add($"settings come from the journal (records of settings: {pass.SettingsRecords}){(settings.Overrides.Length == 0 ? "" : $"; what if: {string.Join(", ", settings.Overrides)} of this command line win over them")}");
        if (source.FirstSequence > 1)
            notes.Add($"the journal begins with sequence {source.FirstSequence} (older segments were deleted); the run began with the snapshot at {pass.RestoredSequence}");
        string[] currencies = [.. engine.Markets.Select(static market => market.Instrument.QuoteCurrency).Distinct()];
        if (currencies.Length > 1)
            notes.Add($"amounts in {string.Join(", ", currencies)} are not added up: the first stands above, byCurrency has one sum for each");
        if (pass.RestoredSequence > 0)
            notes.Add($"tickers are compared from sequence {pass.RestoredSequence} on: a snapshot does not keep their count");
        if (settings.Compatible)
            notes.Add("compatible mode: risk limits lifted (no cash, inventory, size, collar, rate or self-trade check), quality gate and timers off, trades before the snapshot do nothing");
        if (source.Import is { ClockSteps: > 0 } import)
            notes.Add($"the receive clock goes back {import.ClockSteps} times, first at {import.FirstClockStep}");
        long gaps = engine.Markets.Sum(static market => market.Honesty.Gaps);
        if (gaps > 0)
            notes.Add($"the book ceased to be Synced {gaps} times while orders rested or were on their way; {engine.Markets.Sum(static market => market.Honesty.ExecutionsInGaps)} of the executions were made by public trades in those gaps");
        return notes;
    }
}
