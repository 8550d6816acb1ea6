using System.Globalization;
using System.Linq;
using Obs.Cli.Runs;
using Obs.Core.Engine;
using Spectre.Console;

namespace Obs.Cli.Output;

/// <summary>A run's result for a person.</summary>
internal static class RunTable
{
    /// <summary>Prints it.</summary>
    public static void Print(RunResult result)
    {
        EngineCounters counters = result.Counters;
        Line($"{Counted.Of(counters.Frames, "frame")} ({counters.Rejected} rejected), {Counted.Of(counters.Books, "book")}, {Counted.Of(counters.Trades, "trade")}, {Counted.Of(counters.Resyncs, "resync")}, {Counted.Of(counters.Predictions, "prediction")}");
        Line($"{Counted.Of(counters.Signals, "signal")}, {Counted.Of(counters.Orders, "order")}, {counters.Rejects} refused, {Counted.Of(counters.Fills, "fill")}; strategy {result.Settings.EffectiveStrategy}{(result.Settings.EffectiveStrategy == "none" ? "" : $", threshold {result.Settings.EffectiveThreshold.ToString(CultureInfo.InvariantCulture)}")}");
        foreach ((string reason, long count) in result.RejectsByReason.Concat(result.RejectedFramesByReason))
            Line($"  refused: {reason} × {count}");
        Table markets = new Table().Border(TableBorder.Simple).AddColumns("market", "quality", "bid", "ask", "position", "realized", "unrealized", "fees", "in", "top = ticker");
        foreach (MarketResult market in result.Markets)
        {
            markets.AddRow(
                market.Symbol, market.Quality, market.Bid ?? "", market.Ask ?? "", Text(market.Position), Text(market.RealizedPnl), Text(market.UnrealizedPnl),
                Text(market.Fees), market.QuoteCurrency, $"{market.TickerMatches}/{market.TickerMatches + market.TickerMismatches}");
        }
        Tables.Print(markets);
        Table stages = new Table().Border(TableBorder.Simple).AddColumns("stage", "p50 ns", "p99 ns", "p99.9 ns", "max ns", "stall-free p50", "stall-free p99");
        foreach ((StageLatency raw, StageLatency clean) in result.Latency.Zip(result.StallFreeLatency))
            stages.AddRow(raw.Stage, Text(raw.P50), Text(raw.P99), Text(raw.P999), Text(raw.Max), Text(clean.P50), Text(clean.P99));
        Tables.Print(stages);
        Line(string.Create(CultureInfo.InvariantCulture,
            $"{result.FramesPerSecond:N0} frames/s ({result.TimedSeconds:F3} s{Step("import", result.ImportSeconds)}{Step("cold pass", result.ColdSeconds)}), {result.AllocatedBytesPerFrame:F3} bytes/frame, state {result.StateHash:x16}"));
        foreach (string note in result.Notes)
            Line($"note: {note}");
    }

    // a journal is not imported, a run at a pace has one pass
    private static string Step(string name, double seconds) => seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {name} {seconds:F3} s") : "";

    private static string Text(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    private static void Line(string text) => AnsiConsole.Console.Profile.Out.Writer.WriteLine(text);
}
