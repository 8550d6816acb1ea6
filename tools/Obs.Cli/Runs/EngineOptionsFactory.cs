using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using Obs.Core.Engine;
using Obs.Core.Models;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Cli.Runs;

/// <summary>Turns settings into the options of an engine.</summary>
internal static class EngineOptionsFactory
{
    private const long RiskFileBytesMax = 1 << 20;

    private static readonly JsonSerializerOptions RiskJson = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The options.</summary>
    /// <exception cref="CliException">The risk file or another setting is unusable.</exception>
    /// <exception cref="ModelException">The model is unusable.</exception>
    public static EngineOptions Create(RunSettings settings, bool isEveryFrameTimed)
    {
        SequenceModel? model = settings.ModelPath is { } path ? ModelFile.Load(path) : null;
        if (model is not null)
            PredictionStage.InputsOf(model); // refuses a feature OBS does not compute before anything is read
        return new EngineOptions
        {
            Catalog = Venues.Catalog(settings),
            Symbol = settings.Symbol,
            Model = model,
            Strategy = StrategyOf(settings),
            StrategyIdentity = string.Create(CultureInfo.InvariantCulture, $"{settings.EffectiveStrategy} {settings.EffectiveThreshold:R} {settings.Cost}"),
            Paper = PaperOf(settings),
            Risk = settings.Compatible ? new RiskOptions { Lifted = true, OpenOrders = 1_000 } : settings.Risk ?? RiskOf(settings.RiskPath),
            Fees = settings.MakerFee is { } maker && settings.TakerFee is { } taker ? FeesOf(maker, taker) : null,
            CashFor = settings.Cash is { } cash ? _ => cash : StartingCash.Of,
            OrderSize = settings.OrderSize,
            TradeWindow = settings.TradeWindow,
            ObiLevels = settings.ObiLevels,
            StaleAfterNs = (long)(settings.StaleMs * 1e6),
            AllFeatures = settings.AllFeatures,
            Compatible = settings.Compatible,
            TimingInterval = isEveryFrameTimed ? 1 : 64,
        };
    }

    /// <summary>The limits of a risk file; the defaults without one.</summary>
    /// <exception cref="CliException">The file is missing or unusable.</exception>
    public static RiskOptions RiskOf(string? path)
    {
        if (path is null)
            return new RiskOptions();
        if (!File.Exists(path))
            throw new CliException(ExitCode.BadInput, $"--risk {path}: there is no such file.");
        if (new FileInfo(path).Length is 0 or > RiskFileBytesMax)
            throw new CliException(ExitCode.BadInput, $"--risk {path}: is empty or larger than {RiskFileBytesMax} bytes; docs/reference/risk.md shows what it holds.");
        RiskOptions? options;
        try
        {
            options = JsonSerializer.Deserialize<RiskOptions>(File.ReadAllText(path), RiskJson);
        }
        catch (JsonException problem)
        {
            throw new CliException(ExitCode.BadInput, $"--risk {path}, line {problem.LineNumber + 1}, {problem.Path}: {Plain(problem)}; docs/reference/risk.md lists the settings.", problem);
        }
        string[] problems = options is null ? ["the file says null."] : [.. options.Problems()];
        return problems.Length == 0 ? options! : throw new CliException(ExitCode.BadInput, $"--risk {path}: {string.Join(" ", problems)}");
    }

    private static Func<IStrategy>? StrategyOf(RunSettings settings)
    {
        double threshold = settings.EffectiveThreshold;
        CostModel cost = settings.Cost == "full" ? CostModel.Full : CostModel.Fee;
        return settings.EffectiveStrategy switch
        {
            "threshold" => () => new ThresholdStrategy(threshold, cost),
            "imbalance" => () => new ImbalanceStrategy(threshold),
            _ => null,
        };
    }

    private static FeeSchedule FeesOf(decimal maker, decimal taker)
    {
        try
        {
            return FeeSchedule.FromFractions(maker, taker);
        }
        catch (ArgumentException problem)
        {
            throw new CliException(ExitCode.Usage, problem.Message, problem);
        }
    }

    private static PaperVenueOptions PaperOf(RunSettings settings)
    {
        (QueueModel model, double power) = QueueOf(settings.Queue);
        return new PaperVenueOptions
        {
            Latency = settings.LatencyPath is { } path
                ? OrderLatencyFile.Read(path)
                : OrderLatency.Constant(settings.EntryLatencyNs, settings.ResponseLatencyNs),
            ClockOffsetNs = settings.ClockOffsetNs,
            Queue = model,
            QueuePower = power,
            Exchange = settings.Exchange == "partial" ? ExchangeModel.Partial : ExchangeModel.NoPartial,
            Compatible = settings.Compatible,
        };
    }

    // powerprob, powerprob2 and powerprob3 are the three formulas; ":n" sets their exponent, 3 without it
    private static (QueueModel Model, double Power) QueueOf(string word)
    {
        string[] parts = word.Split(':');
        double power = 3;
        bool isPower = parts.Length == 1
            || (parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out power) && power is > 0 and <= PaperVenueOptions.QueuePowerMax);
        QueueModel? model = parts[0] switch
        {
            "riskadverse" => QueueModel.RiskAdverse,
            "powerprob" => QueueModel.PowerProb1,
            "powerprob2" => QueueModel.PowerProb2,
            "powerprob3" => QueueModel.PowerProb3,
            "logprob" => QueueModel.LogProb1,
            "logprob2" => QueueModel.LogProb2,
            _ => null,
        };
        if (model is null || !isPower)
            throw new CliException(ExitCode.Usage, $"--queue is '{word}'; give riskadverse, powerprob[:n], powerprob2[:n], powerprob3[:n], logprob or logprob2.");
        return (model.Value, power);
    }

    // the serializer speaks of types and positions; the reader of the message has a line and a name already
    private static string Plain(JsonException problem)
    {
        string message = problem.Message;
        int position = message.IndexOf(" Path:", StringComparison.Ordinal);
        string text = (position < 0 ? message : message[..position]).TrimEnd('.');
        return text.Contains("Obs.Core", StringComparison.Ordinal) && !text.Contains("could not be mapped", StringComparison.Ordinal) ? "an object with settings was expected"
            : text.Replace("System.Int32", "a whole number", StringComparison.Ordinal).Replace("System.Decimal", "a plain number", StringComparison.Ordinal)
                .Replace("System.Boolean", "true or false", StringComparison.Ordinal).Replace("Obs.Core.Trading.RiskOptions", "the risk settings", StringComparison.Ordinal);
    }
}
