using System;
using System.Globalization;
using Obs.Cli.Output;
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
            Console.WriteLine($"repeat it: obs replay --run {settings.DataFolder}; look into an order: obs explain 1 --run {settings.DataFolder}");
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
            json.WriteString("lastSequence", run.LastSequence.ToString(CultureInfo.InvariantCulture));
            json.WriteString("stateHash", hash);
        });
    }
}
