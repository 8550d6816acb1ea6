using System;
using System.Globalization;
using Obs.Core.Diagnostics;
using Obs.Core.Engine;
using Obs.Core.Market;

namespace Obs.Cli.Live;

/// <summary>The line a person sees every second: price, spread, prediction, position, profit, latency of each stage.</summary>
internal static class LiveLine
{
    private static readonly EngineStage[] Shown =
    [
        EngineStage.Decode, EngineStage.Book, EngineStage.Features, EngineStage.Predict, EngineStage.Decide, EngineStage.EndToEnd,
    ];

    /// <summary>The line's text.</summary>
    public static string Text(in LiveStatus status, Instrument? instrument, LatencyRecorder timing)
    {
        string killed = status.IsKilled ? "KILLED " : "";
        if (instrument is null)
            return killed + "waiting for the first book…";
        decimal spread = instrument.ToDecimal(status.Top.Ask.Price) - instrument.ToDecimal(status.Top.Bid.Price);
        decimal mid = (instrument.ToDecimal(status.Top.Ask.Price) + instrument.ToDecimal(status.Top.Bid.Price)) / 2;
        string predicted = double.IsNaN(status.Prediction) ? "none" : (status.Prediction * 1e4).ToString("+0.00;-0.00", CultureInfo.InvariantCulture) + " bp";
        decimal position = status.Ledger.PositionMantissa / PowersOfTen.AsDecimal[instrument.SizeDecimals];
        decimal profit = status.Ledger.Scale.ToDecimal(status.Profit);
        return string.Create(CultureInfo.InvariantCulture,
            $"{killed}{instrument.Symbol} {mid:0.########} {status.Quality}, spread {spread:0.########}, predicted {predicted}, position {position:0.########}, profit {profit:0.##} {instrument.QuoteCurrency}, orders {status.Counters.Orders}, fills {status.Counters.Fills} | {Latency(timing)}");
    }

    private static string Latency(LatencyRecorder timing) => string.Join(' ', Array.ConvertAll(Shown, stage =>
    {
        LatencyHistogram histogram = timing.Raw(stage);
        return $"{stage}={Us(histogram.ValueAtPercentile(50))}/{Us(histogram.ValueAtPercentile(99))}";
    })) + " µs (p50/p99)";

    private static string Us(long ns) => (ns / 1e3).ToString(ns < 10_000 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
