using System;
using System.Diagnostics;

namespace Obs.Core.Models.Sequence;

/// <summary>The last rows of raw features: what a snapshot keeps of a session and what its hash covers.</summary>
internal sealed class FeatureRows
{
    private readonly double[] _values;
    private readonly int _features;
    private readonly int _capacity;
    private int _next;

    /// <summary>Creates room for a number of rows, which may be 0 (a window of one row needs no past).</summary>
    public FeatureRows(int capacity, int features)
    {
        (_capacity, _features) = (capacity, features);
        _values = new double[capacity * features];
    }

    /// <summary>Rows held.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row; the oldest falls out when full.</summary>
    public void Add(ReadOnlySpan<double> row)
    {
        Debug.Assert(row.Length == _features, "a row of another length");
        if (_capacity == 0)
            return;
        row.CopyTo(_values.AsSpan(_next * _features));
        _next = _next + 1 == _capacity ? 0 : _next + 1;
        Count = Math.Min(Count + 1, _capacity);
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear() => (_next, Count) = (0, 0);

    /// <summary>A held row; 0 is the oldest.</summary>
    public ReadOnlySpan<double> Row(int index)
    {
        Debug.Assert(index >= 0 && index < Count, "a row that is not held");
        int at = _next - Count + index;
        return _values.AsSpan((at < 0 ? at + _capacity : at) * _features, _features);
    }

    /// <summary>Copies all rows, oldest first; returns their number.</summary>
    public int CopyTo(Span<double> rows)
    {
        if (rows.Length < Count * _features)
            Throw.BufferTooShort(rows.Length, Count * _features);
        for (int i = 0; i < Count; i++)
            Row(i).CopyTo(rows[(i * _features)..]);
        return Count;
    }

    /// <summary>Hash of the number of rows and of every value's bits in order (SplitMix64's finaliser after each).</summary>
    public ulong Hash()
    {
        ulong hash = Mix(unchecked((ulong)Count));
        for (int i = 0; i < Count; i++)
        {
            foreach (double value in Row(i))
                hash = Mix(hash ^ BitConverter.DoubleToUInt64Bits(value));
        }
        return hash;
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            ulong z = value + 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
