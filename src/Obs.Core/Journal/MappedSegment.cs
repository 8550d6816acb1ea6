using System;
using System.Diagnostics;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Threading;
using Microsoft.Win32.SafeHandles;

namespace Obs.Core.Journal;

/// <summary>A segment file mapped as a whole. The address holds until <see cref="Dispose"/>; after it a read through it ends the
/// process.</summary>
/// <remarks>Creation allocates the blocks (posix_fallocate), so that a full disk is an exception here and not a bus error in the middle of
/// an
/// append. Not thread safe but for <see cref="Touch"/> and <see cref="Sync"/>, which may run beside the one writing thread.</remarks>
internal sealed unsafe class MappedSegment : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;
    private bool _isDisposed;

    private MappedSegment(string path, SafeFileHandle file, long lengthBytes, bool isWritable)
    {
        Path = path;
        LengthBytes = lengthBytes;
        _file = file;
        if (lengthBytes == 0)
            return;
        MemoryMappedFileAccess access = isWritable ? MemoryMappedFileAccess.ReadWrite : MemoryMappedFileAccess.Read;
        _map = MemoryMappedFile.CreateFromFile(file, null, lengthBytes, access, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, lengthBytes, access);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Start = start;
    }

    /// <summary>The file; changes when a prepared segment gets its name.</summary>
    public string Path { get; set; }

    /// <summary>Address of the first byte; null for an empty file.</summary>
    public byte* Start { get; }

    /// <summary>Bytes of the mapping.</summary>
    public long LengthBytes { get; }

    /// <summary>Fault point: waiting for the device fails from now on, as on a broken disk. Set by tests only.</summary>
    internal bool FailsToSync { get; set; }

    /// <summary>Creates a file with its blocks allocated and maps it for writing; the file must not exist.</summary>
    /// <exception cref="JournalException">Disk full, folder read-only, or another error, with the bytes needed. No file is left
    /// behind.</exception>
    public static MappedSegment Create(string path, long lengthBytes)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete,
                FileOptions.None, lengthBytes);
            return new MappedSegment(path, file, lengthBytes, isWritable: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            bool isOurs = file is not null;
            file?.Dispose();
            if (isOurs)
                File.Delete(path);
            throw JournalThrow.From(error, path, "create a segment", lengthBytes);
        }
    }

    /// <summary>Maps an existing segment for writing; a file that is shorter (trimmed at a clean close) is filled up with written
    /// zeros.</summary>
    /// <exception cref="JournalException">The file cannot be opened, or the disk has no room for the rest.</exception>
    public static MappedSegment OpenForWriting(string path, long lengthBytes)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            byte[] zeros = new byte[1 << 16];
            for (long at = RandomAccess.GetLength(file); at < lengthBytes; at += zeros.Length)
                RandomAccess.Write(file, zeros.AsSpan(0, (int)Math.Min(zeros.Length, lengthBytes - at)), at);
            return new MappedSegment(path, file, lengthBytes, isWritable: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw JournalThrow.From(error, path, "open a segment for writing", lengthBytes);
        }
    }

    /// <summary>Maps an existing segment for reading, in the length the file has now.</summary>
    /// <exception cref="JournalException">The file cannot be opened.</exception>
    public static MappedSegment OpenForReading(string path)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new MappedSegment(path, file, RandomAccess.GetLength(file), isWritable: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw JournalThrow.From(error, path, "open a segment", 0);
        }
    }

    /// <summary>Makes the pages of a range writable now, so that the writer meets no page fault there later.</summary>
    /// <remarks>An atomic OR with 0 leaves whatever a writer stores at the same moment. 64 MiB of new file take about 100 ms.</remarks>
    public void Touch(long fromBytes, long toBytes)
    {
        Debug.Assert(fromBytes >= 0, "a range starts inside the segment");
        long page = Environment.SystemPageSize;
        for (long at = fromBytes / page * page; at < Math.Min(toBytes, LengthBytes); at += page)
            _ = Interlocked.Or(ref *(int*)(Start + at), 0);
    }

    /// <summary>Waits until a range is on the device.</summary>
    /// <exception cref="IOException">The device did not take it.</exception>
    public void Sync(long fromBytes, long toBytes)
    {
        Debug.Assert(fromBytes <= toBytes && toBytes <= LengthBytes, "from ≤ to ≤ length");
        if (FailsToSync)
            throw new IOException("The device reported an input/output error.", 5);
        long page = Environment.SystemPageSize;
        long start = fromBytes / page * page;
        if (toBytes > start)
            DiskSync.Range(Start + start, toBytes - start, _file);
    }

    /// <summary>Unmaps and closes; with a length, cuts the file to it first (only at a clean close).</summary>
    public void Close(long? trimToBytes)
    {
        Unmap();
        if (trimToBytes is long bytes && bytes < LengthBytes)
        {
            RandomAccess.SetLength(_file, bytes);
            RandomAccess.FlushToDisk(_file);
        }
        _file.Dispose();
    }

    /// <summary>Unmaps and closes.</summary>
    public void Dispose()
    {
        Unmap();
        _file.Dispose();
    }

    private void Unmap()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _map?.Dispose();
    }
}
