using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Obs.Core.Disruptor;

/// <summary>The two things Linux can do to a thread that .NET does not offer. Both act on the calling thread.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LinuxThread
{
    /// <summary>Sleeps at least the given nanoseconds (less than a second); the kernel adds up to 50 µs of timer slack. A signal ends it early.</summary>
    public static void Sleep(long ns)
    {
        TimeSpec duration = new() { Seconds = 0, Nanoseconds = (nint)ns };
        _ = NanoSleep(in duration, 0);
    }

    /// <summary>Restricts the calling thread to the processors of a bit mask.</summary>
    /// <returns>0, or −1 when the kernel refused (see errno).</returns>
    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    internal static partial int SetAffinity(int pid, nuint maskBytes, in ulong mask);

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec duration, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
