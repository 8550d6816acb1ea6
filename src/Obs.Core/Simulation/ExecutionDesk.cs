using System.Diagnostics;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>Books executions and writes reports: the one place where a paper order changes.</summary>
/// <remarks>Engine thread only, no allocation.</remarks>
internal sealed class ExecutionDesk
{
    private FillTally _tally;

    /// <summary>A desk with an empty report queue.</summary>
    public ExecutionDesk(PaperVenueOptions options) => Reports = new ReportQueue(options);

    /// <summary>Reports on their way.</summary>
    public ReportQueue Reports { get; }

    /// <summary>What the executions rest on.</summary>
    public ref FillTally Tally => ref _tally;

    /// <summary>Books an execution, shows it to the sink, and returns the report that tells the client (not yet sent).</summary>
    public OrderReport Execute<TSink>(ref PaperOrder order, in Fill fill, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        order.Execute(fill.Size);
        _tally.Count(fill.Cause, fill.Size, fill.Shown);
        OrderReport report = About(in order, order.Left == Size.Zero ? ReportKind.Filled : ReportKind.PartiallyFilled, fill.VenueNs);
        report.Price = fill.Price;
        report.Size = fill.Size;
        report.PrintSize = fill.Print;
        report.Liquidity = fill.Cause == FillCause.Take ? Liquidity.Taker : Liquidity.Maker;
        report.Cause = fill.Cause;
        sink.OnExecution(in report);
        return report;
    }

    /// <summary>Books an execution and sends its report.</summary>
    public void ExecuteAndTell<TSink>(ref PaperOrder order, in Fill fill, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        OrderReport report = Execute(ref order, in fill, ref sink);
        Reports.Send(in report);
    }

    /// <summary>Sends a report without an execution.</summary>
    public void Tell(in PaperOrder order, ReportKind kind, long venueNs)
    {
        Debug.Assert(kind is not (ReportKind.Filled or ReportKind.PartiallyFilled), "a fill is told with its execution");
        OrderReport report = About(in order, kind, venueNs);
        Reports.Send(in report);
    }

    /// <summary>Sends the refusal of a cancel or modify whose order is finished or unknown.</summary>
    public void Refuse(in OrderRequest request, long venueNs)
    {
        OrderReport report = Refusal(in request, venueNs, Reports.Stamp(venueNs));
        Reports.Send(in report);
    }

    /// <summary>Sends the refusal of a request that never reached the venue.</summary>
    public void RefuseOnTheWay(in OrderRequest request, long reportNs, long venueNs)
    {
        OrderReport report = Refusal(in request, venueNs, Reports.StampAt(reportNs));
        Reports.Send(in report);
    }

    private OrderReport About(in PaperOrder order, ReportKind kind, long venueNs) => new()
    {
        OrderId = order.OrderId,
        VenueNs = venueNs,
        ReportNs = Reports.Stamp(venueNs),
        Left = order.Left,
        Key = order.Key,
        Kind = kind,
        Side = order.Side,
    };

    private static OrderReport Refusal(in OrderRequest request, long venueNs, long reportNs) => new()
    {
        OrderId = request.OrderId,
        VenueNs = venueNs,
        ReportNs = reportNs,
        Left = request.Action == RequestAction.Submit ? request.Size : Size.Zero,
        Key = request.Key,
        Side = request.Side,
        Kind = request.Action switch
        {
            RequestAction.Cancel => ReportKind.CancelRejected,
            RequestAction.Modify => ReportKind.ModifyRejected,
            _ => ReportKind.Rejected,
        },
    };
}
