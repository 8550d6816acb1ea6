using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Diagnostics;

/// <summary>Counts of latencies in log-linear buckets: three significant digits from 0 ns to 2^40 − 1 ns (18 minutes).</summary>
/// <remarks>Values below 2,048 have a bucket each; above, every power of two is cut into 1,024 buckets of equal width, so a reported value is
/// at most 1/1,024 (0.098 %) above the recorded one. The scheme is that of HdrHistogram (Tene). One writer; other threads may read while it
/// records and see a count that is at most a few records old. 248 kB each; recording allocates nothing.</remarks>
internal sealed class LatencyHistogram
{
    /// <summary>Largest latency that is told apart, in ns; larger ones are counted as this one and in <see cref="ClampedCount"/>.</summary>
    public const long LargestNs = (1L << LargestBits) - 1;

    private const int LargestBits = 40;
    private const int PrecisionBits = 10;
    private const int BucketsPerOctave = 1 << PrecisionBits;
    private const int BucketCount = (LargestBits - PrecisionBits + 1) << PrecisionBits;

    private readonly long[] _counts = new long[BucketCount];
    private long _count;
    private long _clampedCount;
    private long _min = long.MaxValue;
    private long _max;

    /// <summary>Latencies recorded, the clamped ones included.</summary>
    public long Count => _count;

    /// <summary>Latencies that were negative (counted as 0) or larger than <see cref="LargestNs"/> (counted as that).</summary>
    public long ClampedCount => _clampedCount;

    /// <summary>Smallest latency recorded, in ns and exact; 0 when there is none.</summary>
    public long Min => _count == 0 ? 0 : _min;

    /// <summary>Largest latency recorded, in ns and exact (after clamping); 0 when there is none.</summary>
    public long Max => _max;

    /// <summary>Mean in ns, from the middle of each bucket: within 0.05 %; 0 when there is no latency. Reads every bucket.</summary>
    public double Mean
    {
        get
        {
            double sum = 0;
            long seen = 0;
            for (int bucket = 0; bucket < BucketCount; bucket++)
            {
                long count = _counts[bucket];
                sum += count * (LowestOf(bucket) + HighestOf(bucket)) * 0.5;
                seen += count;
            }
            return seen == 0 ? 0 : sum / seen;
        }
    }

    /// <summary>Counts one latency.</summary>
    /// <param name="latencyNs">Nanoseconds; out of range is clamped and counted.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Record(long latencyNs)
    {
        if (unchecked((ulong)latencyNs) > LargestNs)
            latencyNs = Clamp(latencyNs);
        unchecked
        {
            _counts[BucketOf(latencyNs)]++;
            _count++;
        }
        if (latencyNs < _min)
            _min = latencyNs;
        if (latencyNs > _max)
            _max = latencyNs;
    }

    /// <summary>The smallest value that at least this share of the latencies does not exceed (nearest rank), in ns; 0 when there is none.</summary>
    /// <param name="percentile">0 to 100; 0 is the smallest, 100 the largest.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 100, or not a number.</exception>
    public long ValueAtPercentile(double percentile)
    {
        if (!(percentile is >= 0 and <= 100))
            ThrowHelper.PercentileOutOfRange(percentile);
        long count = _count;
        if (count == 0)
            return 0;
        long rank = Math.Clamp((long)Math.Ceiling(percentile / 100 * count), 1, count);
        long seen = 0;
        for (int bucket = 0; bucket < BucketCount; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank)
                return Math.Clamp(HighestOf(bucket), Min, _max);
        }
        return _max;
    }

    /// <summary>Adds the other histogram's counts to this one. Neither may be written meanwhile.</summary>
    public void Add(LatencyHistogram other)
    {
        for (int bucket = 0; bucket < BucketCount; bucket++)
            _counts[bucket] += other._counts[bucket];
        _count += other._count;
        _clampedCount += other._clampedCount;
        _min = Math.Min(_min, other._min);
        _max = Math.Max(_max, other._max);
        Debug.Assert(_clampedCount <= _count, "more latencies were clamped than recorded");
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Array.Clear(_counts);
        _count = 0;
        _clampedCount = 0;
        _min = long.MaxValue;
        _max = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int BucketOf(long latencyNs)
    {
        Debug.Assert(latencyNs is >= 0 and <= LargestNs, "a latency reached the buckets unclamped");
        // Setting bit 10 gives every value below 2,048 the same exponent, hence a bucket of its own.
        int shift = BitOperations.Log2(unchecked((ulong)latencyNs) | BucketsPerOctave) - PrecisionBits;
        int bucket = unchecked((shift << PrecisionBits) + (int)(latencyNs >> shift));
        Debug.Assert(bucket is >= 0 and < BucketCount, "a latency has no bucket");
        return bucket;
    }

    private static long LowestOf(int bucket)
    {
        int shift = Math.Max(0, (bucket >> PrecisionBits) - 1);
        return (long)(bucket - (shift << PrecisionBits)) << shift;
    }

    private static long HighestOf(int bucket)
    {
        int shift = Math.Max(0, (bucket >> PrecisionBits) - 1);
        return LowestOf(bucket) + (1L << shift) - 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Clamp(long latencyNs)
    {
        _clampedCount++;
        return latencyNs < 0 ? 0 : LargestNs;
    }
}
