using System;
using System.Globalization;
using System.Text.Json;
using Obs.Cli.Output;
using Obs.Core.Diagnostics;
using Obs.Core.Engine;
using Obs.Core.Trading;

namespace Obs.Cli.Live;

/// <summary>What is printed when a live run ends.</summary>
internal static class UpSummary
{
    /// <summary>Prints it, as text or JSON.</summary>
    public static void Write(UpSettings settings, UpRun run, in LiveStatus last)
    {
        EngineCounters counters = run.Engine.Counters;
        string hash = run.Engine.StateHash.ToString("x16", CultureInfo.InvariantCulture);
        Money profit = last.Profit;
        decimal profitValue = last.Instrument < 0 ? 0 : last.Ledger.Scale.ToDecimal(profit);
        int instrument = last.Instrument;
        if (!settings.Run.Json)
        {
            Console.WriteLine($"{Counted.Of(counters.Frames, "frame")}, {Counted.Of(counters.Books, "book")}, {Counted.Of(counters.Trades, "trade")}, {Counted.Of(counters.Predictions, "prediction")}, {Counted.Of(counters.Signals, "signal")}, {Counted.Of(counters.Orders, "order")} ({counters.Rejects} refused), {Counted.Of(counters.Fills, "fill")}.");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"profit {profitValue:0.##}{CurrencyOf(run, last)} (realized and unrealized, less fees){(run.RefusedFrames == 0 ? "" : $"; frames lost because the engine had no room: {run.RefusedFrames}")}; journal ends with record {run.LastSequence}, state {hash}."));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"timers came late by p50 {Us(run.Loop.TimerLateness.ValueAtPercentile(50))}, p99 {Us(run.Loop.TimerLateness.ValueAtPercentile(99))} µs (p99 {Us(run.Loop.StallFreeTimerLateness.ValueAtPercentile(99))} µs without the machine's own stalls); {Counted.Of(run.Snapshots.Stored, "snapshot")} stored, the last of {run.Snapshots.LastBytes} bytes{(run.Snapshots.PauseNs.Count == 0 ? "" : $", the engine stood still for one at most {Us(run.Snapshots.PauseNs.Max)} µs")}."));
            if (run.Engine.IsKilled)
                Console.WriteLine("the kill switch is engaged and stays so: r or release lets orders pass again.");
            Console.WriteLine(CommandName.In($"repeat it: obs replay --run {settings.DataFolder}{(counters.Orders == 0 ? "" : $"; look into an order: obs explain 1 --run {settings.DataFolder}")}"));
            return;
        }
        JsonOut.Object(json =>
        {
            json.WriteNumber("frames", counters.Frames);
            json.WriteNumber("books", counters.Books);
            json.WriteNumber("trades", counters.Trades);
            json.WriteNumber("predictions", counters.Predictions);
            json.WriteNumber("signals", counters.Signals);
            json.WriteNumber("orders", counters.Orders);
            json.WriteNumber("rejects", counters.Rejects);
            json.WriteNumber("fills", counters.Fills);
            json.WriteNumber("profit", profitValue);
            json.WriteString("currency", instrument < 0 ? null : run.Recovered.Registry[instrument].QuoteCurrency);
            json.WriteNumber("refusedFrames", run.RefusedFrames);
            json.WriteBoolean("killed", run.Engine.IsKilled);
            json.WriteNumber("restoredSequence", run.Recovered.RestoredSequence);
            json.WriteNumber("recoveredRecords", run.Recovered.ReplayedRecords);
            json.WriteNumber("recoverySeconds", Math.Round(run.Recovered.Seconds, 4));
            WriteTimes(json, "timerLatenessNs", run.Loop.TimerLateness);
            WriteTimes(json, "timerLatenessStallFreeNs", run.Loop.StallFreeTimerLateness);
            WriteTimes(json, "snapshotPauseNs", run.Snapshots.PauseNs);
            json.WriteNumber("snapshots", run.Snapshots.Stored);
            json.WriteNumber("snapshotBytes", run.Snapshots.LastBytes);
            json.WriteNumber("deletedSegments", run.Snapshots.DeletedSegments);
            json.WriteString("lastSequence", run.LastSequence.ToString(CultureInfo.InvariantCulture));
            json.WriteString("stateHash", hash);
        });
    }

    private static string CurrencyOf(UpRun run, in LiveStatus last) => last.Instrument < 0 ? "" : $" {run.Recovered.Registry[last.Instrument].QuoteCurrency}";

    private static string Us(long ns) => (ns / 1e3).ToString("0.#", CultureInfo.InvariantCulture);

    private static void WriteTimes(Utf8JsonWriter json, string name, LatencyHistogram times)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", times.Count);
        json.WriteNumber("p50", times.ValueAtPercentile(50));
        json.WriteNumber("p99", times.ValueAtPercentile(99));
        json.WriteNumber("max", times.Max);
        json.WriteEndObject();
    }
}
