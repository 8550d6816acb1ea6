using System.Runtime.InteropServices;
using Obs.Core.Market;

namespace Obs.Core.Engine.Outputs;

/// <summary>A depth frame that was applied, and the top of the book after it. In the log the frame's levels follow: bids, then asks, as sent.</summary>
/// <remarks>Blittable, 144 bytes, on disk (layout test).</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct BookChangeRecord
{
    /// <summary>The frame; its counts say how many levels follow.</summary>
    public MarketEvent Frame;

    /// <summary>Best bid after the frame; size 0 where the side is empty.</summary>
    public BookLevel Bid;

    /// <summary>Best ask after the frame; size 0 where the side is empty.</summary>
    public BookLevel Ask;

    /// <summary>A <see cref="BookQuality"/> after the frame; eight bytes, so that no byte of the record is undefined.</summary>
    public long Quality;
}
