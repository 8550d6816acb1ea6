using System.Runtime.InteropServices;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Engine.Outputs;

/// <summary>An <see cref="OrderReport"/> without undefined bytes, as the log keeps it.</summary>
/// <remarks>Blittable, 72 bytes without padding, on disk (layout test).</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct ReportFields
{
    private long _orderId;
    private long _venueNs;
    private long _reportNs;
    private long _price;
    private long _size;
    private long _left;
    private long _printSize;
    private int _account;
    private ushort _instrument;
    private byte _mode;
    private byte _kind;
    private byte _side;
    private byte _liquidity;
    private byte _cause;
#pragma warning disable CS0169, IDE0044, IDE0051 // on disk: zero
    private byte _reserved0;
    private int _reserved1;
#pragma warning restore CS0169, IDE0044, IDE0051

    /// <summary>Takes a report apart.</summary>
    public ReportFields(in OrderReport report)
    {
        this = default;
        (_orderId, _venueNs, _reportNs) = (report.OrderId, report.VenueNs, report.ReportNs);
        (_price, _size, _left, _printSize) = (report.Price.Mantissa, report.Size.Mantissa, report.Left.Mantissa, report.PrintSize.Mantissa);
        (_account, _instrument, _mode) = (report.Key.Account, report.Key.Instrument, (byte)report.Key.Mode);
        (_kind, _side, _liquidity, _cause) = ((byte)report.Kind, (byte)report.Side, (byte)report.Liquidity, (byte)report.Cause);
    }

    /// <summary>The report.</summary>
    public readonly OrderReport Report => new()
    {
        OrderId = _orderId,
        VenueNs = _venueNs,
        ReportNs = _reportNs,
        Price = new Price(_price),
        Size = new Size(_size),
        Left = new Size(_left),
        PrintSize = new Size(_printSize),
        Key = new OrderKey(_account, (TradingMode)_mode, _instrument),
        Kind = (ReportKind)_kind,
        Side = (Side)_side,
        Liquidity = (Liquidity)_liquidity,
        Cause = (FillCause)_cause,
    };
}
