using System;
using System.Diagnostics;
using System.Numerics;
using Obs.Core.Journal;

namespace Obs.Core.Market;

/// <summary>Counts gaps between frames in log-linear buckets (eight to a power of two, so at most 12.5 % wide) for a median over a market's whole life.</summary>
/// <remarks>Adding is a few instructions; the median walks 496 buckets and is asked for every few seconds. Integers only: the same in every process.</remarks>
internal sealed class GapHistogram
{
    private const int SubBits = 3;
    private const int BucketsPerLine = 16;
    private const int CountMax = 1 << 30;

    private readonly int[] _counts = new int[((63 - SubBits) << SubBits) + (2 << SubBits)];

    /// <summary>Gaps counted so far.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a gap, ns ≥ 0.</summary>
    public void Add(long gapNs)
    {
        Debug.Assert(gapNs >= 0, "receive times are taken as their running maximum");
        if (Count == CountMax)
            Halve();
        _counts[BucketOf(gapNs)]++;
        Count++;
    }

    /// <summary>Upper edge of the bucket that holds the (lower) median, ns; 0 before the first gap. At most 12.5 % above the true median.</summary>
    public long MedianNs()
    {
        long half = (Count + 1) / 2;
        int bucket = 0;
        for (long seen = _counts[0]; seen < half; seen += _counts[bucket])
            bucket++;
        Debug.Assert(Count == 0 || _counts[bucket] > 0, "the median lies in a bucket that was hit");
        return Count == 0 ? 0 : UpperEdge(bucket);
    }

    /// <summary>Reads a value of each cache line of the buckets.</summary>
    public int Touch()
    {
        int read = 0;
        for (int bucket = 0; bucket < _counts.Length; bucket += BucketsPerLine)
            read = unchecked(read + _counts[bucket]);
        return read;
    }

    /// <summary>Writes the state.</summary>
    public void Save(SnapshotWriter writer) => writer.WriteValues<int>(_counts);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(SnapshotReader reader)
    {
        reader.ReadValues<int>().CopyTo(_counts, 0);
        Count = 0;
        foreach (int count in _counts)
            Count += count;
    }

    /// <summary>Keeps the shape when a counter could overflow (a year at 30 frames a second).</summary>
    private void Halve()
    {
        Count = 0;
        foreach (ref int count in _counts.AsSpan())
        {
            count /= 2;
            Count += count;
        }
    }

    private static int BucketOf(long gapNs)
    {
        if (gapNs < 1 << SubBits)
            return (int)gapNs;
        int shift = BitOperations.Log2((ulong)gapNs) - SubBits;
        return ((shift + 1) << SubBits) + (int)((gapNs >> shift) & ((1 << SubBits) - 1));
    }

    private static long UpperEdge(int bucket)
    {
        if (bucket < 1 << SubBits)
            return bucket;
        int shift = (bucket >> SubBits) - 1;
        long lower = (long)((1 << SubBits) + (bucket & ((1 << SubBits) - 1))) << shift;
        return lower + ((1L << shift) - 1);
    }
}
