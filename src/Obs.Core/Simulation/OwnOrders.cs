using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Obs.Core.Market;

namespace Obs.Core.Simulation;

/// <summary>The resting orders of one side, by better price, then arrival.</summary>
/// <remarks>Engine thread only; fixed capacity, no allocation. Sorted arrays, and an index from price to first order: a level without an own order is
/// told apart with one load. Adding and removing move what stands behind and rebuild the index (bench papervenue: 0, 10 and 100 resting orders).</remarks>
internal sealed class OwnOrders
{
    /// <summary>Most orders of a side: their places must fit the index.</summary>
    public const int MaxCapacity = 32_768;

    private readonly long[] _keys;
    private readonly long[] _ids;
    private readonly PaperOrder[] _orders;
    private readonly PriceIndex _index;

    /// <summary>An empty side.</summary>
    public OwnOrders(Side side, int capacity)
    {
        Debug.Assert(capacity is > 0 and <= MaxCapacity, "the options are checked before");
        Side = side;
        _keys = new long[capacity];
        _ids = new long[capacity];
        _orders = new PaperOrder[capacity];
        _index = new PriceIndex(capacity);
    }

    /// <summary>Which side.</summary>
    public Side Side { get; }

    /// <summary>Orders resting.</summary>
    public int Count { get; private set; }

    /// <summary>True when no order can be added.</summary>
    public bool IsFull => Count == _orders.Length;

    /// <summary>Key of the best own price; only meaningful with <see cref="Count"/> above 0.</summary>
    public long BestKey => _keys[0];

    /// <summary>The orders, best first.</summary>
    public Span<PaperOrder> All => _orders.AsSpan(0, Count);

    /// <summary>Index of an order by id, or −1.</summary>
    public int IndexOf(long orderId) => _ids.AsSpan(0, Count).IndexOf(orderId);

    /// <summary>The orders at exactly one price, in order of arrival; empty for nearly every level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<PaperOrder> At(Price price)
    {
        int first = Count == 0 ? -1 : _index.Find(PaperOrder.KeyOf(Side, price), _keys);
        return first < 0 ? default : RunFrom(first);
    }

    /// <summary>How many orders, from the best on, have a key at or below <paramref name="key"/>.</summary>
    public int CountThrough(long key) => key == long.MaxValue ? Count : LowerBound(key + 1);

    /// <summary>Adds an order behind those of its price.</summary>
    public void Add(in PaperOrder order)
    {
        Debug.Assert(!IsFull, "the caller checks the room");
        Debug.Assert(order.Side == Side && order.Left > Size.Zero, "only open orders of the side rest");
        long key = PaperOrder.KeyOf(Side, order.Price);
        int at = CountThrough(key);
        int tail = Count - at;
        Array.Copy(_keys, at, _keys, at + 1, tail);
        Array.Copy(_ids, at, _ids, at + 1, tail);
        Array.Copy(_orders, at, _orders, at + 1, tail);
        _keys[at] = key;
        _ids[at] = order.OrderId;
        _orders[at] = order;
        Count++;
        _index.Rebuild(_keys.AsSpan(0, Count));
        Debug.Assert(at == 0 || _keys[at - 1] <= key, "better prices stand in front");
    }

    /// <summary>Takes one order out.</summary>
    public void RemoveAt(int index)
    {
        Debug.Assert((uint)index < (uint)Count, "the order rests");
        int tail = Count - index - 1;
        Array.Copy(_keys, index + 1, _keys, index, tail);
        Array.Copy(_ids, index + 1, _ids, index, tail);
        Array.Copy(_orders, index + 1, _orders, index, tail);
        Count--;
        _index.Rebuild(_keys.AsSpan(0, Count));
    }

    /// <summary>Takes out what is completed among the first <paramref name="count"/> orders.</summary>
    public void RemoveCompleted(int count)
    {
        Debug.Assert(count <= Count, "the orders rest");
        int kept = 0;
        for (int index = 0; index < count; index++)
        {
            if (_orders[index].Left == Size.Zero)
                continue;
            if (kept != index)
                (_keys[kept], _ids[kept], _orders[kept]) = (_keys[index], _ids[index], _orders[index]);
            kept++;
        }
        if (kept == count)
            return;
        int tail = Count - count;
        Array.Copy(_keys, count, _keys, kept, tail);
        Array.Copy(_ids, count, _ids, kept, tail);
        Array.Copy(_orders, count, _orders, kept, tail);
        Count = kept + tail;
        _index.Rebuild(_keys.AsSpan(0, Count));
    }

    private Span<PaperOrder> RunFrom(int first)
    {
        long key = _keys[first];
        int end = first + 1;
        while (end < Count && _keys[end] == key)
            end++;
        return _orders.AsSpan(first, end - first);
    }

    private int LowerBound(long key)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            if (_keys[middle] < key)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
