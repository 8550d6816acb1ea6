using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Obs.Core.Market;

/// <summary>One side of a <see cref="DepthBook"/>: levels in one array, best first.</summary>
/// <remarks>Engine thread only. Allocates only when the side has more levels than ever. Keys as in <see cref="LadderSide"/>: higher is better.</remarks>
internal sealed class DepthSide(Side side)
{
    private const int LinearSearch = 16;
    private const int LevelsPerLine = 4; // of a cache line of 64 bytes

    private readonly long _priceMask = -(long)side;
    private BookLevel[] _levels = new BookLevel[64];
    private int _count;

    /// <summary>Levels better than the best one, overrun by the other side (<see cref="CrossPolicy.MoveOpposite"/>); otherwise 0.</summary>
    public int Overrun { get; private set; }

    /// <summary>Number of levels.</summary>
    public int Count => _count;

    /// <summary>Key of the best level, <see cref="LadderSide.None"/> without one.</summary>
    public long Best => Overrun < _count ? KeyAt(Overrun) : LadderSide.None;

    /// <summary>Every level, highest key first.</summary>
    public ReadOnlySpan<BookLevel> All => _levels.AsSpan(0, _count);

    /// <summary>Every level from the best on.</summary>
    public ReadOnlySpan<BookLevel> FromBest => _levels.AsSpan(Overrun, _count - Overrun);

    /// <summary>Size at a price, 0 when there is no level.</summary>
    public long SizeAt(long key)
    {
        int at = Find(key);
        return at < _count && KeyAt(at) == key ? _levels[at].Size.Mantissa : 0;
    }

    /// <summary>Sets the size at a key and returns the size before.</summary>
    public long Set(long key, long size)
    {
        Debug.Assert(size >= 0, "decoders refuse negative sizes");
        int at = Find(key);
        bool isKnown = at < _count && KeyAt(at) == key;
        long previous = isKnown ? _levels[at].Size.Mantissa : 0;
        if (size == 0)
        {
            if (isKnown)
                RemoveAt(at);
            return previous;
        }
        BookLevel level = new(new Price(key ^ _priceMask), new Size(size));
        if (isKnown)
            _levels[at] = level;
        else
            InsertAt(at, level);
        // a positive size above the best is the new best, be it a level that was overrun before
        if (at < Overrun)
            Overrun = at;
        Debug.Assert(Overrun <= at, "the best is at or above the level that was set");
        return previous;
    }

    /// <summary>Asks the memory for all levels. A hint: it changes nothing and cannot fault.</summary>
    public unsafe void Prefetch()
    {
        if (!Sse.IsSupported)
            return;
        ref BookLevel first = ref MemoryMarshal.GetArrayDataReference(_levels);
        for (int level = 0; level < _count; level += LevelsPerLine)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, level)));
    }

    /// <summary>Replaces all levels by these, which are best first (<see cref="LevelOrder"/>).</summary>
    public void Replace(ReadOnlySpan<BookLevel> levels)
    {
        Debug.Assert(LevelOrder.IsBestFirst(side, levels), "the book checks them before");
        if (levels.Length > _levels.Length)
            _levels = new BookLevel[(int)BitOperations.RoundUpToPowerOf2((uint)levels.Length)];
        levels.CopyTo(_levels);
        _count = levels.Length;
        Overrun = 0;
    }

    /// <summary>Moves the best strictly below a key; better levels stay as overrun ones.</summary>
    public void MoveBestBelow(long key)
    {
        while (Overrun < _count && KeyAt(Overrun) >= key)
            Overrun++;
        Debug.Assert(Best == LadderSide.None || Best < key, "the best moved past the update");
    }

    /// <summary>Index of the first level strictly below a key, counted in all levels; <see cref="Count"/> for none.</summary>
    public int FirstBelow(long key)
    {
        int at = Find(key);
        return at < _count && KeyAt(at) == key ? at + 1 : at;
    }

    /// <summary>Removes every level.</summary>
    public void Clear()
    {
        _count = 0;
        Overrun = 0;
    }

    private long KeyAt(int index) => _levels[index].Price.Mantissa ^ _priceMask;

    /// <summary>Index of the first level at or below a key: most updates are near the best, so the first few are looked at one by one.</summary>
    private int Find(long key)
    {
        int near = Math.Min(_count, LinearSearch);
        for (int index = 0; index < near; index++)
        {
            if (KeyAt(index) <= key)
                return index;
        }
        int low = near;
        int high = _count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (KeyAt(middle) <= key)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    private void InsertAt(int at, BookLevel level)
    {
        if (_count == _levels.Length)
            Array.Resize(ref _levels, checked(_count * 2));
        Array.Copy(_levels, at, _levels, at + 1, _count - at);
        _levels[at] = level;
        _count++;
        Debug.Assert(at == 0 || KeyAt(at - 1) > KeyAt(at), "levels descend by key above the new one");
        Debug.Assert(at + 1 == _count || KeyAt(at) > KeyAt(at + 1), "levels descend by key below the new one");
    }

    private void RemoveAt(int at)
    {
        Array.Copy(_levels, at + 1, _levels, at, _count - at - 1);
        _count--;
        if (at < Overrun)
            Overrun--;
        Debug.Assert(Overrun <= _count, "overrun levels are levels");
    }
}
