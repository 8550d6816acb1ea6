using System.Diagnostics;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>Books delivered reports into a ledger and keeps its list of open orders.</summary>
/// <remarks>Engine thread only; no allocation. Money moves when the report is delivered. In a compatible run one report may stand for several
/// executions (it carries only the last), so money is booked from the executions instead.</remarks>
internal sealed class ReportBooking(Instrument instrument, Ledger ledger, PipelineContext context)
{
    /// <summary>An execution happened at the paper venue.</summary>
    public void OnExecution(in OrderReport execution)
    {
        Debug.Assert(execution.Size > Size.Zero, "an execution without size");
        Money fee = context.Options.Compatible
            ? Book(execution)
            : ledger.FeeOf(ledger.Scale.Notional(execution.Price, execution.Size), execution.Liquidity);
        context.Output?.OnExecution(execution, instrument, fee);
    }

    /// <summary>A report reaches the client.</summary>
    public void Deliver(in OrderReport report)
    {
        Money fee = default;
        bool hasExecution = report.Size > Size.Zero && report.Kind is ReportKind.Filled or ReportKind.PartiallyFilled;
        if (hasExecution && !context.Options.Compatible)
            fee = Book(report);
        UpdateOpenOrder(report);
        context.Output?.OnReport(report, instrument, ledger.View, fee, context.EngineNs);
    }

    private Money Book(in OrderReport execution)
    {
        context.Counters.Fills++;
        return ledger.Book(execution.Side, execution.Price, execution.Size, execution.Liquidity);
    }

    private void UpdateOpenOrder(in OrderReport report)
    {
        int index = ledger.Open.IndexOf(report.OrderId);
        if (index < 0)
            return;
        switch (report.Kind)
        {
            case ReportKind.New:
            case ReportKind.Replaced:
                ledger.Open.Update(index, report.Left, OrderState.Open);
                break;
            case ReportKind.PartiallyFilled:
                ledger.Open.Update(index, report.Left, OrderState.Partial);
                break;
            case ReportKind.Filled:
            case ReportKind.Canceled:
            case ReportKind.Expired:
            case ReportKind.Rejected:
                ledger.Open.RemoveAt(index);
                break;
            default:
                // a refused cancel or change leaves the order as it is; if it is finished its own report has removed it
                break;
        }
    }
}
