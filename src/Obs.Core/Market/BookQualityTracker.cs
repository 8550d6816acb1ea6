using System;
using System.Diagnostics;
using Obs.Core.Journal;

namespace Obs.Core.Market;

/// <summary>Keeps the <see cref="BookQuality"/> of one market from what happens to its book.</summary>
/// <remarks>
/// Engine thread only. Time is engine time: receive times as their running maximum; a venue clock that runs ahead or back plays no part.
/// A book is clean when both sides have a level and best bid &lt; best ask. A side without a level is Suspect like a crossed book: no price to trade against.
/// Stale: no applied frame for max(floor, 20 × the median gap between applied frames so far). <see cref="NextDueNs"/> is a
/// time to look again, never later than the true deadline; it does not move with every frame, so the median is computed at most once in a floor.
/// </remarks>
internal sealed class BookQualityTracker
{
    /// <summary>Default floor of the stale limit, ns.</summary>
    public const long DefaultStaleFloorNs = 2_000_000_000;

    /// <summary>The stale limit is at least this many median gaps.</summary>
    public const int StaleMedianGaps = 20;

    private readonly GapHistogram _gaps = new();
    private long _staleFloorNs;
    private long _lastFrameNs = long.MinValue;

    /// <summary>An empty book's quality.</summary>
    /// <param name="staleFloorNs">Least stale limit in ns, above 0.</param>
    public BookQualityTracker(long staleFloorNs = DefaultStaleFloorNs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(staleFloorNs);
        _staleFloorNs = staleFloorNs;
    }

    /// <summary>Quality now.</summary>
    public BookQuality Quality { get; private set; }

    /// <summary>Engine time at which <see cref="OnTimer"/> must be called if no frame comes before; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDueNs { get; private set; } = long.MaxValue;

    /// <summary>The stale limit as of now, ns. Walks the histogram.</summary>
    public long StaleLimitNs => Math.Max(_staleFloorNs, StaleMedianGaps * Math.Min(_gaps.MedianNs(), long.MaxValue / StaleMedianGaps));

    /// <summary>Sets another floor of the stale limit, in ns, above 0; it holds from the last frame on.</summary>
    public void SetStaleFloor(long staleFloorNs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(staleFloorNs);
        _staleFloorNs = staleFloorNs;
        if (Quality is BookQuality.Synced or BookQuality.Suspect)
            NextDueNs = Math.Min(NextDueNs, DeadlineNs(staleFloorNs));
    }

    /// <summary>The book waits: diffs are being kept, a snapshot alone stands, or the book was thrown away.</summary>
    public void OnWaiting()
    {
        Quality = BookQuality.Syncing;
        NextDueNs = long.MaxValue;
    }

    /// <summary>A frame was applied.</summary>
    /// <param name="receiveNs">Receive time of the frame, ns.</param>
    /// <param name="isClean">Judged after the whole frame: both sides there, not crossed.</param>
    public void OnApplied(long receiveNs, bool isClean)
    {
        if (_lastFrameNs == long.MinValue)
        {
            _lastFrameNs = receiveNs;
        }
        else
        {
            long gapNs = Math.Max(0, receiveNs - _lastFrameNs);
            _gaps.Add(gapNs);
            _lastFrameNs += gapNs;
        }
        Quality = isClean ? BookQuality.Synced : BookQuality.Suspect;
        NextDueNs = Math.Min(NextDueNs, DeadlineNs(_staleFloorNs));
        Debug.Assert(_lastFrameNs >= receiveNs, "time is the running maximum");
    }

    /// <summary>A stale repeat was dropped: the book is Suspect until the next new frame. A Stale book stays Stale.</summary>
    public void OnRepeatDropped()
    {
        if (Quality != BookQuality.Stale)
            Quality = BookQuality.Suspect;
    }

    /// <summary>Engine time passed without a frame.</summary>
    public void OnTimer(long engineNs)
    {
        if (engineNs < NextDueNs)
            return;
        Debug.Assert(Quality is BookQuality.Synced or BookQuality.Suspect, "only a book in use can become stale");
        long deadlineNs = DeadlineNs(StaleLimitNs);
        bool isStale = engineNs >= deadlineNs;
        if (isStale)
            Quality = BookQuality.Stale;
        NextDueNs = isStale ? long.MaxValue : deadlineNs;
    }

    // a limit of centuries means never
    private long DeadlineNs(long limitNs) => limitNs > long.MaxValue - Math.Max(0, _lastFrameNs) ? long.MaxValue : _lastFrameNs + limitNs;

    /// <summary>Writes the state.</summary>
    public void Save(SnapshotWriter writer)
    {
        writer.WriteByte((byte)Quality);
        writer.WriteInt64(NextDueNs);
        writer.WriteInt64(_lastFrameNs);
        _gaps.Save(writer);
    }

    /// <summary>Reads what the next frame or timer will be judged by.</summary>
    public ulong Touch() => unchecked((ulong)(NextDueNs + _lastFrameNs + _gaps.Touch()));

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(SnapshotReader reader)
    {
        Quality = (BookQuality)reader.ReadByte();
        NextDueNs = reader.ReadInt64();
        _lastFrameNs = reader.ReadInt64();
        _gaps.Restore(reader);
    }
}
