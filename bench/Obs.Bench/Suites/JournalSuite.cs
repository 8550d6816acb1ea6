using System;
using System.Collections.Generic;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Journal;
using Obs.Core.Journal;

namespace Obs.Bench.Suites;

/// <summary>The journal beside a FileStream and a naive mapping: append, tails, waiting for the disk, rolling at a pace, reading back,
/// checksums.</summary>
internal sealed class JournalSuite : IBenchSuite
{
    private bool _isRollingWarm;

    /// <inheritdoc/>
    public string Name => "journal";

    /// <inheritdoc/>
    public string Title => "Journal, records of 300 bytes";

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options)
    {
        long records = options.Operations(300_000);
        AppendRun append = new(records);
        PlainFileRun stream = new(records), view = new(records);
        ReadRun read = new(records);
        RollingRun rolling = new("rolling");
        long rolled = options.Operations(4_000_000);        // 20 segments a run, 60 M records in 15 runs
        return
        [
            new Comparison("append, no sync", BenchUnit.MillionsPerSecond, Limit: 6, Aim: null,
                new Contender("JournalWriter", records, append.Append, append.Prepare),
                [
                    new Contender("FileStream.Write, 64 KiB buffer", records, stream.WriteStream, stream.PrepareStream),
                    new Contender("MemoryMappedViewAccessor, touched", records, view.WriteView, view.PrepareView),
                ]),
            new Comparison("append, rolling and flushed", BenchUnit.MillionsPerSecond, Limit: 1, Aim: null,
                new Contender("JournalWriter", rolled, () => rolling.Append(rolled), rolling.Prepare), []),
            new Comparison("read in place", BenchUnit.MillionsPerSecond, Limit: null, Aim: null,
                new Contender("JournalReader, checksums verified", records, () => read.Read(verifyChecksums: true), read.Prepare),
                [
                    new Contender("FileStream.Read, 64 KiB buffer", records, read.ReadStream, read.Prepare),
                    new Contender("JournalReader, second pass", records, () => read.Read(verifyChecksums: false), read.Prepare),
                ]),
            Checksums(options.Operations(2_000_000)),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<LatencyComparison> Latencies(BenchOptions options)
    {
        long records = options.Operations(300_000);
        long commits = options.Operations(2_000);
        return
        [
            new LatencyComparison("append, no sync", new LatencyTargets(P999LimitNs: 1_000),
                new LatencyContender("JournalWriter", sample => new AppendRun(records).AppendTimed(sample)),
                [new LatencyContender("FileStream.Write, 64 KiB buffer", sample => new PlainFileRun(records).WriteTimed(sample))]),
            new LatencyComparison("append and wait for the disk", new LatencyTargets(),
                new LatencyContender("JournalWriter.CommitCovering", sample => new AppendRun(commits).AppendAndCommit(sample)),
                [new LatencyContender("FileStream.Flush(true)", sample => new PlainFileRun(commits).WriteAndFlush(sample))]),
            new LatencyComparison("1 M/s from the due time, rolling", new LatencyTargets(),
                new LatencyContender("JournalWriter", sample => AppendAtPace(sample, RollingSeconds(options))), []) { Rounds = 1 },
        ];
    }

    private static void AppendAtPace(LatencySample sample, int seconds)
    {
        using RollingRun run = new("rolling-paced");
        run.Prepare();
        run.AppendPaced(sample, seconds * 1_000_000L, intervalNs: 1_000);
    }

    /// <summary>2 s to warm up, then the whole minute.</summary>
    private int RollingSeconds(BenchOptions options)
    {
        if (options.Short)
            return 1;
        int seconds = _isRollingWarm || options.WarmupMs == 0 ? 60 : 2;
        _isRollingWarm = true;
        return seconds;
    }

    private static unsafe Comparison Checksums(long records)
    {
        ulong[] words = new ulong[41];
        new Random(1).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()));
        uint state = 0;
        void Lanes()
        {
            fixed (ulong* start = words)
            {
                for (long i = 0; i < records; i++)
                    state = Crc32C.AddWords(state, (byte*)start, words.Length);
            }
        }
        void Plainly()
        {
            fixed (ulong* start = words)
            {
                for (long i = 0; i < records; i++)
                    state = Crc32C.AddWordsPlainly(state, (byte*)start, words.Length);
            }
        }
        return new Comparison("checksum of 328 bytes", BenchUnit.NanosecondsPerOperation, Limit: null, Aim: null,
            new Contender("three lanes", records, Lanes), [new Contender("one word after the other", records, Plainly)]);
    }
}
