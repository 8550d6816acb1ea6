using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Obs.Core.Engine;
using Obs.Core.Engine.Outputs;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Cli.Output;

/// <summary>A record of the output log in words. Prices, sizes and money are mantissas; the market's record says their scales.</summary>
internal static class OutputRecordText
{
    /// <summary>Bytes of the journal sequence in front of a payload.</summary>
    private const int PrefixBytes = sizeof(long);

    /// <summary>The journal sequence that caused a record; 0 where the payload is too short to hold one.</summary>
    public static long JournalSequenceOf(ReadOnlySpan<byte> payload) => MemoryMarshal.TryRead(payload, out long sequence) ? sequence : 0;

    /// <summary>The record in words; hexadecimal where the payload is not what its kind says.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="payload">The whole payload, the journal sequence in front.</param>
    public static string Of(OutputKind kind, ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> content = payload.Length < PrefixBytes ? default : payload[PrefixBytes..];
        return (kind switch
        {
            OutputKind.BookChange when TryRead(content, out BookChangeRecord book) => Text(book, content),
            OutputKind.Trade when TryRead(content, out MarketEvent trade) => Text($"{trade.Aggressor} took {trade.Size.Mantissa} at {trade.Price.Mantissa}, id {trade.LastUpdateId}, venue {trade.MatchNs}"),
            OutputKind.Feature when OutputEncoding.TryReadFeatures(content, out FeatureRecord features) => Text(features),
            OutputKind.Prediction when TryRead(content, out PredictionRecord prediction) => Text($"{prediction.Value:R}, venue {prediction.VenueNs}"),
            OutputKind.Signal when TryRead(content, out SignalRecord signal) => Text($"{signal.Signal.Direction}: {signal.Value:R} against threshold {signal.Threshold:R} + cost {signal.Cost:R}"),
            OutputKind.Order when TryRead(content, out OrderRecord order) => Text(order),
            OutputKind.Fill when TryRead(content, out FillRecord fill) => Text($"{Text(fill.Execution.Report)}, fee {fill.Fee}"),
            OutputKind.Report when TryRead(content, out ReportRecord report) => Text($"{Text(report.Report)}, fee {report.Fee.Units}"),
            OutputKind.Outcome when TryRead(content, out OutcomeRecord outcome) => Text($"{(EngineCommandKind)outcome.Kind} of record {outcome.CommandSequence}: {(CommandReason)outcome.Reason}"),
            OutputKind.Quality when TryRead(content, out ulong quality) => ((BookQuality)quality).ToString(),
            OutputKind.StateHash when TryRead(content, out ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture),
            OutputKind.Market => Encoding.UTF8.GetString(content),
            _ => null,
        }) ?? Convert.ToHexString(content);
    }

    private static bool TryRead<T>(ReadOnlySpan<byte> content, out T record)
        where T : struct => MemoryMarshal.TryRead(content, out record);

    private static string Text(in BookChangeRecord book, ReadOnlySpan<byte> content)
    {
        int levels = (content.Length - Unsafe.SizeOf<BookChangeRecord>()) / Unsafe.SizeOf<BookLevel>();
        return Text($"{(BookQuality)book.Quality}: {book.Bid.Size.Mantissa} at {book.Bid.Price.Mantissa} | {book.Ask.Price.Mantissa} for {book.Ask.Size.Mantissa}, {levels} levels, venue {book.Frame.VenueNs}");
    }

    private static string Text(in FeatureRecord features)
    {
        StringBuilder text = new();
        for (FeatureId id = FeatureId.Spread; (int)id < FeatureNames.Count; id++)
        {
            if (features.Row.TryGet(id, out double value))
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? " " : "")}{FeatureNames.Of(id)}={value:R}");
        }
        return text.ToString();
    }

    private static string Text(in OrderRecord record)
    {
        OrderRequest order = record.Order;
        string risk = record.Reason == RejectReason.None ? "passed" : $"refused: {CsvWords.Of(record.Reason)}";
        return Text($"{order.OrderId} {CsvWords.Of(order.Side)} {order.Size.Mantissa} at {order.Price.Mantissa} {CsvWords.Of(order.Type)} {CsvWords.Of(order.TimeInForce)}, {risk}");
    }

    private static string Text(in OrderReport report) =>
        Text($"{report.OrderId} {CsvWords.Of(report.Kind)} {CsvWords.Of(report.Side)} {report.Size.Mantissa} at {report.Price.Mantissa}, left {report.Left.Mantissa}, {CsvWords.Of(report.Liquidity)} {CsvWords.Of(report.Cause)}, venue {report.VenueNs}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
