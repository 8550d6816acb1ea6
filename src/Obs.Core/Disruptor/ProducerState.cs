using System.Runtime.InteropServices;

namespace Obs.Core.Disruptor;

/// <summary>What the single producer alone reads and writes, 128 bytes away from everybody else's data.</summary>
[StructLayout(LayoutKind.Explicit, Size = 272)]
internal struct ProducerState
{
    /// <summary>Highest sequence claimed.</summary>
    [FieldOffset(128)]
    public long Claimed;

    /// <summary>Where the slowest consumer was when last looked at: it can only be further by now.</summary>
    [FieldOffset(136)]
    public long GatingCache;
}
