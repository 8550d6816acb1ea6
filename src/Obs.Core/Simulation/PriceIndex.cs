using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Simulation;

/// <summary>From a price's sort key to the place of its first order: a small open-addressed table, rebuilt when orders change.</summary>
/// <remarks>Engine thread only; no allocation. At most a quarter full, so a price without orders is nearly always found missing at the first look.</remarks>
internal sealed class PriceIndex
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15UL;

    private readonly ushort[] _places;
    private readonly int[] _used;
    private readonly int _shift;
    private int _usedCount;

    /// <summary>Room for so many orders, at most <see cref="OwnOrders.MaxCapacity"/>.</summary>
    public PriceIndex(int capacity)
    {
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 16)) * 4;
        _places = new ushort[length];
        _used = new int[capacity];
        _shift = 64 - BitOperations.Log2((uint)length);
    }

    /// <summary>Place of the first order with a key, or −1.</summary>
    /// <param name="key">The key.</param>
    /// <param name="keys">The keys in order, as given to <see cref="Rebuild"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(long key, long[] keys)
    {
        ushort[] places = _places;
        for (int slot = SlotOf(key); ; slot = (slot + 1) & (places.Length - 1))
        {
            int place = places[slot] - 1;
            if (place < 0 || keys[place] == key)
                return place;
        }
    }

    /// <summary>Takes the keys anew, sorted; equal keys count as one price.</summary>
    public void Rebuild(ReadOnlySpan<long> keys)
    {
        for (int index = 0; index < _usedCount; index++)
            _places[_used[index]] = 0;
        _usedCount = 0;
        for (int place = 0; place < keys.Length; place++)
        {
            if (place > 0 && keys[place] == keys[place - 1])
                continue;
            int slot = SlotOf(keys[place]);
            while (_places[slot] != 0)
                slot = (slot + 1) & (_places.Length - 1);
            _places[slot] = (ushort)(place + 1);
            _used[_usedCount++] = slot;
        }
        Debug.Assert(_usedCount <= keys.Length, "no more prices than orders");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(long key) => unchecked((int)((ulong)key * GoldenRatio >> _shift));
}
