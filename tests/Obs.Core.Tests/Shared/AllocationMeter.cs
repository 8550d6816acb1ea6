using System;

namespace Obs.Core.Diagnostics;

/// <summary>Counts the bytes the calling thread allocates. Reading allocates nothing.</summary>
internal readonly struct AllocationMeter
{
    private readonly long _startBytes;

    private AllocationMeter(long startBytes) => _startBytes = startBytes;

    /// <summary>Bytes allocated on this thread since the start. Read it on the thread that started it.</summary>
    public long Bytes => GC.GetAllocatedBytesForCurrentThread() - _startBytes;

    /// <summary>Starts counting on the calling thread.</summary>
    public static AllocationMeter Start() => new(GC.GetAllocatedBytesForCurrentThread());
}
