using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Obs.Cli.Runs;
using Obs.Core.Trading;

namespace Obs.Cli.Output;

/// <summary>Prints the one JSON object of a run. Names are part of the interface: they grow, never change.</summary>
internal static class RunJson
{
    /// <summary>Writes the object and a line end.</summary>
    public static void Write(Stream stream, RunSettings settings, RunResult result)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            WriteCounters(json, result);
            WriteMoney(json, result);
            json.WriteString("stateHash", result.StateHash.ToString("x16", CultureInfo.InvariantCulture));
            json.WriteNumber("allocatedBytesPerFrame", Math.Round(result.AllocatedBytesPerFrame, 3));
            json.WriteNumber("framesPerSecond", Math.Round(result.FramesPerSecond));
            WriteLatency(json, "latencyNs", result.Latency);
            WriteLatency(json, "latencyStallFreeNs", result.StallFreeLatency);
            WriteDetails(json, result);
            WriteSettings(json, result.Settings, result);
            json.WriteString("settingsFrom", result.SettingsRecords == 0 ? "options" : settings.Overrides.Length == 0 ? "journal" : "journal and options");
            json.WriteStartArray("overrides");
            foreach (string option in settings.Overrides)
                json.WriteStringValue(option);
            json.WriteEndArray();
            WriteRisk(json, result.Risk);
            json.WriteEndObject();
        }
        text.WriteByte((byte)'\n');
        text.WriteTo(stream);
    }

    private static void WriteCounters(Utf8JsonWriter json, RunResult result)
    {
        json.WriteNumber("frames", result.Counters.Frames);
        json.WriteNumber("rejected", result.Counters.Rejected);
        json.WriteNumber("books", result.Counters.Books);
        json.WriteNumber("trades", result.Counters.Trades);
        json.WriteNumber("resyncs", result.Counters.Resyncs);
        json.WriteNumber("predictions", result.Counters.Predictions);
        json.WriteNumber("signals", result.Counters.Signals);
        json.WriteNumber("orders", result.Counters.Orders);
        json.WriteNumber("rejects", result.Counters.Rejects);
        json.WriteNumber("fills", result.Counters.Fills);
    }

    private static void WriteMoney(Utf8JsonWriter json, RunResult result)
    {
        string[] currencies = [.. result.Markets.Select(static m => m.QuoteCurrency).Distinct()];
        bool isOneCurrency = currencies.Length <= 1;
        // positions of two markets are two things; amounts of two currencies have no sum
        WriteNumber(json, "position", result.Totals?.Position ?? (result.Markets.Count <= 1 ? result.Markets.Sum(static m => m.Position) : null));
        WriteNumber(json, "realizedPnl", isOneCurrency ? result.Markets.Sum(static m => m.RealizedPnl) : null);
        WriteNumber(json, "unrealizedPnl", isOneCurrency ? result.Markets.Sum(static m => m.UnrealizedPnl) : null);
        WriteNumber(json, "fees", result.Totals?.Fee ?? (isOneCurrency ? result.Markets.Sum(static m => m.Fees) : null));
        json.WriteString("currency", currencies.Length == 1 ? currencies[0] : null);
        json.WriteStartObject("byCurrency");
        foreach (string currency in currencies)
            WriteCurrency(json, currency, [.. result.Markets.Where(market => market.QuoteCurrency == currency)]);
        json.WriteEndObject();
        if (result.Totals is not { } totals)
            return;
        json.WriteNumber("balance", totals.Balance);
        json.WriteNumber("fee", totals.Fee);
        json.WriteNumber("volume", totals.Volume);
        json.WriteNumber("value", totals.Value);
    }

    private static void WriteCurrency(Utf8JsonWriter json, string currency, MarketResult[] markets)
    {
        json.WriteStartObject(currency);
        json.WriteNumber("markets", markets.Length);
        json.WriteNumber("realizedPnl", markets.Sum(static m => m.RealizedPnl));
        json.WriteNumber("unrealizedPnl", markets.Sum(static m => m.UnrealizedPnl));
        json.WriteNumber("fees", markets.Sum(static m => m.Fees));
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static void WriteLatency(Utf8JsonWriter json, string name, IReadOnlyList<StageLatency> stages)
    {
        json.WriteStartObject(name);
        foreach (StageLatency stage in stages)
        {
            json.WriteStartObject(stage.Stage);
            json.WriteNumber("p50", stage.P50);
            json.WriteNumber("p99", stage.P99);
            json.WriteNumber("p999", stage.P999);
            json.WriteNumber("max", stage.Max);
            json.WriteNumber("count", stage.Count);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, RunResult result)
    {
        json.WriteString("lastSequence", result.LastSequence.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("timers", result.Counters.Timers);
        json.WriteNumber("inputsOutOfRange", result.Counters.InputsOutOfRange);
        WriteCounts(json, "rejectsByReason", result.RejectsByReason);
        WriteCounts(json, "rejectedFramesByReason", result.RejectedFramesByReason);
        json.WriteNumber("badLines", result.BadLines);
        json.WriteNumber("importSeconds", Math.Round(result.ImportSeconds, 4));
        json.WriteNumber("coldSeconds", Math.Round(result.ColdSeconds, 4));
        json.WriteNumber("timedSeconds", Math.Round(result.TimedSeconds, 4));
        json.WriteStartArray("markets");
        foreach (MarketResult market in result.Markets)
            WriteMarket(json, market);
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (string note in result.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, long> counts)
    {
        json.WriteStartObject(name);
        foreach ((string reason, long count) in counts)
            json.WriteNumber(reason, count);
        json.WriteEndObject();
    }

    private static void WriteMarket(Utf8JsonWriter json, MarketResult market)
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Symbol);
        json.WriteString("quoteCurrency", market.QuoteCurrency);
        json.WriteNumber("startingCash", market.StartingCash);
        json.WriteNumber("makerFee", market.MakerFee);
        json.WriteNumber("takerFee", market.TakerFee);
        WriteNumber(json, "orderSize", market.OrderSize);
        json.WriteString("quality", market.Quality);
        json.WriteString("bid", market.Bid);
        json.WriteString("ask", market.Ask);
        json.WriteNumber("position", market.Position);
        json.WriteNumber("realizedPnl", market.RealizedPnl);
        json.WriteNumber("unrealizedPnl", market.UnrealizedPnl);
        json.WriteNumber("fees", market.Fees);
        json.WriteNumber("optimisticShare", Math.Round(market.OptimisticShare, 6));
        json.WriteNumber("gaps", market.Gaps);
        json.WriteNumber("fillsInGaps", market.FillsInGaps);
        json.WriteString("tickersComparedFrom", market.TickersComparedFrom.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("tickerMatches", market.TickerMatches);
        json.WriteNumber("tickerMismatches", market.TickerMismatches);
        json.WriteEndObject();
    }

    private static void WriteSettings(Utf8JsonWriter json, RunSettings settings, RunResult result)
    {
        json.WriteStartObject("settings");
        json.WriteString("venue", settings.Venue);
        json.WriteString("symbol", settings.Symbol);
        json.WriteString("strategy", settings.EffectiveStrategy);
        if (settings.EffectiveStrategy == "none")
            json.WriteNull("threshold");
        else
            json.WriteNumber("threshold", settings.EffectiveThreshold);
        json.WriteString("cost", settings.Cost);
        WriteShared(json, "makerFee", settings.MakerFee, result, static market => market.MakerFee);
        WriteShared(json, "takerFee", settings.TakerFee, result, static market => market.TakerFee);
        WriteShared(json, "cash", settings.Cash, result, static market => market.StartingCash);
        WriteShared(json, "orderSize", settings.OrderSize > 0 ? settings.OrderSize : null, result, static market => market.OrderSize, "smallest");
        json.WriteNumber("window", settings.TradeWindow);
        json.WriteNumber("obiLevels", settings.ObiLevels);
        json.WriteNumber("staleMs", settings.StaleMs);
        json.WriteBoolean("decoded", settings.Decoded);
        json.WriteString("layout", settings.EffectiveLayout);
        json.WriteBoolean("pin", settings.Pin);
        json.WriteString("speed", double.IsInfinity(settings.Speed) ? "max" : settings.Speed.ToString(CultureInfo.InvariantCulture));
        json.WriteString("queue", settings.Queue);
        json.WriteString("exchange", settings.Exchange);
        json.WriteNumber("entryMs", settings.EntryLatencyNs / 1e6);
        json.WriteNumber("responseMs", settings.ResponseLatencyNs / 1e6);
        json.WriteString("latencyFile", settings.LatencyPath is null ? null : Path.GetFileName(settings.LatencyPath));
        json.WriteNumber("clockOffsetNs", settings.ClockOffsetNs);
        json.WriteBoolean("compatible", settings.Compatible);
        json.WriteString("model", settings.ModelPath is null ? null : Path.GetFileName(settings.ModelPath));
        json.WriteEndObject();
    }

    private static void WriteRisk(Utf8JsonWriter json, RiskOptions risk)
    {
        json.WriteStartObject("risk");
        json.WriteNumber("maxOrderValue", risk.MaxOrderValue);
        json.WriteNumber("priceCollarBps", risk.PriceCollarBps);
        json.WriteNumber("ordersPerSecond", risk.OrdersPerSecond);
        json.WriteNumber("openOrders", risk.OpenOrders);
        json.WriteNumber("maxPosition", risk.MaxPosition);
        json.WriteNumber("dailyLossLimit", risk.DailyLossLimit);
        json.WriteBoolean("lifted", risk.Lifted);
        json.WriteEndObject();
    }

    // a default depends on the market: where the markets of a run differ, each states its own
    private static void WriteShared(Utf8JsonWriter json, string name, decimal? given, RunResult result, Func<MarketResult, decimal?> of, string otherwise = "default")
    {
        decimal?[] values = given is { } value ? [value] : [.. result.Markets.Select(of).Distinct()];
        if (values is [{ } one])
            json.WriteNumber(name, one);
        else
            json.WriteString(name, otherwise);
    }
}
