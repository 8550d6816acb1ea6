using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Obs.Core.Diagnostics;
using Obs.Core.Engine;

namespace Obs.Cli.Doctor;

/// <summary>Looks at what decides latency and durability on this machine.</summary>
/// <remarks>Reads only; the one thing it writes is a temporary file for the disk check, which it removes.</remarks>
internal static class Examination
{
    private const int OpenFilesWanted = 4_096;

    /// <summary>All findings.</summary>
    /// <param name="folder">Folder whose disk is examined: where journals would go.</param>
    public static IReadOnlyList<Finding> Run(string folder) =>
    [
        Runtime(), Cores(), StolenTime(), Threads(), Vectors(), ClockSource(), ClockCost(), HugePages(), OpenFiles(), Memory(), DiskSpace(folder), DiskSync(folder),
    ];

    private static Finding Runtime()
    {
        string text = $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}";
        return System.Environment.Version.Major >= 10
            ? Finding.Good("runtime", text)
            : Finding.Advise("runtime", text, "OBS is built and measured on .NET 10: install it.");
    }

    private static Finding Cores()
    {
        int cores = System.Environment.ProcessorCount;
        string text = cores.ToString(CultureInfo.InvariantCulture) + " logical";
        return cores switch
        {
            1 => Finding.Advise("cores", text, "one core: use --layout fused and expect everything else on this machine in your latency."),
            < 4 => Finding.Advise("cores", text, "--layout fused is the default here; split pays with four or more, where its threads have cores of their own."),
            _ => Finding.Good("cores", text),
        };
    }

    private static Finding StolenTime()
    {
        using StealReader reader = new();
        if (!reader.TryReadStealNs(out long stealNs))
            return Finding.Good("time stolen by the host", "not told by this system");
        double percent = 100.0 * stealNs / (System.Environment.TickCount64 * 1e6 * System.Environment.ProcessorCount);
        string text = percent.ToString("F2", CultureInfo.InvariantCulture) + " % since start";
        return percent < 1
            ? Finding.Good("time stolen by the host", text)
            : Finding.Advise("time stolen by the host", text, "other guests take these cores: read the stall-free latencies, or rent dedicated cores.");
    }

    private static Finding Threads()
    {
        int cores = System.Environment.ProcessorCount;
        string layout = ThreadPlan.DefaultLayout(cores);
        return Finding.Good("threads", $"layout {layout}; with --pin: {ThreadPlan.Of(layout == "split", cores)}; split would be: {ThreadPlan.Of(isSplit: true, cores)}");
    }

    private static Finding Vectors()
    {
        string widest = Vector512.IsHardwareAccelerated ? "512 bits" : Vector256.IsHardwareAccelerated ? "256 bits" : "128 bits";
        bool hasFma = Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported;
        return hasFma && Vector256.IsHardwareAccelerated
            ? Finding.Good("vectors", $"{widest}, fused multiply-add")
            : Finding.Advise("vectors", $"{widest}, fused multiply-add {(hasFma ? "yes" : "no")}", "predictions are several times slower without 256-bit vectors and FMA; results stay the same.");
    }

    private static Finding ClockSource()
    {
        string? source = FirstLine("/sys/devices/system/clocksource/clocksource0/current_clocksource");
        if (source is null)
            return Finding.Good("clock source", "not told by this system");
        return source is "tsc" or "kvm-clock" or "arch_sys_counter"
            ? Finding.Good("clock source", source)
            : Finding.Advise("clock source", source, "reading this clock enters the kernel (about 1 µs): set clocksource=tsc if the machine allows it.");
    }

    private static Finding ClockCost()
    {
        const int Reads = 200_000;
        long start = Stopwatch.GetTimestamp();
        for (int read = 0; read < Reads; read++)
            Stopwatch.GetTimestamp();
        double ns = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Reads;
        string text = ns.ToString("F0", CultureInfo.InvariantCulture) + " ns";
        return ns < 100
            ? Finding.Good("cost of reading the clock", text)
            : Finding.Advise("cost of reading the clock", text, "stage timing reads it up to nine times a frame; see clock source.");
    }

    private static Finding HugePages()
    {
        string? mode = FirstLine("/sys/kernel/mm/transparent_hugepage/enabled");
        if (mode is null)
            return Finding.Good("huge pages", "not told by this system");
        // the kernel's own choice between brackets; obs asks for none, so only "always" gives it any
        return Finding.Good("huge pages", mode.Contains("[always]", StringComparison.Ordinal) ? $"{mode}: used where the kernel finds some" : $"{mode}: not used");
    }

    private static Finding OpenFiles()
    {
        const string Check = "open files", Name = "Max open files";
        string? line = File.Exists("/proc/self/limits")
            ? File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith(Name, StringComparison.Ordinal))
            : null;
        if (line is null)
            return Finding.Good(Check, "not told by this system");
        string soft = line[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        bool isEnough = soft == "unlimited" || long.Parse(soft, CultureInfo.InvariantCulture) >= OpenFilesWanted;
        string text = $"at most {soft}";
        return isEnough ? Finding.Good(Check, text) : Finding.Advise(Check, text, "raise it (ulimit -n 65536): each journal segment that is mapped needs one.");
    }

    private static Finding Memory()
    {
        long bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string text = $"{Gib(bytes)} GiB";
        return bytes >= 2L << 30 ? Finding.Good("memory", text) : Finding.Advise("memory", text, "below 2 GiB: keep journal segments small (obs import --segment-mb 16).");
    }

    private static Finding DiskSpace(string folder)
    {
        DriveInfo drive = new(Path.GetFullPath(folder));
        string text = $"{Gib(drive.AvailableFreeSpace)} GiB free on {drive.RootDirectory.FullName}";
        return drive.AvailableFreeSpace >= 10L << 30
            ? Finding.Good("disk", text)
            : Finding.Advise("disk", text, "1.4 million records of an Upbit market are 3 GiB: free space, or set a retention (obs up --keep-days 3 --keep-gib 20).");
    }

    private static Finding DiskSync(string folder)
    {
        string path = Path.Combine(folder, $".obs-doctor-{System.Environment.ProcessId}");
        try
        {
            using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            double[] ms = new double[21];
            for (int write = 0; write < ms.Length; write++)
            {
                file.Write(new byte[4096]);
                long start = Stopwatch.GetTimestamp();
                file.Flush(flushToDisk: true);
                ms[write] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
            Array.Sort(ms);
            string text = ms[ms.Length / 2].ToString("F2", CultureInfo.InvariantCulture) + " ms (median of 21)";
            return ms[ms.Length / 2] < 5
                ? Finding.Good("forcing a write to disk", text)
                : Finding.Advise("forcing a write to disk", text, "commands are answered after such a write: put the journal on a faster disk.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Finding.Advise("forcing a write to disk", problem.Message, "choose a folder that can be written with --data.");
        }
    }

    private static string Gib(long bytes) => (bytes / (double)(1L << 30)).ToString("F1", CultureInfo.InvariantCulture);

    private static string? FirstLine(string path) => File.Exists(path) ? File.ReadLines(path).FirstOrDefault() : null;
}
