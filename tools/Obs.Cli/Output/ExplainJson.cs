using System.Globalization;
using System.Text.Json;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Cli.Output;

/// <summary>An order's story as one JSON object.</summary>
internal static class ExplainJson
{
    /// <summary>Prints it.</summary>
    public static void Write(ExplainOutput found) => JsonOut.Object(json =>
    {
        WriteOrder(json, found);
        WriteBook(json, found);
        json.WriteStartObject("features");
        for (FeatureId id = FeatureId.Spread; (int)id < FeatureNames.Count; id++)
        {
            if (found.Features.TryGet(id, out double value))
                json.WriteNumber(FeatureNames.Of(id), value);
        }
        json.WriteEndObject();
        if (found.Prediction is { } prediction)
            json.WriteNumber("prediction", prediction);
        else
            json.WriteNull("prediction");
        WriteSignal(json, found);
        json.WriteStartObject("risk");
        json.WriteBoolean("passed", found.Reason == RejectReason.None);
        json.WriteNumber("reasonCode", (int)found.Reason);
        json.WriteString("reason", CsvWords.Of(found.Reason));
        json.WriteEndObject();
        WriteReports(json, found);
    });

    private static void WriteOrder(Utf8JsonWriter json, ExplainOutput found)
    {
        OrderRequest order = found.Order!.Value;
        Instrument market = found.Instrument!;
        json.WriteString("orderId", order.OrderId.ToString(CultureInfo.InvariantCulture));
        json.WriteString("sequence", order.Sequence.ToString(CultureInfo.InvariantCulture));
        json.WriteString("requestNs", order.RequestNs.ToString(CultureInfo.InvariantCulture));
        json.WriteString("symbol", market.Symbol);
        json.WriteString("side", CsvWords.Of(order.Side));
        json.WriteString("type", CsvWords.Of(order.Type));
        json.WriteString("tif", CsvWords.Of(order.TimeInForce));
        json.WriteNumber("price", market.ToDecimal(order.Price));
        json.WriteNumber("size", market.ToDecimal(order.Size));
    }

    private static void WriteBook(Utf8JsonWriter json, ExplainOutput found)
    {
        Instrument market = found.Instrument!;
        json.WriteStartObject("book");
        json.WriteString("sequence", found.Book.Sequence.ToString(CultureInfo.InvariantCulture));
        json.WriteString("receiveNs", found.Book.ReceiveNs.ToString(CultureInfo.InvariantCulture));
        json.WriteString("quality", found.Quality.ToString());
        json.WriteNumber("bid", market.ToDecimal(found.Top.Bid.Price));
        json.WriteNumber("bidSize", market.ToDecimal(found.Top.Bid.Size));
        json.WriteNumber("ask", market.ToDecimal(found.Top.Ask.Price));
        json.WriteNumber("askSize", market.ToDecimal(found.Top.Ask.Size));
        json.WriteEndObject();
    }

    private static void WriteSignal(Utf8JsonWriter json, ExplainOutput found)
    {
        if (found.Signal is not { } signal)
        {
            json.WriteNull("signal");
            return;
        }
        json.WriteStartObject("signal");
        json.WriteString("direction", signal.Direction.ToString());
        json.WriteNumber("value", signal.Value);
        json.WriteNumber("threshold", signal.Threshold);
        json.WriteNumber("cost", signal.Cost);
        json.WriteEndObject();
    }

    private static void WriteReports(Utf8JsonWriter json, ExplainOutput found)
    {
        Instrument market = found.Instrument!;
        json.WriteStartArray("reports");
        foreach ((OrderReport report, decimal fee, long position) in found.Reports)
        {
            json.WriteStartObject();
            json.WriteString("report", CsvWords.Of(report.Kind));
            json.WriteString("venueNs", report.VenueNs.ToString(CultureInfo.InvariantCulture));
            json.WriteString("reportNs", report.ReportNs.ToString(CultureInfo.InvariantCulture));
            json.WriteNumber("price", market.ToDecimal(report.Price));
            json.WriteNumber("size", market.ToDecimal(report.Size));
            json.WriteNumber("left", market.ToDecimal(report.Left));
            json.WriteString("liquidity", CsvWords.Of(report.Liquidity));
            json.WriteString("cause", CsvWords.Of(report.Cause));
            json.WriteNumber("printSize", market.ToDecimal(report.PrintSize));
            json.WriteNumber("fee", fee);
            json.WriteNumber("positionAfter", position / PowersOfTen.AsDecimal[market.SizeDecimals]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
