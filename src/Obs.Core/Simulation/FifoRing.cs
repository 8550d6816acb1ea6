using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Obs.Core.Simulation;

/// <summary>First in, first out, of one thread. Grows by doubling when the given room is used up; no allocation before.</summary>
/// <typeparam name="T">What waits.</typeparam>
internal sealed class FifoRing<T>
    where T : struct
{
    private T[] _items;
    private int _head;

    /// <summary>Room for at least <paramref name="capacity"/> items.</summary>
    public FifoRing(int capacity) => _items = new T[BitOperations.RoundUpToPowerOf2((uint)capacity)];

    /// <summary>Items waiting.</summary>
    public int Count { get; private set; }

    /// <summary>The item that waits at a place, 0 = the first.</summary>
    public ref T this[int index]
    {
        get
        {
            Debug.Assert((uint)index < (uint)Count, "nothing waits there");
            return ref _items[(_head + index) & (_items.Length - 1)];
        }
    }

    /// <summary>Adds at the end.</summary>
    public void Push(in T item)
    {
        if (Count == _items.Length)
            Grow();
        _items[(_head + Count) & (_items.Length - 1)] = item;
        Count++;
    }

    /// <summary>Asks the memory for the place of the next item. A hint: it changes nothing and cannot fault.</summary>
    public unsafe void Prefetch()
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref _items[(_head + Count) & (_items.Length - 1)]));
    }

    /// <summary>Takes the first.</summary>
    public T Pop()
    {
        Debug.Assert(Count > 0, "nothing waits");
        T item = _items[_head];
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        return item;
    }

    private void Grow()
    {
        T[] larger = new T[_items.Length * 2];
        for (int index = 0; index < Count; index++)
            larger[index] = this[index];
        _items = larger;
        _head = 0;
    }
}
