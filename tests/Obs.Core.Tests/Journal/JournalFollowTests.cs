using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

[TestFixture]
public sealed class JournalFollowTests : InJournalFolder
{
    private const int Records = 20_000;

    [Test]
    public void A_reader_beside_the_writer_sees_every_record_whole([Values] bool durableOnly)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        JournalOptions options = Folder.Options(64 << 10) with { Durability = new DurabilityPolicy { FlushInterval = TimeSpan.FromMilliseconds(1) } };
        Task<string> follower = Task.Run(() => Follow(durableOnly, limit.Token));
        using (JournalWriter writer = JournalWriter.Open(options))
        {
            JournalFolder.AppendMany(writer, Records, static sequence => (int)(sequence % 400));
            Assert.That(follower.Wait(TimeSpan.FromSeconds(60)), Is.True, "the follower did not arrive");
        }
        Assert.That(follower.Result, Is.Empty);
    }

    [Test]
    public void A_reader_of_durable_records_stops_where_the_commit_did()
    {
        using JournalWriter writer = Folder.OpenWriter();
        JournalFolder.AppendMany(writer, 10);
        Assert.That(writer.Commit(), Is.EqualTo(10));
        JournalFolder.AppendMany(writer, 5);
        using JournalReader durable = new(Folder.Path, new JournalReaderOptions { DurableOnly = true });
        using JournalReader published = new(Folder.Path);
        Assert.That((Count(durable), Count(published)), Is.EqualTo((10, 15)));
        Assert.That(writer.CommitCovering(12), Is.EqualTo(15));
        Assert.That((Count(durable), Count(published)), Is.EqualTo((5, 0)));
    }

    [Test]
    public void A_reader_may_come_before_the_writer()
    {
        using JournalReader reader = new(Folder.Path);
        Assert.That(Count(reader), Is.Zero);
        using JournalWriter writer = Folder.OpenWriter();
        JournalFolder.AppendMany(writer, 3);
        Assert.That(Count(reader), Is.EqualTo(3));
    }

    [Test]
    public void A_reader_at_the_end_of_a_trimmed_log_goes_on_when_the_log_does()
    {
        JournalOptions options = Folder.Options(1 << 20) with { TrimOnClose = true };
        using (JournalWriter writer = JournalWriter.Open(options))
            JournalFolder.AppendMany(writer, 50, static _ => 40);
        using JournalReader reader = new(Folder.Path);
        Assert.That(Count(reader), Is.EqualTo(50));
        using (JournalWriter writer = JournalWriter.Open(options))
        {
            JournalFolder.AppendMany(writer, 500, static _ => 400);
            Assert.That(Count(reader), Is.EqualTo(500));
        }
    }

    private static int Count(JournalReader reader)
    {
        int count = 0;
        while (reader.TryRead(out _, out _))
            count++;
        return count;
    }

    private string Follow(bool durableOnly, CancellationToken limit)
    {
        using JournalReader reader = new(Folder.Path, new JournalReaderOptions { DurableOnly = durableOnly });
        long expected = 1;
        List<string> faults = [];
        SpinWait spin = default;
        while (expected <= Records && !limit.IsCancellationRequested && faults.Count == 0)
        {
            if (!reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
            {
                if (reader.TailProblem is JournalProblem problem)
                    faults.Add(problem.ToString());
                spin.SpinOnce();
                continue;
            }
            if (header.Sequence != expected || !payload.SequenceEqual(JournalFolder.PayloadOf(expected, (int)(expected % 400))))
                faults.Add($"record {header.Sequence} where {expected} was expected, {payload.Length} bytes");
            expected++;
        }
        return faults.Count > 0 ? faults[0] : expected > Records ? "" : $"only {expected - 1} records arrived";
    }
}
