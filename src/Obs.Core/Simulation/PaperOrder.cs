using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>One order at the paper venue.</summary>
/// <remarks>Invariant: 0 ≤ executed ≤ total; a completed order is removed in the step that completes it.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct PaperOrder
{
    /// <summary>Client order id.</summary>
    public long OrderId;

    /// <summary>Arrival at the venue, ns, venue clock.</summary>
    public long ArrivalNs;

    /// <summary>Limit; 0 for a market order.</summary>
    public Price Price;

    /// <summary>Wanted in all, executed part included.</summary>
    public Size Total;

    /// <summary>Executed so far.</summary>
    public Size Executed;

    /// <summary>The queue ahead.</summary>
    public QueuePosition Queue;

    /// <summary>Ledger.</summary>
    public OrderKey Key;

    /// <summary>Buy or sell.</summary>
    public Side Side;

    /// <summary>Limit or market.</summary>
    public OrderType Type;

    /// <summary>How long it may rest.</summary>
    public TimeInForce TimeInForce;

    /// <summary>What is left.</summary>
    public readonly Size Left => Total - Executed;

    /// <summary>Books an execution.</summary>
    public void Execute(Size size)
    {
        Debug.Assert(size > Size.Zero, "an execution has a size");
        Debug.Assert(size <= Left, "an order is never executed beyond its size");
        Executed += size;
    }

    /// <summary>Sort key of a price: the better, the smaller, on both sides.</summary>
    public static long KeyOf(Side side, Price price) => side == Side.Bid ? -price.Mantissa : price.Mantissa;

    /// <summary>The order a submit asks for.</summary>
    public static PaperOrder From(in OrderRequest request, long arrivalNs) => new()
    {
        OrderId = request.OrderId,
        ArrivalNs = arrivalNs,
        Price = request.Price,
        Total = request.Size,
        Key = request.Key,
        Side = request.Side,
        Type = request.Type,
        TimeInForce = request.TimeInForce,
    };

    /// <summary>The smaller of two sizes.</summary>
    public static Size Least(Size left, Size right) => new(Math.Min(left.Mantissa, right.Mantissa));
}
