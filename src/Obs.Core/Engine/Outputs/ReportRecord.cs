using System;
using System.Runtime.InteropServices;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Engine.Outputs;

/// <summary>A report that was delivered and booked, and the ledger after it.</summary>
/// <remarks>Blittable, 160 bytes, on disk (layout test). Money is in the market's units (<see cref="MoneyScale"/>).</remarks>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ReportRecord
{
    private readonly Int128 _fee;
    private readonly Int128 _cash;
    private readonly Int128 _cost;
    private readonly Int128 _realizedPnl;
    private readonly Int128 _feesPaid;
    private readonly long _position;
    private readonly ReportFields _report;

    /// <summary>Takes a report and the ledger after it apart.</summary>
    public ReportRecord(in OrderReport report, in LedgerView ledger, Money fee)
    {
        _fee = fee.Units;
        (_cash, _cost, _realizedPnl, _feesPaid) = (ledger.Cash.Units, ledger.Cost.Units, ledger.RealizedPnl.Units, ledger.FeesPaid.Units);
        _position = ledger.PositionMantissa;
        _report = new ReportFields(report);
    }

    /// <summary>Fee of the execution in it.</summary>
    public Money Fee => new(_fee);

    /// <summary>The report.</summary>
    public OrderReport Report => _report.Report;

    /// <summary>The ledger after booking.</summary>
    public LedgerView Ledger(Instrument instrument) =>
        new(new MoneyScale(instrument), _position, new Money(_cash), new Money(_cost), new Money(_realizedPnl), new Money(_feesPaid));
}
