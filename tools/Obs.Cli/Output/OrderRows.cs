using System.Collections.Generic;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Cli.Output;

/// <summary>Collects the orders of a run, so that each gets one row with its final state.</summary>
internal sealed class OrderRows
{
    private readonly List<Row> _rows = [];
    private readonly Dictionary<long, int> _working = [];

    /// <summary>An order left the risk stage.</summary>
    public void Add(in OrderRequest order, Instrument instrument, RejectReason reason)
    {
        OrderState state = reason switch
        {
            RejectReason.None => OrderState.Accepted,
            RejectReason.Killed => OrderState.NotSent,
            _ => OrderState.Rejected,
        };
        if (reason == RejectReason.None)
            _working[order.OrderId] = _rows.Count;
        _rows.Add(new Row(order, instrument, state, reason));
    }

    /// <summary>A report changed an order's state.</summary>
    public void Update(in OrderReport report)
    {
        if (!_working.TryGetValue(report.OrderId, out int index))
            return;
        OrderState state = StateAfter(report.Kind, _rows[index].State);
        RejectReason reason = report.Kind == ReportKind.Rejected ? RejectReason.VenueRefused : _rows[index].Reason;
        _rows[index] = _rows[index] with { State = state, Reason = reason };
    }

    /// <summary>Writes all rows in order of entry.</summary>
    public void WriteTo(CsvFile file)
    {
        foreach (Row row in _rows)
        {
            OrderRequest order = row.Order;
            file.Integer(order.Sequence).Integer(order.OrderId).Integer(order.RequestNs).Text(row.Instrument.Symbol)
                .Text(CsvWords.Of(order.Side)).Text(CsvWords.Of(order.Type)).Text(CsvWords.Of(order.TimeInForce));
            if (order.Type == OrderType.Market)
                file.Empty();
            else
                file.Plain(order.Price.Mantissa, row.Instrument.PriceDecimals);
            file.Plain(order.Size.Mantissa, row.Instrument.SizeDecimals).Text(CsvWords.Of(row.State)).Text(CsvWords.Of(row.Reason)).EndRow();
        }
    }

    private static OrderState StateAfter(ReportKind kind, OrderState before) => kind switch
    {
        ReportKind.New or ReportKind.Replaced => OrderState.Open,
        ReportKind.PartiallyFilled => OrderState.Partial,
        ReportKind.Filled => OrderState.Filled,
        ReportKind.Canceled => OrderState.Cancelled,
        ReportKind.Expired => OrderState.Expired,
        ReportKind.Rejected => OrderState.Rejected,
        _ => before,
    };

    private sealed record Row(OrderRequest Order, Instrument Instrument, OrderState State, RejectReason Reason);
}
