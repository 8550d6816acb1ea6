using System.Collections.Generic;
using Obs.Core.Engine;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Cli.Output;

/// <summary>Watches a run for one order and keeps everything that led to it and came of it.</summary>
internal sealed class ExplainOutput(long orderId) : EngineOutput
{
    private MarketEvent _book;
    private TopOfBook _top;
    private BookQuality _quality;
    private FeatureRow _features;
    private double? _prediction;
    private Signal? _signal;

    /// <summary>The order, or null while it was not seen.</summary>
    public OrderRequest? Order { get; private set; }

    /// <summary>Its market.</summary>
    public Instrument? Instrument { get; private set; }

    /// <summary>What the risk stage said.</summary>
    public RejectReason Reason { get; private set; }

    /// <summary>The book frame that caused it.</summary>
    public MarketEvent Book { get; private set; }

    /// <summary>Top of the book after that frame.</summary>
    public TopOfBook Top { get; private set; }

    /// <summary>Quality of the book after that frame.</summary>
    public BookQuality Quality { get; private set; }

    /// <summary>Features of that row.</summary>
    public FeatureRow Features { get; private set; }

    /// <summary>Prediction of that row, if there was one.</summary>
    public double? Prediction { get; private set; }

    /// <summary>The decision, if a strategy made one.</summary>
    public Signal? Signal { get; private set; }

    /// <summary>Reports in order of delivery, with their fee and the position after them.</summary>
    public List<(OrderReport Report, decimal Fee, long PositionMantissa)> Reports { get; } = [];

    /// <inheritdoc/>
    public override void OnTop(in MarketEvent book, Instrument instrument, BookQuality quality, in TopOfBook top)
    {
        _book = book;
        _top = top;
        _quality = quality;
        _prediction = null;
        _signal = null;
    }

    /// <inheritdoc/>
    public override void OnFeatures(in MarketEvent book, Instrument instrument, in FeatureRow features) => _features = features;

    /// <inheritdoc/>
    public override void OnPrediction(in MarketEvent book, Instrument instrument, double value) => _prediction = value;

    /// <inheritdoc/>
    public override void OnSignal(in MarketEvent book, Instrument instrument, in Signal signal) => _signal = signal;

    /// <inheritdoc/>
    public override void OnOrder(in OrderRequest order, Instrument instrument, RejectReason reason)
    {
        if (order.OrderId != orderId)
            return;
        (Order, Instrument, Reason) = (order, instrument, reason);
        (Book, Top, Quality, Features, Prediction, Signal) = (_book, _top, _quality, _features, _prediction, _signal);
    }

    /// <inheritdoc/>
    public override void OnReport(in OrderReport report, Instrument instrument, in LedgerView ledger, Money fee, long engineNs)
    {
        if (report.OrderId == orderId)
            Reports.Add((report, ledger.Scale.ToDecimal(fee), ledger.PositionMantissa));
    }
}
