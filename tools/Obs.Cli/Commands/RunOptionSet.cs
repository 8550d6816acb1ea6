using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using Obs.Cli.Runs;
using Obs.Core.Simulation;

namespace Obs.Cli.Commands;

/// <summary>The options shared by every command that runs the engine over a recording or journal, and their reading into <see cref="RunSettings"/>.</summary>
internal sealed class RunOptionSet
{
    private const long SnapshotRecordsMax = 1_000_000_000;
    private const decimal SnapshotNsMin = 1e9m;
    private const decimal SnapshotNsMax = 60m * DurationOption.Days;

    private readonly RunInputOptions _inputs = new();
    private readonly Option<string?> _journal = new("--journal") { Description = "Replay this journal folder instead of recordings." };
    private readonly Option<bool> _decoded = new("--decoded") { Description = "With --journal: read its decoded cache (obs import --decoded); made when missing." };
    private readonly Option<long?> _untilSeq = new("--until-seq") { Description = "Stop after this engine sequence." };
    private readonly Option<long?> _snapshot = new("--snapshot") { Description = "With --journal: start from the snapshot at or before this sequence." };
    private readonly Option<string?> _snapshotEvery = new("--snapshot-every") { Description = "Store a snapshot every so many records (100000); in up also every so long (30s, 5m, 2h), default 60s, 0 only at the end. In replay with --journal." };
    private readonly Option<string?> _model = new("--model") { Description = "Model file (.safetensors)." };
    private readonly Option<string?> _strategy = new("--strategy") { Description = "threshold (needs --model), imbalance or none. Default: threshold with --model, else none; in up threshold with the built-in model." };
    private readonly Option<double?> _threshold = new("--threshold") { Description = "Bound of the strategy. Default 0.0005 (threshold; 0.0001 in up with the built-in model), 0.6 (imbalance)." };
    private readonly Option<decimal?> _fee = new("--fee") { Description = "Maker and taker fee as a fraction, e.g. 0.0005. Default: the venue's; 0 in up on the generated market." };
    private readonly Option<decimal?> _maker = new("--maker") { Description = "Maker fee as a fraction; wins over --fee." };
    private readonly Option<decimal?> _taker = new("--taker") { Description = "Taker fee as a fraction; wins over --fee." };
    private readonly Option<string> _cost = new("--cost") { Description = "What a signal must earn back: fee, or full (spread + two fees).", DefaultValueFactory = static _ => "fee" };
    private readonly Option<decimal?> _cash = new("--cash") { Description = "Starting cash of each market's account. Default by quote currency: 10,000,000 KRW, 10,000 USDT, 0.1 BTC, 3 ETH, …" };
    private readonly Option<decimal> _orderSize = new("--order-size") { Description = "Order size in base currency. Default: the smallest that can be bought and sold again." };
    private readonly Option<int> _window = new("--window") { Description = "Trades in the windows of the trade features.", DefaultValueFactory = static _ => 30 };
    private readonly Option<double> _staleMs = DurationOption.Create("--stale-ms", DurationOption.Milliseconds, 2_000, "A book is Stale after this many ms (or 2s, 1m) without a frame, or after 20 times the market's median gap where that is longer.");
    private readonly Option<int> _obiLevels = new("--obi-levels") { Description = "Levels a side of obi where the venue sends no totals.", DefaultValueFactory = static _ => 15 };
    private readonly Option<string?> _risk = new("--risk") { Description = "Risk settings file (JSON); see docs/reference/risk.md." };
    private readonly Option<string> _layout = new("--layout") { Description = "Threads: fused or split. Default: split with 4 cores or more.", DefaultValueFactory = static _ => "auto" };
    private readonly Option<bool> _pin = new("--pin") { Description = "Pin the engine's threads to cores (Linux)." };
    private readonly Option<string> _speed = new("--speed") { Description = "max, or a multiple of recorded pace (1 = as recorded; up --replay takes 1 when left out).", DefaultValueFactory = static _ => "max" };
    private readonly Option<string?> _out = new("--out") { Description = "Folder for the CSV files; created when missing." };
    private readonly Option<bool> _allFeatures = new("--all-features") { Description = "With --out: also write features_all.csv with every feature OBS computes, to train models on. stateHash then covers what they keep, too." };
    private readonly Option<bool> _outputLog = new("--output-log") { Description = "With --out: also write the output log, every derived record with the sequence that caused it, to outputs in that folder." };
    private readonly Option<string?> _orders = new("--orders") { Description = "Script of orders (CSV) to run instead of a strategy." };
    private readonly Option<bool> _compatible = new("--compatible") { Description = "Library-compatible paper venue: risk lifted, quality gate and timers off." };
    private readonly Option<string> _queue = new("--queue") { Description = "Queue model: riskadverse, powerprob[:n], powerprob2[:n], powerprob3[:n], logprob or logprob2; n = 3 when left out.", DefaultValueFactory = static _ => "riskadverse" };
    private readonly Option<string> _exchange = new("--exchange") { Description = "Fill model: partial or nopartial.", DefaultValueFactory = static _ => "partial" };
    private readonly Option<double> _entryMs = DurationOption.Create("--entry-ms", DurationOption.Milliseconds, 10, "Latency of a request to the venue: ms, or with a unit (800us).");
    private readonly Option<double> _responseMs = DurationOption.Create("--response-ms", DurationOption.Milliseconds, 10, "Latency of a report from the venue: ms, or with a unit (800us).");
    private readonly Option<string?> _latencies = new("--latency-file") { Description = "Recorded order latencies (CSV req_ns,exch_ns,resp_ns) to interpolate instead." };
    private readonly Option<long> _clockOffset = DurationOption.CreateExactNs("--clock-offset-ns", "Venue clock minus recorder clock: ns, or with a unit (-3ms).");
    private Option[] _all = [];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _inputs.AddTo(command);
        _all =
        [
            _journal, _decoded, _untilSeq, _snapshot, _snapshotEvery, _model, _strategy, _threshold, _fee, _maker, _taker, _cost, _cash, _orderSize, _window, _obiLevels, _staleMs,
            _risk, _layout, _pin, _speed, _out, _allFeatures, _outputLog, _orders, _compatible, _queue, _exchange, _entryMs, _responseMs, _latencies, _clockOffset,
        ];
        foreach (Option option in _all)
            command.Options.Add(option);
    }

    /// <summary>Whether --json was given.</summary>
    public bool IsJson(ParseResult result) => _inputs.IsJson(result);

    /// <summary>Whether a fee was given in any of the three ways.</summary>
    public bool IsFeeGiven(ParseResult result) => (result.GetValue(_fee) ?? result.GetValue(_maker) ?? result.GetValue(_taker)) is not null;

    /// <summary>The settings of an earlier run, with the outputs this command line asks for.</summary>
    /// <exception cref="CliException">There is no such run, or an option contradicts another.</exception>
    public RunSettings ReadAgain(ParseResult result, string folder)
    {
        RunSettings settings = RunFile.Read(folder) with
        {
            OutFolder = result.GetValue(_out),
            AllFeatures = result.GetValue(_allFeatures),
            OutputLog = result.GetValue(_outputLog),
            Json = _inputs.IsJson(result),
        };
        settings.Check();
        return settings;
    }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="CliException">An option contradicts another or has no meaning.</exception>
    public RunSettings Read(ParseResult result)
    {
        RunSettings settings = Complete(result, _inputs.Read(result, result.GetValue(_journal)));
        (long records, long ns) = ParseInterval(result.GetValue(_snapshotEvery) ?? "0");
        if (ns != long.MaxValue)
            throw new CliException(ExitCode.Usage, "--snapshot-every takes a number of records here; a time counts in up only.");
        settings = settings with { SnapshotEvery = records == long.MaxValue ? 0 : records, Overrides = settings.Journal is null ? [] : GivenOverrides(result) };
        settings.Check();
        return settings;
    }

    /// <summary>How often up stores snapshots: records and ns between them, either <see cref="long.MaxValue"/> where it does not count.</summary>
    /// <exception cref="CliException">It is neither a number nor a time.</exception>
    public (long Records, long Ns) ReadSnapshotEvery(ParseResult result) => ParseInterval(result.GetValue(_snapshotEvery) ?? "60s");

    /// <summary>Reads the command line of a live run: markets come from elsewhere, the model and a strategy are built in, and no fee is taken
    /// unless one is given.</summary>
    /// <exception cref="CliException">An option contradicts another or has no meaning.</exception>
    public RunSettings ReadLive(ParseResult result)
    {
        RunSettings given = _inputs.ReadUnchecked(result) with { Venue = "upbit" };
        if (Array.Find([.. _inputs.Recordings, _journal, _decoded, _snapshot, _untilSeq, _speed, _out, _orders], option => IsGiven(result, option)) is { } idle)
            throw new CliException(ExitCode.Usage, $"{idle.Name} has no meaning on the generated market; up runs a recording with --replay FILE --venue VENUE, and replay runs everything else.");
        RunSettings settings = Complete(result, given);
        if (!IsFeeGiven(result))
            settings = settings with { MakerFee = 0, TakerFee = 0 };
        return settings.ModelPath is null && settings.Strategy is null or "threshold"
            ? settings with { ModelPath = DemoModel.Path, Threshold = settings.Threshold ?? Demonstration.Threshold }
            : settings;
    }

    /// <summary>Reads the command line of a recording that is watched at its own pace.</summary>
    /// <exception cref="CliException">An option contradicts another or has no meaning.</exception>
    public RunSettings ReadReplay(ParseResult result, string recording)
    {
        if (Array.Find([_inputs.Files, _journal, _decoded, _snapshot, _snapshotEvery, _orders], option => IsGiven(result, option)) is { } idle)
            throw new CliException(ExitCode.Usage, $"{idle.Name} has no meaning beside --replay, which watches one recording and keeps no journal; replay takes it (with --speed 1 at recorded pace).");
        RunSettings given = _inputs.ReadUnchecked(result) with { Inputs = [recording] };
        given.CheckInputs();
        RunSettings settings = Complete(result, given);
        return IsGiven(result, _speed) ? settings : settings with { Speed = 1 };
    }

    private RunSettings Complete(ParseResult result, RunSettings inputs)
    {
        RunSettings settings = inputs with
        {
            Decoded = result.GetValue(_decoded),
            UntilSequence = result.GetValue(_untilSeq) ?? long.MaxValue,
            SnapshotSequence = result.GetValue(_snapshot),
            ModelPath = result.GetValue(_model),
            Strategy = result.GetValue(_strategy),
            Threshold = result.GetValue(_threshold),
            MakerFee = result.GetValue(_maker) ?? result.GetValue(_fee),
            TakerFee = result.GetValue(_taker) ?? result.GetValue(_fee),
            Cost = result.GetValue(_cost)!,
            Cash = result.GetValue(_cash),
            OrderSize = result.GetValue(_orderSize),
            TradeWindow = result.GetValue(_window),
            ObiLevels = result.GetValue(_obiLevels),
            StaleMs = result.GetValue(_staleMs),
            RiskPath = result.GetValue(_risk),
            Layout = result.GetValue(_layout)!,
            Pin = result.GetValue(_pin),
            Speed = ParseSpeed(result.GetValue(_speed)!),
            OutFolder = result.GetValue(_out),
            AllFeatures = result.GetValue(_allFeatures),
            OutputLog = result.GetValue(_outputLog),
            OrdersPath = result.GetValue(_orders),
            Compatible = result.GetValue(_compatible),
            Queue = result.GetValue(_queue)!,
            Exchange = result.GetValue(_exchange)!,
            EntryLatencyNs = ToNs("--entry-ms", result.GetValue(_entryMs)),
            ResponseLatencyNs = ToNs("--response-ms", result.GetValue(_responseMs)),
            LatencyPath = result.GetValue(_latencies),
            ClockOffsetNs = result.GetValue(_clockOffset),
        };
        settings.Check();
        return settings;
    }

    /// <summary>Whether an option was written, not filled in.</summary>
    public static bool IsGiven(ParseResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private string[] GivenOverrides(ParseResult result) =>
        [.. Array.FindAll(_all, option => RunOverrides.IsKnown(option.Name) && IsGiven(result, option)).Select(static option => option.Name)];

    private static (long Records, long Ns) ParseInterval(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long records) && records <= SnapshotRecordsMax)
            return (records == 0 ? long.MaxValue : records, long.MaxValue);
        if (DurationText.TryParseNs(text, out decimal ns) && ns is >= SnapshotNsMin and <= SnapshotNsMax)
            return (long.MaxValue, (long)ns);
        throw new CliException(ExitCode.Usage, $"--snapshot-every is '{text}'; give a number of records such as 100000, a time from 1s to 60d such as 30s, 5m or 2h, or 0.");
    }

    private static double ParseSpeed(string text)
    {
        if (text == "max")
            return double.PositiveInfinity;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double speed) && speed > 0 && double.IsFinite(speed))
            return speed;
        throw new CliException(ExitCode.Usage, $"--speed is '{text}'; give max or a positive multiple of recorded pace, e.g. 1 or 60.");
    }

    private static long ToNs(string option, double ms)
    {
        if (ms is >= 0 and <= 60_000)
            return (long)Math.Round(ms * 1_000_000);
        throw new CliException(ExitCode.Usage, $"{option} is {ms.ToString(CultureInfo.InvariantCulture)}; set it between 0 and 60000 ms.");
    }
}
