using System;
using System.Globalization;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Cli.Output;

/// <summary>An order's story for a person.</summary>
internal static class ExplainText
{
    /// <summary>Prints it.</summary>
    public static void Write(ExplainOutput found)
    {
        OrderRequest order = found.Order!.Value;
        Instrument market = found.Instrument!;
        Line($"order {order.OrderId}: {CsvWords.Of(order.Side)} {market.ToDecimal(order.Size)} {market.Symbol} at {market.ToDecimal(order.Price)}, {CsvWords.Of(order.Type)} {CsvWords.Of(order.TimeInForce)}, sequence {order.Sequence}");
        Line($"book    sequence {found.Book.Sequence}, received {found.Book.ReceiveNs}, {found.Quality}: {market.ToDecimal(found.Top.Bid.Size)} at {market.ToDecimal(found.Top.Bid.Price)} | {market.ToDecimal(found.Top.Ask.Price)} for {market.ToDecimal(found.Top.Ask.Size)}");
        for (FeatureId id = FeatureId.Spread; (int)id < FeatureNames.Count; id++)
        {
            if (found.Features.TryGet(id, out double value))
                Line($"feature {FeatureNames.Of(id),-18} {value:R}");
        }
        Line(found.Prediction is { } prediction ? $"predicted {prediction:R} (model's unit)" : "predicted nothing");
        if (found.Signal is { } signal)
            Line($"signal  {signal.Direction}: {signal.Value:R} against threshold {signal.Threshold:R} + cost {signal.Cost:R}");
        Line(found.Reason == RejectReason.None ? "risk    passed" : $"risk    refused: {(int)found.Reason} {CsvWords.Of(found.Reason)}");
        foreach ((OrderReport report, decimal fee, long position) in found.Reports)
            Line($"report  {CsvWords.Of(report.Kind)} {market.ToDecimal(report.Size)} at {market.ToDecimal(report.Price)}, left {market.ToDecimal(report.Left)}, {CsvWords.Of(report.Liquidity)} {CsvWords.Of(report.Cause)}, venue {report.VenueNs}, fee {fee}, position {position / PowersOfTen.AsDecimal[market.SizeDecimals]}");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Line(string text) => Console.WriteLine(text);
}
