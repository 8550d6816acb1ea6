using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>An order that still counts as exposure.</summary>
internal struct OpenOrder
{
    /// <summary>Client order id.</summary>
    public long OrderId;

    /// <summary>Limit price; for a market order the price the risk check valued it at.</summary>
    public Price Price;

    /// <summary>What is not executed yet.</summary>
    public Size Left;

    /// <summary>Buy or sell.</summary>
    public Side Side;

    /// <summary>Where it stands.</summary>
    public OrderState State;
}
