using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Obs.Bench.Harness;
using Obs.Core.Diagnostics;
using Obs.Core.Journal;

namespace Obs.Bench.Suites.Journal;

/// <summary>A journal at work: segments of 64 MiB, flushed every 10 ms, old ones deleted behind it. One journal lasts over all
/// runs.</summary>
/// <param name="name">Folder of the journal; two runs at once must not share one.</param>
internal sealed class RollingRun(string name) : IDisposable
{
    private const long KeepBytes = 1L << 30;

    private readonly JournalBenchFolder _folder = new(name);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _payload = AppendRun.Payload();
    private JournalWriter? _writer;
    private Task _retention = Task.CompletedTask;

    /// <summary>Opens the journal where it is not open yet, and waits for its first segments; untimed.</summary>
    public void Prepare()
    {
        if (_writer is not null)
            return;
        _folder.Reset();
        _writer = JournalWriter.Open(new JournalOptions { Directory = _folder.Path, SparesAhead = 3 });
        _retention = Task.Run(Delete);
        SpinWait.SpinUntil(() => _writer.PreparedSegmentCount >= 3);
    }

    /// <summary>As fast as it goes; the preparer is what limits it.</summary>
    public void Append(long records)
    {
        for (long i = 0; i < records; i++)
            _ = _writer!.Append(RecordKind.VenueFrame, 1, i, _payload);
    }

    /// <summary>At a pace: each record is due at a fixed time and its latency counts from then.</summary>
    /// <remarks>A journal that cannot keep the pace shows seconds, not a low rate. The waiting loop sees when the machine took its core
    /// away; latencies
    /// that share an instant with that are left out of the stall-free view (those that queue behind it are not).</remarks>
    public void AppendPaced(LatencySample sample, long records, long intervalNs)
    {
        StallDetector stalls = new();
        long startNs = NowNs();
        for (long i = 0; i < records; i++)
        {
            long dueNs = startNs + (i * intervalNs);
            long nowNs = NowNs();
            for (; nowNs < dueNs; nowNs = NowNs())
                stalls.OnIdle(nowNs);
            stalls.OnIdle(nowNs);
            _ = _writer!.Append(RecordKind.VenueFrame, 1, i, _payload);
            nowNs = NowNs();
            stalls.OnWorkDone(nowNs);
            sample.Raw.Record(nowNs - dueNs);
            if (!stalls.Overlaps(dueNs, nowNs))
                sample.StallFree.Record(nowNs - dueNs);
        }
        double seconds = (NowNs() - startNs) / 1e9;
        Console.Error.WriteLine($"  {records:N0} records in {seconds:F2} s; {_writer!.RollWaitCount} rolls waited; the machine stalled {stalls.StalledNs / 1e9:F2} s");
    }

    /// <summary>Closes and deletes the journal.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _retention.Wait();
        _writer?.Abandon();
        _writer?.Dispose();
        _stop.Dispose();
        _folder.Delete();
    }

    private static long NowNs() => StopwatchTicks.ToNs(Stopwatch.GetTimestamp());

    private void Delete()
    {
        while (!_stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200)))
            _ = JournalRetention.Apply(_folder.Path, LogFormat.Journal, new RetentionLimits { KeepBytes = KeepBytes }, 0, []);
    }
}
