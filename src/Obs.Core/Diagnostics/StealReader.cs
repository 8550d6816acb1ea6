using System;
using System.Buffers.Text;
using System.Diagnostics;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace Obs.Core.Diagnostics;

/// <summary>What the kernel says it took from us: time a thread waited for a core, and time the hypervisor took from all cores.</summary>
/// <remarks>Linux only; elsewhere nothing can be read and every answer is false. A reading costs a few microseconds and allocates nothing:
/// call it outside the hot path, or after a latency that is already an outlier.</remarks>
internal sealed class StealReader : IDisposable
{
    private const long NsPerClockTick = 10_000_000; // USER_HZ is 100 on every architecture Linux gives to user space

    private readonly byte[] _buffer = new byte[512];
    private readonly SafeFileHandle? _schedstat;
    private readonly SafeFileHandle? _stat;

    /// <summary>A reader for the calling thread; it may then be used from any one thread at a time.</summary>
    public StealReader()
        : this("/proc/thread-self/schedstat", "/proc/stat")
    {
    }

    /// <summary>A reader of given files, for tests.</summary>
    internal StealReader(string schedstatPath, string statPath)
    {
        _schedstat = TryOpen(schedstatPath);
        _stat = TryOpen(statPath);
    }

    /// <summary>Nanoseconds this thread was ready to run but waited for a core, since it started (schedstat, second number).</summary>
    public bool TryReadRunDelayNs(out long runDelayNs)
    {
        runDelayNs = 0;
        return _schedstat is not null && TryParseRunDelay(Read(_schedstat), out runDelayNs);
    }

    /// <summary>Nanoseconds the hypervisor took from all cores together since boot, in steps of 10 ms (proc_stat(5), eighth number of "cpu").</summary>
    public bool TryReadStealNs(out long stealNs)
    {
        stealNs = 0;
        return _stat is not null && TryParseSteal(Read(_stat), out stealNs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _schedstat?.Dispose();
        _stat?.Dispose();
    }

    /// <summary>The second of three numbers.</summary>
    internal static bool TryParseRunDelay(ReadOnlySpan<byte> text, out long runDelayNs) => TryParseField(text, 1, out runDelayNs);

    /// <summary>The number after user, nice, system, idle, iowait, irq and softirq in the first line.</summary>
    internal static bool TryParseSteal(ReadOnlySpan<byte> text, out long stealNs)
    {
        stealNs = 0;
        if (!text.StartsWith("cpu "u8) || !TryParseField(text, 8, out long clockTicks) || clockTicks > long.MaxValue / NsPerClockTick)
            return false;
        stealNs = clockTicks * NsPerClockTick;
        return true;
    }

    private static bool TryParseField(ReadOnlySpan<byte> text, int field, out long value)
    {
        int lineEnd = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> rest = lineEnd < 0 ? text : text[..lineEnd];
        for (; field > 0; field--)
        {
            int space = rest.IndexOf((byte)' ');
            if (space < 0)
            {
                value = 0;
                return false;
            }
            rest = rest[space..].TrimStart((byte)' ');
        }
        return Utf8Parser.TryParse(rest, out value, out int consumed) && (consumed == rest.Length || rest[consumed] == (byte)' ');
    }

    private static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return File.Exists(path) ? File.OpenHandle(path) : null;
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    private ReadOnlySpan<byte> Read(SafeFileHandle file)
    {
        int read = RandomAccess.Read(file, _buffer, fileOffset: 0);
        Debug.Assert(read <= _buffer.Length, "more was read than fits");
        return _buffer.AsSpan(0, read);
    }
}
