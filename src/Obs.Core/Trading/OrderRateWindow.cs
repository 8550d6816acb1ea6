using System;
using System.Diagnostics;
using Obs.Core.Journal;

namespace Obs.Core.Trading;

/// <summary>Counts orders in the last second of engine time: a ring of the last N times.</summary>
/// <remarks>Engine thread only; O(1), no allocation.</remarks>
internal sealed class OrderRateWindow
{
    private const long WindowNs = 1_000_000_000;

    private readonly long[] _timesNs;
    private long _count;
    private int _next;

    /// <summary>Allows a number of orders in any second.</summary>
    public OrderRateWindow(int ordersPerSecond) => _timesNs = new long[ordersPerSecond];

    /// <summary>True when one more order may leave at this time.</summary>
    public bool HasRoom(long engineNs)
    {
        Debug.Assert(_next == _count % _timesNs.Length, "the place of the next time is the place of the oldest");
        return _count < _timesNs.Length || engineNs - _timesNs[_next] >= WindowNs;
    }

    /// <summary>Reads the place the next order will take.</summary>
    public ulong Touch() => HasRoom(long.MaxValue) ? 1UL : 0;

    /// <summary>Writes the window into a snapshot.</summary>
    public void Save(SnapshotWriter writer)
    {
        writer.WriteInt64(_count);
        writer.WriteValues<long>(_timesNs);
    }

    /// <summary>Takes the window of a snapshot, made with this limit or another.</summary>
    public void Load(SnapshotReader reader)
    {
        _count = reader.ReadInt64();
        _next = (int)(_count % _timesNs.Length);
        long[] times = reader.ReadValues<long>();
        // under another limit the newest times find other places
        long known = Math.Min(_count, Math.Min(times.Length, _timesNs.Length));
        for (long at = _count - known; at < _count; at++)
            _timesNs[at % _timesNs.Length] = times[at % times.Length];
    }

    /// <summary>Notes an order that left. One that only reduces a position leaves without room, too: it takes the place of the oldest.</summary>
    public void Note(long engineNs)
    {
        Debug.Assert(_next == _count % _timesNs.Length, "the place of the next time is the place of the oldest");
        _timesNs[_next] = engineNs;
        _next = _next + 1 == _timesNs.Length ? 0 : _next + 1;
        _count++;
    }
}
