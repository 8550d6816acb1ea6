using System.Diagnostics;
using System.Threading;

namespace Obs.Core.Journal;

/// <summary>A segment while it is written: what is published, what is on disk, whether it has its name.</summary>
/// <remarks>synced ≤ published ≤ length. The writer publishes and seals; the committer, under its lock, syncs; the preparer
/// names.</remarks>
internal sealed unsafe class WritableSegment
{
    private long _publishedBytes;
    private long _generation;
    private bool _isSealed;
    private bool _isNamed;

    /// <summary>Takes a mapped file over.</summary>
    /// <param name="map">The file.</param>
    /// <param name="usedBytes">Where the next record goes.</param>
    /// <param name="isNamed">False for a prepared segment that still has its working name; true for one that recovery has synced.</param>
    public WritableSegment(MappedSegment map, long usedBytes, bool isNamed)
    {
        Debug.Assert(usedBytes >= SegmentHeaderPage.SizeBytes && usedBytes <= map.LengthBytes, "header ≤ used ≤ length");
        Map = map;
        _publishedBytes = usedBytes;
        _isNamed = isNamed;
        SyncedBytes = isNamed ? usedBytes : 0;
        if (isNamed && AcknowledgedLength.TryRead(map.Start, out AcknowledgedBytes newest))
            _generation = newest.Generation;
        else
            _generation = 1;
    }

    /// <summary>The mapped file.</summary>
    public MappedSegment Map { get; }

    /// <summary>Sequence of the first record; 0 until activated.</summary>
    public long FirstSequence { get; set; }

    /// <summary>Sequence of the last record; valid once sealed.</summary>
    public long LastSequence { get; set; }

    /// <summary>Bytes that hold whole records. Writer stores with release, others read with acquire.</summary>
    public long PublishedBytes
    {
        get => Volatile.Read(ref _publishedBytes);
        set => Volatile.Write(ref _publishedBytes, value);
    }

    /// <summary>No record will be added; set after the last <see cref="PublishedBytes"/>.</summary>
    public bool IsSealed
    {
        get => Volatile.Read(ref _isSealed);
        set => Volatile.Write(ref _isSealed, value);
    }

    /// <summary>The header is on disk and the file carries its first sequence as name.</summary>
    public bool IsNamed
    {
        get => Volatile.Read(ref _isNamed);
        set => Volatile.Write(ref _isNamed, value);
    }

    /// <summary>Bytes on disk for certain; committer only.</summary>
    public long SyncedBytes { get; private set; }

    /// <summary>The acknowledged length changed in memory but its page was not yet waited for; committer only.</summary>
    public bool OwesHeader { get; private set; }

    /// <summary>Waits until everything up to a position is on disk, then acknowledges it. Committer only.</summary>
    public void SyncTo(long bytes)
    {
        Debug.Assert(SyncedBytes <= bytes && bytes <= PublishedBytes, "synced ≤ target ≤ published");
        if (bytes == SyncedBytes)
            return;
        Map.Sync(SyncedBytes, bytes);
        SyncedBytes = bytes;
        AcknowledgedLength.Write(Map.Start, bytes, ++_generation);
        OwesHeader = true;
    }

    /// <summary>Waits until the acknowledged length itself is on disk. Committer only.</summary>
    public void SettleHeader()
    {
        if (!OwesHeader)
            return;
        Map.Sync(0, SegmentHeaderPage.SizeBytes);
        OwesHeader = false;
    }
}
