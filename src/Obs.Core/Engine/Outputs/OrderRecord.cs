using System.Runtime.InteropServices;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Engine.Outputs;

/// <summary>An order that left the risk stage: passed, or refused with a reason.</summary>
/// <remarks>Blittable, 56 bytes without padding, on disk (layout test).</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct OrderRecord
{
    private long _orderId;
    private long _sequence;
    private long _requestNs;
    private long _price;
    private long _size;
    private int _account;
    private ushort _instrument;
    private byte _mode;
    private byte _action;
    private byte _side;
    private byte _type;
    private byte _timeInForce;
    private byte _reason;
#pragma warning disable CS0169, IDE0044, IDE0051 // on disk: zero
    private int _reserved;
#pragma warning restore CS0169, IDE0044, IDE0051

    /// <summary>Takes an order apart.</summary>
    public OrderRecord(in OrderRequest order, RejectReason reason)
    {
        this = default;
        (_orderId, _sequence, _requestNs) = (order.OrderId, order.Sequence, order.RequestNs);
        (_price, _size) = (order.Price.Mantissa, order.Size.Mantissa);
        (_account, _instrument, _mode) = (order.Key.Account, order.Key.Instrument, (byte)order.Key.Mode);
        (_action, _side, _type) = ((byte)order.Action, (byte)order.Side, (byte)order.Type);
        (_timeInForce, _reason) = ((byte)order.TimeInForce, (byte)reason);
    }

    /// <summary>What the risk stage said.</summary>
    public readonly RejectReason Reason => (RejectReason)_reason;

    /// <summary>The order.</summary>
    public readonly OrderRequest Order => new()
    {
        OrderId = _orderId,
        Sequence = _sequence,
        RequestNs = _requestNs,
        Price = new Price(_price),
        Size = new Size(_size),
        Key = new OrderKey(_account, (TradingMode)_mode, _instrument),
        Action = (RequestAction)_action,
        Side = (Side)_side,
        Type = (OrderType)_type,
        TimeInForce = (TimeInForce)_timeInForce,
    };
}
