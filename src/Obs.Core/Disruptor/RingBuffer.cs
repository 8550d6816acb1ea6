using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Disruptor;

/// <summary>The events of a ring: a power of two of values, made once and used again and again.</summary>
/// <remarks>Only storage: who may touch which slot is the sequencer's and the barriers' business. Entries start on a cache line and lie in pinned
/// memory with 128 bytes free on both sides; an event of 32 or 64 bytes never straddles lines. Access is mask, shift and add, with no bounds check:
/// any sequence names a slot. A ring larger than the second-level cache moves more events a second than a small one (bench ring: 64 k beside 16 k
/// slots), because a slot that comes round again is then fetched from the shared cache, not from the other core's.</remarks>
/// <typeparam name="T">The event. Values with references are allowed, and then the entries are aligned to 8 bytes only.</typeparam>
internal sealed unsafe class RingBuffer<T>
    where T : struct
{
    private const int PadBytes = 128;
    private const int LineBytes = 64;

    // Keeps the memory alive: entries are reached by address, which pinned memory never changes.
    private readonly T[] _entries;
    private readonly nint _first;
    private readonly long _mask;

    /// <summary>A ring of default values; its memory is touched before this returns.</summary>
    /// <param name="capacity">Number of events: a power of two, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a power of two, or less than 2.</exception>
    public RingBuffer(int capacity)
    {
        if (capacity < 2 || !BitOperations.IsPow2(capacity))
            ThrowHelper.CapacityNotPowerOfTwo(capacity);
        int padEntries = (PadBytes + LineBytes + Unsafe.SizeOf<T>() - 1) / Unsafe.SizeOf<T>();
        _entries = GC.AllocateArray<T>(capacity + (2 * padEntries), pinned: true);
        _entries.AsSpan().Clear();
        nint firstPadded = (nint)Unsafe.AsPointer(ref _entries[padEntries]);
        // The collector must find references where the array has them, so only plain values may be moved up to a line.
        _first = RuntimeHelpers.IsReferenceOrContainsReferences<T>() ? firstPadded : firstPadded & ~(nint)(LineBytes - 1);
        _mask = capacity - 1;
        Debug.Assert(_first >= (nint)Unsafe.AsPointer(ref _entries[0]) + PadBytes, "the first entry lacks its padding");
        Debug.Assert(firstPadded - _first < LineBytes, "the first entry was moved by more than a line");
    }

    /// <summary>Number of events.</summary>
    public int Capacity => (int)_mask + 1;

    /// <summary>The slot of a sequence. Write it between claim and publish, read it between barrier and own progress.</summary>
    public ref T this[long sequence]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert(sequence >= 0, "sequences start at 0");
            return ref Unsafe.AsRef<T>((void*)unchecked(_first + ((nint)(sequence & _mask) * Unsafe.SizeOf<T>())));
        }
    }
}
