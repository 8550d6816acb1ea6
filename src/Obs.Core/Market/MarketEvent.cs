using System.Runtime.InteropServices;

namespace Obs.Core.Market;

/// <summary>A decoded venue frame without its levels, which stand beside it: bids best first or as sent, then asks.</summary>
/// <remarks>Blittable, 104 bytes, little endian: it is also the header of the decoded form on disk (layout test). The decoder fills everything
/// but <see cref="Sequence"/> and <see cref="ReceiveNs"/>, which come from the record.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct MarketEvent
{
    /// <summary>Engine sequence of the record.</summary>
    public long Sequence;

    /// <summary>Receive time of the record, ns since 1970 UTC.</summary>
    public long ReceiveNs;

    /// <summary>The venue's stamp shown to people, ns since 1970 UTC: Binance <c>E</c>, Upbit <c>tms</c>. 0 = the frame has none.</summary>
    public long VenueNs;

    /// <summary>The venue clock of the matching, ns since 1970 UTC: futures <c>T</c>, spot depth <c>E</c>, spot trade <c>T</c>, Upbit book <c>tms</c>, Upbit trade <c>ttms</c>. 0 = none.</summary>
    public long MatchNs;

    /// <summary>Diff: first update id <c>U</c>. Otherwise 0.</summary>
    public long FirstUpdateId;

    /// <summary>Diff: last update id <c>u</c>. Snapshot: <c>lastUpdateId</c>. BookTicker: <c>u</c>. Trade: trade id (Upbit sequential_id).</summary>
    public long LastUpdateId;

    /// <summary>Diff on futures: <c>pu</c>. Otherwise 0.</summary>
    public long PreviousUpdateId;

    /// <summary>Sum of the bid sizes as the venue states it, in base currency; NaN where it states none.</summary>
    public double TotalBidSize;

    /// <summary>Sum of the ask sizes as the venue states it, in base currency; NaN where it states none.</summary>
    public double TotalAskSize;

    /// <summary>Trade price.</summary>
    public Price Price;

    /// <summary>Trade size.</summary>
    public Size Size;

    /// <summary>Number of bid levels at the front of the levels.</summary>
    public int BidCount;

    /// <summary>Number of ask levels behind the bids.</summary>
    public int AskCount;

    /// <summary>Index of the instrument in the registry of this run.</summary>
    public ushort Instrument;

    /// <summary>What the frame is.</summary>
    public MarketEventKind Kind;

    /// <summary>Trade: the taker's side.</summary>
    public Side Aggressor;

    /// <summary>Bits of <see cref="MarketEventFlags"/>.</summary>
    public MarketEventFlags Flags;
}
