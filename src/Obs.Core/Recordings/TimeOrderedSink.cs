using System;
using System.Collections.Generic;
using System.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Recordings;

/// <summary>Puts the records of several files into the order of their receive times: books and trades of the original project lie in files of their own.</summary>
/// <remarks>Holds everything in memory until <see cref="Flush"/> (records and 40 bytes each). Records of one time keep the order in which they came;
/// configuration comes first, the last one only, because it lists all markets.</remarks>
internal sealed class TimeOrderedSink(IRecordSink target) : IRecordSink
{
    private const int ChunkBytes = 1 << 20;
    private readonly List<Held> _held = [];
    private byte[] _chunk = [];
    private int _used;
    private byte[]? _configuration;

    /// <inheritdoc/>
    public void OnRecord(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload)
    {
        if (kind == RecordKind.ConfigurationChange)
        {
            _configuration = payload.ToArray();
            return;
        }
        if (_chunk.Length - _used < payload.Length)
        {
            _chunk = new byte[Math.Max(ChunkBytes, payload.Length)];
            _used = 0;
        }
        payload.CopyTo(_chunk.AsSpan(_used));
        _held.Add(new Held(receiveNs, _held.Count, kind, venue, _chunk.AsMemory(_used, payload.Length)));
        _used += payload.Length;
        Debug.Assert(_used <= _chunk.Length, "a record lies in one chunk");
    }

    /// <summary>Gives everything on, in order, and forgets it.</summary>
    public void Flush()
    {
        _held.Sort(static (Held left, Held right) => left.ReceiveNs != right.ReceiveNs ? left.ReceiveNs.CompareTo(right.ReceiveNs) : left.Number.CompareTo(right.Number));
        if (_configuration is not null && _held.Count > 0)
            target.OnRecord(RecordKind.ConfigurationChange, VenueId.None, _held[0].ReceiveNs, _configuration);
        foreach (Held record in _held)
            target.OnRecord(record.Kind, record.Venue, record.ReceiveNs, record.Payload.Span);
        _held.Clear();
        _configuration = null;
    }

    /// <summary>A record that waits.</summary>
    private readonly record struct Held(long ReceiveNs, int Number, RecordKind Kind, VenueId Venue, ReadOnlyMemory<byte> Payload);
}
