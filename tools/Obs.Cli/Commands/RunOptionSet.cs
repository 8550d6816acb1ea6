using System;
using System.CommandLine;
using System.Globalization;
using Obs.Cli.Runs;

namespace Obs.Cli.Commands;

/// <summary>The options shared by every command that runs the engine over a recording or journal, and their reading into <see cref="RunSettings"/>.</summary>
internal sealed class RunOptionSet
{
    private readonly Option<string?> _venue = new("--venue") { Description = "Whose frames they are: upbit, binance-spot or binance-usdm." };
    private readonly Option<string[]> _inputs = new("--input") { Description = "Recording (plain, gz or zip). May repeat: the files are one stream.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _journal = new("--journal") { Description = "Replay this journal folder instead of recordings." };
    private readonly Option<string?> _symbol = new("--symbol") { Description = "Only this market, e.g. KRW-BTC or BTCUSDT." };
    private readonly Option<string?> _format = new("--format") { Description = "Recording format; found by content when left out." };
    private readonly Option<string?> _tick = new("--tick") { Description = "Price step of a market the registry lacks, e.g. 0.01." };
    private readonly Option<string?> _lot = new("--lot") { Description = "Size step of a market the registry lacks, e.g. 0.001." };
    private readonly Option<string?> _from = new("--from") { Description = "First receive time: ns since 1970, or ISO 8601 UTC." };
    private readonly Option<string?> _to = new("--to") { Description = "Last receive time: ns since 1970, or ISO 8601 UTC." };
    private readonly Option<long?> _untilSeq = new("--until-seq") { Description = "Stop after this engine sequence." };
    private readonly Option<long?> _snapshot = new("--snapshot") { Description = "With --journal: start from the snapshot at or before this sequence." };
    private readonly Option<string?> _model = new("--model") { Description = "Model file (.safetensors)." };
    private readonly Option<string?> _strategy = new("--strategy") { Description = "threshold (needs --model) or imbalance. Default: threshold with --model, else none." };
    private readonly Option<double?> _threshold = new("--threshold") { Description = "Bound of the strategy. Default 0.0005 (threshold), 0.6 (imbalance)." };
    private readonly Option<decimal?> _fee = new("--fee") { Description = "Maker and taker fee as a fraction, e.g. 0.0005. Default: the venue's." };
    private readonly Option<decimal?> _maker = new("--maker") { Description = "Maker fee as a fraction; wins over --fee." };
    private readonly Option<decimal?> _taker = new("--taker") { Description = "Taker fee as a fraction; wins over --fee." };
    private readonly Option<string> _cost = new("--cost") { Description = "What a signal must earn back: fee, or full (spread + two fees).", DefaultValueFactory = static _ => "fee" };
    private readonly Option<decimal?> _cash = new("--cash") { Description = "Starting cash. Default 10,000,000 KRW or 10,000 USDT." };
    private readonly Option<decimal> _orderSize = new("--order-size") { Description = "Order size in base currency. Default: the smallest that can be bought and sold again." };
    private readonly Option<int> _window = new("--window") { Description = "Trades in the windows of the trade features.", DefaultValueFactory = static _ => 30 };
    private readonly Option<int> _obiLevels = new("--obi-levels") { Description = "Levels a side of obi where the venue sends no totals.", DefaultValueFactory = static _ => 15 };
    private readonly Option<string?> _risk = new("--risk") { Description = "Risk settings file (JSON); see docs/reference/risk.md." };
    private readonly Option<string> _layout = new("--layout") { Description = "Threads: fused or split. Default: split with 4 cores or more.", DefaultValueFactory = static _ => "auto" };
    private readonly Option<bool> _pin = new("--pin") { Description = "Pin the engine's threads to cores (Linux)." };
    private readonly Option<string> _speed = new("--speed") { Description = "max, or a multiple of recorded pace (1 = as recorded).", DefaultValueFactory = static _ => "max" };
    private readonly Option<string?> _out = new("--out") { Description = "Folder for the CSV files; created when missing." };
    private readonly Option<string?> _orders = new("--orders") { Description = "Script of orders (CSV) to run instead of a strategy." };
    private readonly Option<bool> _compatible = new("--compatible") { Description = "Library-compatible paper venue: risk lifted, quality gate and timers off." };
    private readonly Option<string> _queue = new("--queue") { Description = "Queue model: riskadverse, powerprob[N], powerprob2[:N], powerprob3, logprob, logprob2.", DefaultValueFactory = static _ => "riskadverse" };
    private readonly Option<string> _exchange = new("--exchange") { Description = "Fill model: partial or nopartial.", DefaultValueFactory = static _ => "partial" };
    private readonly Option<double> _entryMs = new("--entry-ms") { Description = "Latency of a request to the venue, ms.", DefaultValueFactory = static _ => 10 };
    private readonly Option<double> _responseMs = new("--response-ms") { Description = "Latency of a report from the venue, ms.", DefaultValueFactory = static _ => 10 };
    private readonly Option<string?> _latencies = new("--latency-file") { Description = "Recorded order latencies (CSV req_ns,exch_ns,resp_ns) to interpolate instead." };
    private readonly Option<long> _clockOffset = new("--clock-offset-ns") { Description = "Venue clock minus recorder clock, ns." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Stop at the first bad line of a recording." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on stdout." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] all =
        [
            _venue, _inputs, _journal, _symbol, _format, _tick, _lot, _from, _to, _untilSeq, _snapshot, _model, _strategy, _threshold,
            _fee, _maker, _taker, _cost, _cash, _orderSize, _window, _obiLevels, _risk, _layout, _pin, _speed, _out, _orders, _compatible,
            _queue, _exchange, _entryMs, _responseMs, _latencies, _clockOffset, _strict, _json,
        ];
        foreach (Option option in all)
            command.Options.Add(option);
    }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="CliException">An option contradicts another or has no meaning.</exception>
    public RunSettings Read(ParseResult result)
    {
        RunSettings settings = new()
        {
            Venue = result.GetValue(_venue),
            Inputs = result.GetValue(_inputs) ?? [],
            Journal = result.GetValue(_journal),
            Symbol = result.GetValue(_symbol),
            Format = result.GetValue(_format),
            Tick = result.GetValue(_tick),
            Lot = result.GetValue(_lot),
            FromNs = ParseTime("--from", result.GetValue(_from), long.MinValue),
            ToNs = ParseTime("--to", result.GetValue(_to), long.MaxValue),
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
            RiskPath = result.GetValue(_risk),
            Layout = result.GetValue(_layout)!,
            Pin = result.GetValue(_pin),
            Speed = ParseSpeed(result.GetValue(_speed)!),
            OutFolder = result.GetValue(_out),
            OrdersPath = result.GetValue(_orders),
            Compatible = result.GetValue(_compatible),
            Queue = result.GetValue(_queue)!,
            Exchange = result.GetValue(_exchange)!,
            EntryLatencyNs = ToNs("--entry-ms", result.GetValue(_entryMs)),
            ResponseLatencyNs = ToNs("--response-ms", result.GetValue(_responseMs)),
            LatencyPath = result.GetValue(_latencies),
            ClockOffsetNs = result.GetValue(_clockOffset),
            Strict = result.GetValue(_strict),
            Json = result.GetValue(_json),
        };
        settings.Check();
        return settings;
    }

    private static long ParseTime(string option, string? text, long missing)
    {
        if (text is null)
            return missing;
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long ns))
            return ns;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            return (time.UtcTicks - DateTime.UnixEpoch.Ticks) * 100;
        throw new CliException(ExitCode.Usage, $"{option} is '{text}'; give ns since 1970 or a time such as 2024-08-08T23:55:00Z.");
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
