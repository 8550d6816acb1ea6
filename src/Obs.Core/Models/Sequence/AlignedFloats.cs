using System;
using System.Diagnostics;

namespace Obs.Core.Models.Sequence;

/// <summary>Floats that start on a cache line and never move; zero at first.</summary>
/// <remarks>A pinned array keeps the memory alive as long as this object, so pointers into it are good while the owner is reachable.
/// Allocates once.</remarks>
internal sealed unsafe class AlignedFloats
{
    private const int LineBytes = 64;
    private const int LineFloats = LineBytes / sizeof(float);

    private readonly float[] _floats;
    private readonly int _start;

    /// <summary>Allocates a number of floats.</summary>
    public AlignedFloats(int length)
    {
        Length = length;
        _floats = GC.AllocateArray<float>(checked(length + LineFloats), pinned: true);
        fixed (float* first = _floats)
            _start = (int)((LineBytes - ((nuint)first % LineBytes)) % LineBytes / sizeof(float));
        fixed (float* first = _floats)
            Pointer = first + _start;
        Debug.Assert((nuint)Pointer % LineBytes == 0, "the first float is not on a line");
    }

    /// <summary>Number of floats.</summary>
    public int Length { get; }

    /// <summary>The first float.</summary>
    public float* Pointer { get; }

    /// <summary>All floats.</summary>
    public Span<float> Span => _floats.AsSpan(_start, Length);

    /// <summary>Rounds up to whole cache lines, so that neighbours in an array of blocks don't share one.</summary>
    public static int WholeLines(int floats) => (floats + LineFloats - 1) / LineFloats * LineFloats;
}
