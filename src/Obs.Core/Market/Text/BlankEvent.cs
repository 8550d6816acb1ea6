namespace Obs.Core.Market.Text;

/// <summary>The state of an event before a decoder fills it.</summary>
internal static class BlankEvent
{
    /// <summary>Sets everything but the sequence and the receive time to "nothing": kind Other, no levels, no totals (NaN).</summary>
    public static void Reset(ref MarketEvent e) => e = new MarketEvent
    {
        Sequence = e.Sequence,
        ReceiveNs = e.ReceiveNs,
        TotalBidSize = double.NaN,
        TotalAskSize = double.NaN,
    };
}
