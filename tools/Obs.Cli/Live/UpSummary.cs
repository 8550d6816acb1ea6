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
        if (!settings.Run.Json)
        {
            Console.WriteLine($"{counters.Frames} frames, {counters.Books} books, {counters.Trades} trades, {counters.Predictions} predictions, {counters.Signals} signals, {counters.Orders} orders ({counters.Rejects} refused), {counters.Fills} fills.");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"profit {profitValue:0.##}, refused frames {run.RefusedFrames}, journal sequence {run.LastSequence}, state {hash}."));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"timers late p50 {Us(run.Loop.TimerLateness.ValueAtPercentile(50))}, p99 {Us(run.Loop.TimerLateness.ValueAtPercentile(99))} µs (stall-free {Us(run.Loop.StallFreeTimerLateness.ValueAtPercentile(99))}); snapshots: {run.Snapshots.Stored} of {run.Snapshots.LastBytes} bytes, the engine waited at most {Us(run.Snapshots.PauseNs.Max)} µs for one."));
            if (run.Engine.IsKilled)
                Console.WriteLine("the kill switch is engaged and stays so: r or release lets orders pass again.");
            Console.WriteLine($"repeat it: obs replay --run {settings.DataFolder}{(counters.Orders == 0 ? "" : $"; look into an order: obs explain 1 --run {settings.DataFolder}")}");
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
