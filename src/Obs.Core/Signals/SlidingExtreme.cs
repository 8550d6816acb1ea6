using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Signals;

/// <summary>Largest value of the last n, in O(1) per value on average: a queue of candidates, each smaller than the one before (monotonic deque).</summary>
/// <remarks>The smallest is the largest of the negated values. Fixed ring, no allocation after construction.</remarks>
internal sealed class SlidingExtreme
{
    private readonly long[] _values;
    private readonly long[] _indexes;
    private readonly int _mask;
    private readonly int _window;
    private long _front;
    private long _back;

    /// <summary>Creates it for the last <paramref name="window"/> values.</summary>
    public SlidingExtreme(int window)
    {
        int capacity = (int)BitOperations.RoundUpToPowerOf2((uint)window);
        (_window, _mask, _values, _indexes) = (window, capacity - 1, new long[capacity], new long[capacity]);
    }

    /// <summary>The largest value in the window; at least one must have been added.</summary>
    public long Largest => _values[(int)(_front & _mask)];

    /// <summary>Adds the value with a running number (0, 1, 2, …) and lets go of what left the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long index, long value)
    {
        if (_front < _back && _indexes[(int)(_front & _mask)] <= index - _window)
            _front++;
        while (_front < _back && _values[(int)((_back - 1) & _mask)] <= value)
            _back--;
        _values[(int)(_back & _mask)] = value;
        _indexes[(int)(_back & _mask)] = index;
        _back++;
        Debug.Assert(_back - _front <= _window, "more candidates than values in the window");
        Debug.Assert(_back - _front == 1 || _values[(int)((_back - 2) & _mask)] > value, "candidates fall from front to back");
    }

    /// <summary>Reads the places the next value will take or push out.</summary>
    public ulong Touch()
    {
        int back = (int)(_back & _mask), front = (int)(_front & _mask);
        return unchecked((ulong)(_values[back] + _indexes[back] + _values[front] + _indexes[front]));
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => (_front, _back) = (0, 0);
}
