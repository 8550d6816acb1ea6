using System;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Obs.Core.Journal;
using Obs.Core.Trading;

namespace Obs.Cli.Runs;

/// <summary>The settings record of a live journal: everything that decides what the engine does, as one line of canonical JSON.</summary>
/// <remarks>Whole, not a difference: the newest record before a sequence says what applied there. Files are named by their content and kept beside
/// the journal (<see cref="KeptFiles"/>). Nothing secret is part of it: keys of a venue never are settings. Members are on disk; they only grow.</remarks>
internal sealed record RecordedSettings
{
    private const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Version of this layout; also tells the record from a recording's configuration.</summary>
    [JsonPropertyOrder(-1)]
    public required int SettingsVersion { get; init; }

    /// <summary>threshold, imbalance or none.</summary>
    public required string Strategy { get; init; }

    /// <summary>Bound of the strategy.</summary>
    public required double Threshold { get; init; }

    /// <summary>fee or full.</summary>
    public required string Cost { get; init; }

    /// <summary>obs.hash of the model, or null.</summary>
    public string? Model { get; init; }

    /// <summary>Maker fee as a fraction; null = the venue's.</summary>
    public decimal? MakerFee { get; init; }

    /// <summary>Taker fee as a fraction; null = the venue's.</summary>
    public decimal? TakerFee { get; init; }

    /// <summary>Starting cash; null = the default of the quote currency. A change moves the difference in or out.</summary>
    public decimal? Cash { get; init; }

    /// <summary>Order size in base currency; 0 = smallest.</summary>
    public decimal OrderSize { get; init; }

    /// <summary>Trades in the feature windows.</summary>
    public int TradeWindow { get; init; }

    /// <summary>Levels of obi.</summary>
    public int ObiLevels { get; init; }

    /// <summary>Least stale limit of a book, ms.</summary>
    public double StaleMs { get; init; } = 2_000;

    /// <summary>Queue model of the paper venue.</summary>
    public required string Queue { get; init; }

    /// <summary>Fill model of the paper venue.</summary>
    public required string Exchange { get; init; }

    /// <summary>Request latency, ns.</summary>
    public long EntryLatencyNs { get; init; }

    /// <summary>Report latency, ns.</summary>
    public long ResponseLatencyNs { get; init; }

    /// <summary>SHA-256 of the file of recorded order latencies, or null.</summary>
    public string? Latencies { get; init; }

    /// <summary>Venue clock minus receive clock, ns.</summary>
    public long ClockOffsetNs { get; init; }

    /// <summary>Limits.</summary>
    public required RiskOptions Risk { get; init; }

    /// <summary>What a run was asked for; its files are kept beside the journal.</summary>
    /// <exception cref="CliException">A file is missing or unusable.</exception>
    public static RecordedSettings Of(RunSettings settings, KeptFiles files) => new()
    {
        SettingsVersion = CurrentVersion,
        Strategy = settings.EffectiveStrategy,
        Threshold = settings.EffectiveThreshold,
        Cost = settings.Cost,
        Model = settings.ModelPath is { } model ? files.KeepModel(model) : null,
        MakerFee = Plain(settings.MakerFee),
        TakerFee = Plain(settings.TakerFee),
        Cash = Plain(settings.Cash),
        OrderSize = Plain(settings.OrderSize) ?? 0,
        TradeWindow = settings.TradeWindow,
        ObiLevels = settings.ObiLevels,
        StaleMs = settings.StaleMs,
        Queue = settings.Queue,
        Exchange = settings.Exchange,
        EntryLatencyNs = settings.EntryLatencyNs,
        ResponseLatencyNs = settings.ResponseLatencyNs,
        Latencies = settings.LatencyPath is { } latencies ? files.KeepLatencies(latencies) : null,
        ClockOffsetNs = settings.ClockOffsetNs,
        Risk = settings.Risk ?? EngineOptionsFactory.RiskOf(settings.RiskPath),
    };

    /// <summary>Reads a payload; false when it is another record.</summary>
    /// <exception cref="CliException">A later version wrote it.</exception>
    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out RecordedSettings? settings)
    {
        settings = null;
        if (!payload.StartsWith("{\"settingsVersion\":"u8))
            return false;
        try
        {
            settings = JsonSerializer.Deserialize<RecordedSettings>(payload, Json);
        }
        catch (JsonException problem)
        {
            throw new CliException(ExitCode.BadInput, $"A settings record of the journal cannot be read ({problem.Message}); a newer obs wrote it, or give the settings as options.", problem);
        }
        return settings is not null;
    }

    /// <summary>The record's bytes; equal settings give equal bytes.</summary>
    public byte[] ToPayload() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>The kind of record that tells of going over to these settings: limits or model when nothing else differs.</summary>
    public RecordKind KindAfter(RecordedSettings? before)
    {
        if (before is not null && before with { Risk = Risk } == this)
            return RecordKind.LimitChange;
        return before is not null && before with { Model = Model } == this ? RecordKind.ModelChange : RecordKind.ConfigurationChange;
    }

    /// <summary>These settings in place of a run's own; its inputs, outputs and pace stay.</summary>
    /// <exception cref="CliException">A file that was kept is missing.</exception>
    public RunSettings Onto(RunSettings run, KeptFiles files) => run with
    {
        Strategy = Strategy,
        Threshold = Threshold,
        Cost = Cost,
        ModelPath = Model is { } model ? files.ModelPath(model) : null,
        MakerFee = MakerFee,
        TakerFee = TakerFee,
        Cash = Cash,
        OrderSize = OrderSize,
        TradeWindow = TradeWindow,
        ObiLevels = ObiLevels,
        StaleMs = StaleMs,
        Queue = Queue,
        Exchange = Exchange,
        EntryLatencyNs = EntryLatencyNs,
        ResponseLatencyNs = ResponseLatencyNs,
        LatencyPath = Latencies is { } latencies ? files.LatenciesPath(latencies) : null,
        ClockOffsetNs = ClockOffsetNs,
        Risk = Risk,
        RiskPath = null,
    };

    // 0.50 and 0.5 are the same amount and must be the same bytes
    private static decimal? Plain(decimal? value) => value / 1.0000000000000000000000000000m;
}
