using System.Runtime.CompilerServices;

namespace Obs.Core.Market;

/// <summary>What happened to one market's book and tape so far.</summary>
/// <remarks>Engine thread only. In snapshots; of the state hash only the trades.</remarks>
internal struct BookCounters
{
    /// <summary>Depth frames applied (rows of tops.csv).</summary>
    public long Applied;

    /// <summary>Snapshots that became the book.</summary>
    public long Snapshots;

    /// <summary>Books in use that were thrown away; the initial synchronisation is none.</summary>
    public long Resyncs;

    /// <summary>Trades accepted.</summary>
    public long Trades;

    private DropTable _dropped;

    /// <summary>Frames dropped for a reason.</summary>
    public readonly long Dropped(DropReason reason) => _dropped[(int)reason];

    /// <summary>Counts dropped frames.</summary>
    internal void AddDropped(DropReason reason, long frames = 1) => _dropped[(int)reason] += frames;

    [InlineArray(12)]
    private struct DropTable
    {
        private long _first;
    }
}
