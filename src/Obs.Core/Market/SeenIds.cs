using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Obs.Core.Journal;

namespace Obs.Core.Market;

/// <summary>Remembers at least the last <see cref="Remembered"/> ids of a stream whose ids are unique and mostly, not always, rising (Upbit's sequential_id,
/// Binance's trade ids).</summary>
/// <remarks>An id above all before it goes to the end of a sorted ring, without a search; any other is looked for there and among the late ones, a set of two
/// generations. Either forgets what lies far enough back. O(1) for rising ids, O(log n) for late ones; bounded at 512 KiB; allocates only while growing, and not at
/// all after <see cref="Reserve"/>.
/// The same ids in the same order give the same answers, whatever the process.</remarks>
internal sealed class SeenIds
{
    /// <summary>How many ids are certainly remembered; up to twice as many are.</summary>
    public const int Remembered = 8_192;

    private const int RisingMax = 2 * Remembered;

    private readonly LateIds _late = new();
    private long[] _rising = new long[256];
    private long[] _risingAt = new long[256];
    private long _risingSeen;
    private long _seen;
    private long _highest;

    /// <summary>Takes all the memory it will ever need, 512 KiB, and touches it. Answers do not change.</summary>
    public void Reserve()
    {
        if (_rising.Length < RisingMax)
            Resize(RisingMax);
        _late.Reserve();
    }

    /// <summary>True the first time an id is seen. Id 0 means "none" and is always new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(long id)
    {
        if (id <= _highest)
            return TryAddLate(id);
        if (_risingSeen == _rising.Length && _rising.Length < RisingMax)
            Resize(_rising.Length * 2);
        int at = (int)(_risingSeen++ & (_rising.Length - 1));
        _rising[at] = id;
        _risingAt[at] = ++_seen;
        _highest = id;
        return true;
    }

    /// <summary>Reads the places the next rising id will take.</summary>
    public ulong Touch()
    {
        int at = (int)(_risingSeen & (_rising.Length - 1));
        return unchecked((ulong)(_rising[at] + _risingAt[at] + _highest));
    }

    /// <summary>Writes the state.</summary>
    public void Save(SnapshotWriter writer)
    {
        writer.WriteInt64(_risingSeen);
        writer.WriteInt64(_seen);
        writer.WriteInt64(_highest);
        writer.WriteValues<long>(_rising);
        writer.WriteValues<long>(_risingAt);
        _late.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(SnapshotReader reader)
    {
        bool isReserved = _rising.Length == RisingMax;
        _risingSeen = reader.ReadInt64();
        _seen = reader.ReadInt64();
        _highest = reader.ReadInt64();
        _rising = reader.ReadValues<long>();
        _risingAt = reader.ReadValues<long>();
        _late.Restore(reader);
        if (isReserved)
            Reserve();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAddLate(long id)
    {
        if (id == 0)
            return true;
        if (IsAmongRising(id) || !_late.TryAdd(id))
            return false;
        _seen++;
        return true;
    }

    private void Resize(int length)
    {
        Debug.Assert(_risingSeen <= _rising.Length, "the ring has not wrapped, so its order is that of the array");
        Array.Resize(ref _rising, length);
        Array.Resize(ref _risingAt, length);
        // fresh memory is mapped page by page at the first write; better now than in a frame
        int used = (int)_risingSeen;
        _rising.AsSpan(used).Clear();
        _risingAt.AsSpan(used).Clear();
    }

    private bool IsAmongRising(long id)
    {
        long low = Math.Max(0, _risingSeen - _rising.Length);
        long high = _risingSeen;
        Debug.Assert(high == 0 || _rising[(int)((high - 1) & (_rising.Length - 1))] == _highest, "the ring ends with the highest");
        while (low < high)
        {
            long middle = (low + high) / 2;
            if (_rising[(int)(middle & (_rising.Length - 1))] < id)
                low = middle + 1;
            else
                high = middle;
        }
        int at = (int)(low & (_rising.Length - 1));
        return low < _risingSeen && _rising[at] == id && _seen - _risingAt[at] < RisingMax;
    }
}
