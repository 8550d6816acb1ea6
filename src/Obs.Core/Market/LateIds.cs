using System;
using System.Diagnostics;
using Obs.Core.Journal;

namespace Obs.Core.Market;

/// <summary>Remembers at least the last <see cref="SeenIds.Remembered"/> ids in any order.</summary>
/// <remarks>Two generations of an open-addressed set: when the younger is full the older is forgotten. O(1); bounded at 256 KiB; allocates only while
/// growing.</remarks>
internal sealed class LateIds
{
    private const int SlotsMax = SeenIds.Remembered * 2;

    private long[] _young = new long[256];
    private long[] _old = new long[256];
    private int _youngCount;

    /// <summary>Takes all the memory it will ever need, 256 KiB, and touches it. Answers do not change.</summary>
    public void Reserve()
    {
        if (_young.Length < SlotsMax)
            _young = Rehashed(_young, SlotsMax);
        if (_old.Length < SlotsMax)
            _old = Rehashed(_old, SlotsMax);
    }

    /// <summary>True the first time an id other than 0 is seen.</summary>
    public bool TryAdd(long id)
    {
        Debug.Assert(id != 0, "0 marks a free slot");
        int at = Find(_young, id);
        if (_young[at] == id || _old[Find(_old, id)] == id)
            return false;
        _young[at] = id;
        if (++_youngCount * 2 >= _young.Length)
            MakeRoom();
        Debug.Assert(_youngCount * 2 < _young.Length, "a probe always ends at a free slot");
        return true;
    }

    /// <summary>Writes the state.</summary>
    public void Save(SnapshotWriter writer)
    {
        writer.WriteInt32(_youngCount);
        writer.WriteValues<long>(_young);
        writer.WriteValues<long>(_old);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(SnapshotReader reader)
    {
        _youngCount = reader.ReadInt32();
        _young = reader.ReadValues<long>();
        _old = reader.ReadValues<long>();
    }

    private static int Find(long[] table, long id)
    {
        int mask = table.Length - 1;
        int at = unchecked((int)BookHash.Mix((ulong)id)) & mask;
        while (table[at] != 0 && table[at] != id)
            at = (at + 1) & mask;
        return at;
    }

    private void MakeRoom()
    {
        if (_youngCount < SeenIds.Remembered)
        {
            _young = Rehashed(_young, _young.Length * 2);
            return;
        }
        (_old, _young) = (_young, _old.Length == _young.Length ? _old : new long[_young.Length]);
        Array.Clear(_young);
        _youngCount = 0;
    }

    private static long[] Rehashed(long[] table, int slots)
    {
        long[] larger = new long[slots];
        // fresh memory is mapped page by page at the first write; better now than in a frame
        larger.AsSpan().Clear();
        foreach (long id in table)
        {
            if (id != 0)
                larger[Find(larger, id)] = id;
        }
        return larger;
    }
}
