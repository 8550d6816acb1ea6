using System;
using System.Diagnostics;
using System.Threading;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>A circle of levels between one writer and one reader: the decode thread fills it, the engine thread frees it.</summary>
/// <remarks>Positions only grow; the place is the position modulo the capacity. A frame's levels are contiguous: one that would wrap starts at the beginning.
/// When the reader is a whole circle behind, the writer is refused and tries again.</remarks>
internal sealed class LevelArena
{
    private readonly BookLevel[] _levels;
    private long _writeAt;
    private long _freed;

    /// <summary>An arena for at least one frame of the largest kind. Default 2^18 levels, 4 MiB.</summary>
    public LevelArena(int capacity = 1 << 18)
    {
        Debug.Assert(capacity >= 2 * RecordDecoder.LevelsMax, "the largest frame must fit beside what is in use");
        _levels = GC.AllocateArray<BookLevel>(capacity, pinned: true);
    }

    /// <summary>Position behind what was written. Writer's thread.</summary>
    public long WriteAt => _writeAt;

    /// <summary>Copies a frame's levels in where there is room for them. Writer's thread.</summary>
    public bool TryWrite(ReadOnlySpan<BookLevel> levels, out long start)
    {
        int offset = (int)(_writeAt % _levels.Length);
        start = offset + levels.Length <= _levels.Length ? _writeAt : _writeAt + (_levels.Length - offset);
        if (start + levels.Length - Volatile.Read(ref _freed) > _levels.Length)
            return false;
        levels.CopyTo(_levels.AsSpan((int)(start % _levels.Length)));
        _writeAt = start + levels.Length;
        return true;
    }

    /// <summary>A frame's levels. Reader's thread, until freed.</summary>
    public ReadOnlySpan<BookLevel> Read(long start, int count) => new(_levels, (int)(start % _levels.Length), count);

    /// <summary>Frees everything before a position. Reader's thread.</summary>
    public void FreeThrough(long position)
    {
        Debug.Assert(position >= _freed, "what was freed cannot come back");
        Volatile.Write(ref _freed, position);
    }
}
