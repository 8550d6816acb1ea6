using System;
using System.Diagnostics;
using System.Threading;
using Obs.Bench.Harness;
using Obs.Core.Diagnostics;
using Obs.Core.Journal;

namespace Obs.Bench.Suites.Journal;

/// <summary>Appends records of 300 bytes to our journal, into a segment whose pages were all touched before the clock starts.</summary>
internal sealed class AppendRun(long records) : IDisposable
{
    /// <summary>Payload of a record: about an Upbit trade frame.</summary>
    public const int PayloadBytes = 300;

    private readonly JournalBenchFolder _folder = new("append");
    private readonly byte[] _payload = Payload();
    private JournalWriter? _writer;

    /// <summary>Bytes that do not compress and are the same each time.</summary>
    public static byte[] Payload()
    {
        byte[] payload = new byte[PayloadBytes];
        new Random(3).NextBytes(payload);
        return payload;
    }

    /// <summary>A fresh journal with room for all records of a run; untimed.</summary>
    public void Prepare() => Prepare(DurabilityPolicy.OnDemand);

    private void Prepare(DurabilityPolicy durability)
    {
        Dispose();
        _folder.Reset();
        long bytes = SegmentHeaderPage.SizeBytes + ((records + 2) * RecordHeader.PaddedBytes(RecordHeader.SizeBytes + PayloadBytes));
        _writer = JournalWriter.Open(new JournalOptions
        {
            Directory = _folder.Path,
            SegmentBytes = (bytes + 4095) / 4096 * 4096,
            SparesAhead = 1,
            Durability = durability,
        });
        _ = _writer.Append(RecordKind.Timer, 0, 1, default);
        SpinWait.SpinUntil(() => _writer.PreparedSegmentCount >= 2);
    }

    /// <summary>The timed work.</summary>
    public void Append()
    {
        JournalWriter writer = _writer!;
        for (long i = 0; i < records; i++)
            _ = writer.Append(RecordKind.VenueFrame, 1, i, _payload);
    }

    /// <summary>Each append timed on its own; two clock reads are part of the figure.</summary>
    public void AppendTimed(LatencySample sample)
    {
        Prepare();
        JournalWriter writer = _writer!;
        for (long i = 0; i < records; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _ = writer.Append(RecordKind.VenueFrame, 1, i, _payload);
            sample.Raw.Record(StopwatchTicks.ToNs(Stopwatch.GetTimestamp() - start));
        }
        Dispose();
    }

    /// <summary>A command each time: append and wait until it is on disk, the flusher at work as in the product.</summary>
    public void AppendAndCommit(LatencySample sample)
    {
        Prepare(DurabilityPolicy.Journal);
        JournalWriter writer = _writer!;
        for (long i = 0; i < records; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _ = writer.CommitCovering(writer.Append(RecordKind.VenueFrame, 1, i, _payload));
            sample.Raw.Record(StopwatchTicks.ToNs(Stopwatch.GetTimestamp() - start));
        }
        Dispose();
    }

    /// <summary>Closes and deletes the journal.</summary>
    public void Dispose()
    {
        _writer?.Abandon();                                   // without waiting for a disk that keeps nothing
        _writer?.Dispose();
        _writer = null;
        _folder.Delete();
    }
}
