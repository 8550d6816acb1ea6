using System.Collections.Generic;
using System.Globalization;
using Obs.Core.Engine;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Engine;

/// <summary>Keeps everything an engine derives as lines of text, so that two runs can be compared to the character.</summary>
internal sealed class CollectingOutput : EngineOutput
{
    public List<string> Lines { get; } = [];

    public List<OrderRequest> Orders { get; } = [];

    public List<RejectReason> Reasons { get; } = [];

    public List<OrderReport> Reports { get; } = [];

    public List<BookQuality> Qualities { get; } = [];

    public override void OnTop(in MarketEvent book, Instrument instrument, BookQuality quality, in TopOfBook top)
    {
        Qualities.Add(quality);
        Lines.Add(string.Create(CultureInfo.InvariantCulture, $"top {book.Sequence} {book.ReceiveNs} {instrument.Symbol} {quality} {top.Bid} {top.Ask}"));
    }

    public override void OnFeatures(in MarketEvent book, Instrument instrument, in FeatureRow features)
    {
        for (FeatureId id = FeatureId.Spread; id <= FeatureId.PriceChangeRate; id++)
            Lines.Add(string.Create(CultureInfo.InvariantCulture, $"feature {id} {features[id]:R}"));
    }

    public override void OnSignal(in MarketEvent book, Instrument instrument, in Signal signal) =>
        Lines.Add(string.Create(CultureInfo.InvariantCulture, $"signal {signal.Direction} {signal.Value:R}"));

    public override void OnOrder(in OrderRequest order, Instrument instrument, RejectReason reason)
    {
        Orders.Add(order);
        Reasons.Add(reason);
        Lines.Add(string.Create(CultureInfo.InvariantCulture, $"order {order.OrderId} {order.Sequence} {order.Side} {order.Price} {order.Size} {reason}"));
    }

    public override void OnReport(in OrderReport report, Instrument instrument, in LedgerView ledger, Money fee, long engineNs)
    {
        Reports.Add(report);
        Lines.Add(string.Create(CultureInfo.InvariantCulture, $"report {report.OrderId} {report.Kind} {report.VenueNs} {report.ReportNs} {report.Price} {report.Size} {engineNs} {ledger.PositionMantissa} {ledger.Cash.Units} {fee.Units}"));
    }
}
