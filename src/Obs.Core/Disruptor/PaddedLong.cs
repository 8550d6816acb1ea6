using System.Runtime.InteropServices;

namespace Obs.Core.Disruptor;

/// <summary>A number with 128 bytes free on both sides, because the adjacent-line prefetcher fetches pairs of 64-byte lines.</summary>
/// <remarks>A value type: the runtime keeps the stated size of those, while it cuts the end off a class with explicit layout.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 264)]
internal struct PaddedLong
{
    /// <summary>The number.</summary>
    [FieldOffset(128)]
    public long Value;
}
