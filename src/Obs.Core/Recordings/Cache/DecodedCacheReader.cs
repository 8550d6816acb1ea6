using System;
using System.Diagnostics;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Cache;

/// <summary>A decoded cache in memory: everything is checked once when it is opened, then read without copies or checks.</summary>
/// <remarks>Any thread may read; <see cref="Dispose"/> only after the last cursor is done with, the memory is unmapped then.</remarks>
internal sealed unsafe class DecodedCacheReader : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly string _path;
    private readonly byte* _start;
    private readonly long _lengthBytes;
    private readonly CacheHeader _header;
    private bool _disposed;

    private DecodedCacheReader(string path, long lengthBytes)
    {
        _path = path;
        _lengthBytes = lengthBytes;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, lengthBytes, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
        _header = *(CacheHeader*)_start;
        Configuration = new RecordingConfiguration { IsRecording = true, Venue = VenueId.None };
    }

    /// <summary>Markets by index, and the venue.</summary>
    public RecordingConfiguration Configuration { get; private set; }

    /// <summary>Records of all kinds.</summary>
    public long Records => _header.Records;

    /// <summary>What it was made from.</summary>
    public SourceStamp Source => new(_header.SourceLengthBytes, _header.SourceCrc32C);

    /// <summary>Opens and checks a cache.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">Stamp of the source as it is now; null takes any.</param>
    /// <exception cref="ImportException">Missing, damaged, of another version, or made from another source.</exception>
    public static DecodedCacheReader Open(string path, SourceStamp? expected)
    {
        FileInfo info = new(path);
        if (!info.Exists)
            ImportThrow.Missing(path);
        if (info.Length < CacheHeader.DataOffset)
            ImportThrow.CacheDamaged(path, "shorter than its header");
        DecodedCacheReader reader = new(path, info.Length);
        try
        {
            reader.Check(expected);
            return reader;
        }
        catch (ImportException)
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>A cursor in front of the first record.</summary>
    public DecodedCursor Start()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new DecodedCursor(_start + CacheHeader.DataOffset, _header.DataBytes);
    }

    /// <summary>Unmaps the file.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private void Check(SourceStamp? expected)
    {
        CheckHeader();
        if (expected is { } now && now != Source)
            ImportThrow.CacheStale(_path, now, Source);
        long blocks = (_header.DataBytes + CacheHeader.BlockBytes - 1) / CacheHeader.BlockBytes;
        long tailOffset = CacheHeader.DataOffset + _header.DataBytes;
        long tailBytes = blocks * sizeof(uint) + _header.ConfigurationBytes;
        if (tailOffset + tailBytes != _lengthBytes || tailBytes > int.MaxValue)
            ImportThrow.CacheDamaged(_path, "its length is not the one it was written with");
        if (Crc32C.Compute(new ReadOnlySpan<byte>(_start + tailOffset, (int)tailBytes)) != _header.TailCrc32C)
            ImportThrow.CacheDamaged(_path, "the checksum of its end is wrong");
        ReadOnlySpan<byte> json = new(_start + tailOffset + blocks * sizeof(uint), (int)_header.ConfigurationBytes);
        if (!RecordingConfiguration.TryRead(json, out RecordingConfiguration? configuration, out string? problem))
            ImportThrow.CacheDamaged(_path, problem);
        Configuration = configuration;
        CheckBlocks((uint*)(_start + tailOffset), blocks);
        CheckRecords();
    }

    private void CheckHeader()
    {
        CacheHeader unsigned = _header;
        unsigned.HeaderCrc32C = 0;
        if (_header.Magic != CacheHeader.ExpectedMagic)
            ImportThrow.CacheDamaged(_path, "it was not finished, or is no cache");
        if (Crc32C.Compute(new ReadOnlySpan<byte>(&unsigned, Unsafe.SizeOf<CacheHeader>())) != _header.HeaderCrc32C)
            ImportThrow.CacheDamaged(_path, "the checksum of its header is wrong");
        if (_header.Version != CacheHeader.CurrentVersion)
            ImportThrow.CacheDamaged(_path, $"its version is {_header.Version}, this program's is {CacheHeader.CurrentVersion}");
        if (_header.DataBytes < 0 || _header.DataBytes > _lengthBytes - CacheHeader.DataOffset)
            ImportThrow.CacheDamaged(_path, "it is cut off");
    }

    private void CheckBlocks(uint* checksums, long blocks)
    {
        for (long block = 0; block < blocks; block++)
        {
            long offset = block * CacheHeader.BlockBytes;
            int bytes = (int)Math.Min(CacheHeader.BlockBytes, _header.DataBytes - offset);
            if (Crc32C.Compute(new ReadOnlySpan<byte>(_start + CacheHeader.DataOffset + offset, bytes)) != checksums[block])
                ImportThrow.CacheDamaged(_path, $"the checksum of block {block} is wrong");
        }
    }

    private void CheckRecords()
    {
        long at = 0;
        long records = 0;
        while (at < _header.DataBytes)
        {
            long left = _header.DataBytes - at;
            long bytes = left < DecodedCursor.HeaderBytes ? long.MaxValue : DecodedCursor.CheckedSize(_start + CacheHeader.DataOffset + at, Configuration.Instruments.Count);
            if (bytes > left)
                ImportThrow.CacheDamaged(_path, $"record {records} is malformed");
            at += bytes;
            records++;
        }
        if (records != _header.Records)
            ImportThrow.CacheDamaged(_path, $"it holds {records} records and says {_header.Records}");
        Debug.Assert(at == _header.DataBytes, "records fill the data exactly");
    }
}
