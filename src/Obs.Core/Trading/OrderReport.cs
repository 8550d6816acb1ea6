using System.Runtime.InteropServices;
using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>One message of a venue about an order, and the execution behind it, if any.</summary>
/// <remarks>Blittable value; goes through rings and the output log. One report per execution, and one for each end without execution.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct OrderReport
{
    /// <summary>Client order id.</summary>
    public long OrderId;

    /// <summary>Time of the match on the venue's clock, ns.</summary>
    public long VenueNs;

    /// <summary>Nominal arrival at the client on the recorder's clock, ns: venue time + response latency − clock offset.</summary>
    public long ReportNs;

    /// <summary>Price of the last execution behind it; 0 without one.</summary>
    public Price Price;

    /// <summary>Size of the last execution behind it; 0 without one.</summary>
    public Size Size;

    /// <summary>What is left of the order after this report.</summary>
    public Size Left;

    /// <summary>Size of the public print that caused a passive fill; 0 otherwise.</summary>
    public Size PrintSize;

    /// <summary>Ledger the order belongs to.</summary>
    public OrderKey Key;

    /// <summary>What is said.</summary>
    public ReportKind Kind;

    /// <summary>The order's side.</summary>
    public Side Side;

    /// <summary>Maker, taker or no execution.</summary>
    public Liquidity Liquidity;

    /// <summary>Why the paper venue executed.</summary>
    public FillCause Cause;
}
