using System.Runtime.InteropServices;
using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>One request on its way to a venue. A cancel carries only id, key and times.</summary>
/// <remarks>Blittable value; goes through rings and the output log.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct OrderRequest
{
    /// <summary>Client order id, unique in the run.</summary>
    public long OrderId;

    /// <summary>Engine sequence of the record that caused the request.</summary>
    public long Sequence;

    /// <summary>Engine time of that record, ns since 1970 UTC, recorder's clock.</summary>
    public long RequestNs;

    /// <summary>Limit price; 0 for a market order.</summary>
    public Price Price;

    /// <summary>Wanted size; for a modify the new total size, executed part included.</summary>
    public Size Size;

    /// <summary>Ledger the order belongs to.</summary>
    public OrderKey Key;

    /// <summary>Submit, cancel or modify.</summary>
    public RequestAction Action;

    /// <summary>Buy (bid) or sell (ask).</summary>
    public Side Side;

    /// <summary>Limit or market.</summary>
    public OrderType Type;

    /// <summary>How long it may rest.</summary>
    public TimeInForce TimeInForce;
}
