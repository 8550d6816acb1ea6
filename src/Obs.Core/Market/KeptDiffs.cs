using System;
using System.Diagnostics;
using Obs.Core.Journal;

namespace Obs.Core.Market;

/// <summary>Diffs kept until a snapshot comes, oldest first, with their levels.</summary>
/// <remarks>Engine thread only. Grows to <see cref="LevelsMax"/> levels and <see cref="FramesMax"/> frames; beyond that the oldest half goes, again until
/// there is room, as if the stream had been opened later. A live market waits seconds for its snapshot; a recording without one must not eat the memory.</remarks>
internal sealed class KeptDiffs
{
    /// <summary>Most frames kept.</summary>
    public const int FramesMax = 8_192;

    /// <summary>Most levels kept over all frames.</summary>
    public const int LevelsMax = 1 << 18;

    private const int FramesReserved = 1_024;
    private const int LevelsReserved = 1 << 14;

    private MarketEvent[] _frames = [];
    private BookLevel[] _levels = [];
    private int _frameCount;
    private int _levelCount;

    /// <summary>The kept frames, oldest first.</summary>
    public ReadOnlySpan<MarketEvent> Frames => _frames.AsSpan(0, _frameCount);

    /// <summary>Levels of the first kept frames start here; walk on by the frames' counts.</summary>
    public ReadOnlySpan<BookLevel> Levels => _levels.AsSpan(0, _levelCount);

    /// <summary>Takes room for 1,024 frames and 16,384 levels: a live market waits seconds for its snapshot, not minutes.</summary>
    public void Reserve()
    {
        Debug.Assert(_frameCount == 0, "room is taken before the first frame");
        (_frames, _levels) = (new MarketEvent[FramesReserved], new BookLevel[LevelsReserved]);
    }

    /// <summary>Keeps a frame; returns how many older ones had to go.</summary>
    public int Add(in MarketEvent frame, ReadOnlySpan<BookLevel> levels)
    {
        Debug.Assert(levels.Length == frame.BidCount + frame.AskCount, "the frame's counts are its levels");
        int gone = 0;
        while (_frameCount == FramesMax || (_frameCount > 0 && _levelCount + levels.Length > LevelsMax))
        {
            int half = (_frameCount + 1) / 2;
            RemoveFirst(half);
            gone += half;
        }
        if (_frameCount == _frames.Length)
            Array.Resize(ref _frames, Math.Max(64, _frames.Length * 2));
        while (_levelCount + levels.Length > _levels.Length)
            Array.Resize(ref _levels, Math.Max(1_024, _levels.Length * 2));
        _frames[_frameCount++] = frame;
        levels.CopyTo(_levels.AsSpan(_levelCount));
        _levelCount += levels.Length;
        return gone;
    }

    /// <summary>Forgets the oldest frames.</summary>
    public void RemoveFirst(int frames)
    {
        Debug.Assert(frames <= _frameCount, "only what is kept can go");
        int levels = 0;
        foreach (ref readonly MarketEvent frame in Frames[..frames])
            levels += frame.BidCount + frame.AskCount;
        Frames[frames..].CopyTo(_frames);
        Levels[levels..].CopyTo(_levels);
        _frameCount -= frames;
        _levelCount -= levels;
        Debug.Assert(_levelCount >= 0, "levels go with their frames");
    }

    /// <summary>Writes the kept frames.</summary>
    public void Save(SnapshotWriter writer)
    {
        writer.WriteValues(Frames);
        writer.WriteValues(Levels);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(SnapshotReader reader)
    {
        _frames = reader.ReadValues<MarketEvent>();
        _levels = reader.ReadValues<BookLevel>();
        (_frameCount, _levelCount) = (_frames.Length, _levels.Length);
    }
}
