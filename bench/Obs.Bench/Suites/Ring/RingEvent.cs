using System.Runtime.InteropServices;

namespace Obs.Bench.Suites.Ring;

/// <summary>The 32-byte event of every ring benchmark; the producer writes all of it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RingEvent
{
    /// <summary>Counts up from 0.</summary>
    public long Number;

    /// <summary>A price.</summary>
    public long Price;

    /// <summary>A size.</summary>
    public long Size;

    /// <summary>Written by a stage of the pipeline and the diamond.</summary>
    public long Stamp;

    /// <summary>Fills an event.</summary>
    public void Set(long number)
    {
        Number = number;
        Price = number + 1;
        Size = number + 2;
        Stamp = 0;
    }

    /// <summary>The sum a consumer of numbers 0 to <paramref name="events"/> − 1 must reach: number and size of each.</summary>
    public static long ExpectedSum(long events) => events * (events - 1) + (2 * events);
}
