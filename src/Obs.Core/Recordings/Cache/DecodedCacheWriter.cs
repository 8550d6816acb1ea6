using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Cache;

/// <summary>Writes a decoded cache: every record of a journal, in order, so that a backtest from it is the same bit for bit.</summary>
/// <remarks>One thread. Written beside its place and moved there by <see cref="Complete"/>: a cache is whole or absent.</remarks>
internal sealed class DecodedCacheWriter : IDisposable
{
    private readonly string _path;
    private readonly string _unfinished;
    private readonly FileStream _file;
    private readonly byte[] _block = new byte[CacheHeader.BlockBytes];
    private readonly List<uint> _checksums = [];
    private int _used;
    private long _records;
    private bool _complete;

    /// <summary>Begins a cache.</summary>
    public DecodedCacheWriter(string path)
    {
        _path = path;
        _unfinished = path + ".unfinished";
        _file = new FileStream(_unfinished, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1);
        _file.Position = CacheHeader.DataOffset;
    }

    /// <summary>Adds a frame or REST answer as its decoder left it.</summary>
    /// <param name="kind">Kind of the journal's record.</param>
    /// <param name="venue">Its venue.</param>
    /// <param name="status">What the decoder said.</param>
    /// <param name="head">The event, with sequence and receive time; its level counts are 0 when the frame was refused.</param>
    /// <param name="levels">Its levels, bids then asks.</param>
    public void AddFrame(RecordKind kind, VenueId venue, DecodeStatus status, in MarketEvent head, ReadOnlySpan<BookLevel> levels)
    {
        Debug.Assert(head.BidCount + head.AskCount == levels.Length, "the header counts its levels");
        Debug.Assert(status == DecodeStatus.Ok || levels.IsEmpty, "a refused frame has no levels");
        Add(new CacheRecord(levels.Length * Unsafe.SizeOf<BookLevel>(), kind, venue, status), in head, MemoryMarshal.AsBytes(levels));
    }

    /// <summary>Adds a record of another kind with its payload.</summary>
    public void AddOther(RecordKind kind, VenueId venue, long sequence, long receiveNs, ReadOnlySpan<byte> payload)
    {
        Debug.Assert(kind is not (RecordKind.None or RecordKind.VenueFrame or RecordKind.RestAnswer), "frames are added decoded");
        MarketEvent head = new() { Sequence = sequence, ReceiveNs = receiveNs };
        Add(new CacheRecord(payload.Length, kind, venue, DecodeStatus.Ok), in head, payload);
    }

    /// <summary>Finishes the cache and puts it in its place.</summary>
    /// <param name="source">Stamp of the journal it was made from.</param>
    /// <param name="configuration">Markets by index.</param>
    public void Complete(SourceStamp source, RecordingConfiguration configuration)
    {
        EndBlock();
        CacheHeader header = new()
        {
            Magic = CacheHeader.ExpectedMagic,
            Version = CacheHeader.CurrentVersion,
            SourceLengthBytes = source.LengthBytes,
            SourceCrc32C = source.Crc32C,
            Records = _records,
            DataBytes = _file.Position - CacheHeader.DataOffset,
        };
        byte[] json = configuration.ToPayload();
        ReadOnlySpan<byte> table = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_checksums));
        byte[] tail = [.. table, .. json];
        _file.Write(tail);
        header.ConfigurationBytes = (uint)json.Length;
        header.TailCrc32C = Crc32C.Compute(tail);
        header.HeaderCrc32C = Crc32C.Compute(MemoryMarshal.AsBytes(new ReadOnlySpan<CacheHeader>(in header)));
        _file.Flush(flushToDisk: true);
        _file.Position = 0;
        _file.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<CacheHeader>(in header)));
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        File.Move(_unfinished, _path, overwrite: true);
        _complete = true;
    }

    /// <summary>Throws an unfinished cache away.</summary>
    public void Dispose()
    {
        _file.Dispose();
        if (!_complete)
            File.Delete(_unfinished);
    }

    private void Add(CacheRecord record, in MarketEvent head, ReadOnlySpan<byte> tail)
    {
        Write(MemoryMarshal.AsBytes(new ReadOnlySpan<CacheRecord>(in record)));
        Write(MemoryMarshal.AsBytes(new ReadOnlySpan<MarketEvent>(in head)));
        Write(tail);
        Span<byte> padding = stackalloc byte[8];
        padding.Clear();
        Write(padding[..(-tail.Length & 7)]);
        _records++;
        Debug.Assert((_used & 7) == 0, "records are 8-byte aligned");
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int part = Math.Min(bytes.Length, _block.Length - _used);
            bytes[..part].CopyTo(_block.AsSpan(_used));
            _used += part;
            bytes = bytes[part..];
            if (_used == _block.Length)
                EndBlock();
        }
    }

    private void EndBlock()
    {
        if (_used == 0)
            return;
        _checksums.Add(Crc32C.Compute(_block.AsSpan(0, _used)));
        _file.Write(_block, 0, _used);
        _used = 0;
    }
}
