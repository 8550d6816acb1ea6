using System;

namespace Obs.Core.Tests.Shared;

/// <summary>Counts the bytes the calling thread allocates: exactly 0 where it allocates nothing, up to 8 kB too many where it does.</summary>
/// <remarks>A thread allocates from a buffer of up to 8 kB that the runtime gives it. A background collection that begins or goes on meanwhile takes the
/// buffer away and lets its unused rest stand as allocated: with one thread that asks for such collections all the time, every third run of 2,000 frames
/// that allocate nothing showed 1.5 to 8 kB. A blocking collection takes the rest off. So the count starts with one: the buffer is gone, and a thread that
/// allocates nothing gets no other.</remarks>
internal readonly struct AllocationMeter
{
    private readonly long _startBytes;

    private AllocationMeter(long startBytes) => _startBytes = startBytes;

    /// <summary>Bytes allocated on this thread since the start. Read it on the thread that started it; reading allocates nothing.</summary>
    public long Bytes => GC.GetAllocatedBytesForCurrentThread() - _startBytes;

    /// <summary>Starts counting on the calling thread.</summary>
    public static AllocationMeter Start()
    {
        GC.Collect();
        return new AllocationMeter(GC.GetAllocatedBytesForCurrentThread());
    }
}
