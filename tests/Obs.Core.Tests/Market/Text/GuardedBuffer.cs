using System;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Obs.Core.Tests.Market.Text;

/// <summary>Memory with a forbidden page before and behind it: reading outside ends the process, which no test overlooks. Linux only.</summary>
internal sealed unsafe partial class GuardedBuffer : IDisposable
{
    private const int PageBytes = 65_536;
    private const int NoAccess = 0, ReadWrite = 3, PrivateAnonymous = 0x22;

    private readonly nint _mapping;
    private readonly nuint _mappedBytes;
    private readonly int _bytes;

    public GuardedBuffer(int pages)
    {
        _bytes = pages * PageBytes;
        _mappedBytes = (nuint)(_bytes + 2 * PageBytes);
        _mapping = Map(0, _mappedBytes, NoAccess, PrivateAnonymous, -1, 0);
        if (_mapping == -1 || Protect(_mapping + PageBytes, (nuint)_bytes, ReadWrite) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Copies a frame so that its last byte is the last readable one.</summary>
    public ReadOnlySpan<byte> AtEnd(ReadOnlySpan<byte> frame) => Place(frame, _bytes - frame.Length);

    /// <summary>Copies a frame so that its first byte is the first readable one.</summary>
    public ReadOnlySpan<byte> AtStart(ReadOnlySpan<byte> frame) => Place(frame, 0);

    public void Dispose() => _ = Unmap(_mapping, _mappedBytes);

    private ReadOnlySpan<byte> Place(ReadOnlySpan<byte> frame, int at)
    {
        Span<byte> all = new((void*)(_mapping + PageBytes), _bytes);
        frame.CopyTo(all[at..]);
        return all.Slice(at, frame.Length);
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint bytes, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint bytes);
}
