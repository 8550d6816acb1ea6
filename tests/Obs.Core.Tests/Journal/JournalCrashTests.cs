using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

/// <summary>Whatever a crash leaves behind: nothing acknowledged is lost, nothing half written is taken for a record.</summary>
[TestFixture]
public sealed class JournalCrashTests : InJournalFolder
{
    [Test]
    public void A_killed_writer_loses_nothing_it_published([Values(8 << 10, 64 << 10)] int segmentBytes)
    {
        JournalWriter writer = Folder.OpenWriter(segmentBytes);
        JournalFolder.AppendMany(writer, 1000);
        writer.Abandon();
        using JournalWriter next = Folder.OpenWriter(segmentBytes);
        Assert.That((next.NextSequence, next.Recovery.CutOff), Is.EqualTo((1001L, (JournalProblem?)null)));
        Assert.That(Folder.ReadAll(), Has.Count.EqualTo(1000));
        Assert.That(Folder.Scan().Segments, Has.All.Matches<SegmentReport>(static s => s.AcknowledgedBytes == s.UsedBytes),
            "recovery acknowledges what it keeps");
    }

    [Test]
    public void A_segment_in_use_under_its_working_name_gets_its_name()
    {
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
            JournalFolder.AppendMany(writer, 500);
        SegmentFile last = Folder.Segments()[^1];
        File.Move(last.Path, Path.Combine(Folder.Path, "9.obsj.spare"));
        File.WriteAllBytes(Path.Combine(Folder.Path, "10.obsj.spare"), new byte[8 << 10]);
        using JournalWriter next = Folder.OpenWriter(8 << 10);
        Assert.That(next.NextSequence, Is.EqualTo(501));
        Assert.That(Folder.Files("9.obsj.spare").Concat(Folder.Files("10.obsj.spare")), Is.Empty);
    }

    [Test]
    public void What_a_killed_writer_did_not_come_to_name_is_read_and_verified_all_the_same()
    {
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
            JournalFolder.AppendMany(writer, 500);
        // the last two of the log as they are between a roll and their name, and spares nobody used
        SegmentFile[] segments = [.. Folder.Segments()];
        File.Move(segments[^1].Path, Path.Combine(Folder.Path, "8.obsj.spare"));
        File.Move(segments[^2].Path, Path.Combine(Folder.Path, "9.obsj.spare"));
        File.WriteAllBytes(Path.Combine(Folder.Path, "10.obsj.spare"), new byte[8 << 10]);
        File.WriteAllBytes(Path.Combine(Folder.Path, "11.obsj.spare"), []);
        string[] before = Folder.Files("*");
        VerifyReport report = JournalVerifier.Run(Folder.Path, LogFormat.Journal);
        Assert.That((report.Verdict, report.LastSequence), Is.EqualTo((JournalVerdict.Clean, 500L)));
        Assert.That(Folder.ReadAll(), Has.Count.EqualTo(500));
        Assert.That(Folder.ReadAll(new JournalReaderOptions { DurableOnly = true }), Has.Count.EqualTo(segments[^2].FirstSequence - 1), "control: without a name nothing is promised");
        Assert.That(Folder.Files("*"), Is.EquivalentTo(before), "reading changes nothing");
        using JournalWriter next = Folder.OpenWriter(8 << 10);
        Assert.That(next.NextSequence, Is.EqualTo(501), "an empty file among the spares stops no start");
    }

    [Test]
    public void Last_record_cut_off_at_each_byte_is_dropped_if_nobody_was_promised_it()
    {
        (byte[] file, long lastOffset, long end) = ThreeRecords(acknowledged: false);
        for (long cut = lastOffset; cut <= end; cut++)
        {
            Restore(file.AsSpan(0, (int)cut));
            using (JournalWriter writer = Folder.OpenWriter())
            {
                long expected = cut == end ? 3 : 2;
                Assert.That(writer.Recovery.LastSequence, Is.EqualTo(expected), $"cut at {cut}");
                Assert.That(writer.Recovery.CutOff is null, Is.EqualTo(cut == lastOffset || cut == end || IsAllZero(file, lastOffset,
                    cut)), $"cut at {cut}");
                Assert.That(writer.Append(RecordKind.Timer, 0, 1, default), Is.EqualTo(expected + 1), $"cut at {cut}");
            }
            Assert.That(Folder.Scan().Problem, Is.Null, $"cut at {cut}");
        }
    }

    [Test]
    public void Last_record_cut_off_at_each_byte_is_refused_if_it_was_acknowledged()
    {
        (byte[] file, long lastOffset, long end) = ThreeRecords(acknowledged: true);
        for (long cut = lastOffset; cut <= end; cut++)
        {
            Restore(file.AsSpan(0, (int)cut));
            if (cut == end)
            {
                Folder.OpenWriter().Dispose();
                continue;
            }
            JournalException error = Assert.Throws<JournalException>(() => Folder.OpenWriter(), $"cut at {cut}");
            Assert.That(error.Problem, Is.EqualTo(new JournalProblem(Folder.Segments()[0].Path, lastOffset, 3,
                error.Problem!.Description, IsAcknowledged: true)), $"cut at {cut}");
            Assert.That(error.Message, Does.Contain("obs journal repair").And.Contain(Folder.Segments()[0].Path));
            Assert.That(new FileInfo(Folder.Segments()[0].Path).Length, Is.EqualTo(cut), "a refusal changes nothing");
        }
    }

    /// <summary>A power failure may lose any pages that were not synced: the record's bytes become zero from some place on, or up to some
    /// place.</summary>
    [Test]
    public void A_torn_last_record_is_never_taken_for_a_whole_one()
    {
        (byte[] file, long lastOffset, long end) = ThreeRecords(acknowledged: false);
        for (long tear = lastOffset + 1; tear < end; tear++)
        {
            foreach (bool frontSurvives in new[] { true, false })
            {
                byte[] torn = (byte[])file.Clone();
                torn.AsSpan(frontSurvives ? (int)tear : (int)lastOffset, (int)(frontSurvives ? end - tear : tear - lastOffset)).Clear();
                bool isSame = torn.AsSpan().SequenceEqual(file);
                Restore(torn);
                JournalScan scan = Folder.Scan();
                Assert.That((scan.LastSequence, scan.Problem?.IsAcknowledged ?? false), Is.EqualTo((isSame ? 3L : 2L, false)),
                    $"torn at {tear}, {frontSurvives}");
            }
        }
    }

    [Test]
    public void Stale_records_behind_a_hole_do_not_come_back()
    {
        JournalWriter writer = Folder.OpenWriter();
        JournalFolder.AppendMany(writer, 5, static _ => 8);
        writer.Abandon();
        string path = Folder.Segments()[0].Path;
        byte[] file = File.ReadAllBytes(path);
        file.AsSpan(4096 + (2 * 40), 40).Clear();                       // record 3 is lost, 4 and 5 are there
        Restore(file);
        using (JournalWriter next = Folder.OpenWriter())
        {
            Assert.That((next.Recovery.LastSequence, next.Recovery.CutOff!.Sequence), Is.EqualTo((2L, 3L)));
            Assert.That(next.Recovery.SetAside.Select(File.Exists), Is.EqualTo(new[] { true }));
            JournalFolder.AppendMany(next, 1, static _ => 8);           // the same size: old record 4 would follow it exactly
        }
        Assert.That(Folder.ReadAll().Select(static r => r.Header.Sequence), Is.EqualTo(new long[] { 1, 2, 3 }));
        Assert.That(Folder.Scan().Problem, Is.Null);
    }

    [Test]
    public void Segments_behind_a_lost_tail_are_set_aside_and_not_deleted()
    {
        JournalWriter writer = Folder.OpenWriter(8 << 10);
        JournalFolder.AppendMany(writer, 300);
        writer.Abandon();
        _ = JournalRecovery.FinishSpares(Folder.Path, LogFormat.Journal);
        SegmentFile first = Folder.Segments()[0];
        byte[] file = File.ReadAllBytes(first.Path);
        file.AsSpan(6000).Clear();
        File.WriteAllBytes(first.Path, file);
        int segments = Folder.Segments().Count;
        using JournalWriter next = Folder.OpenWriter(8 << 10);
        Assert.That(next.Recovery.CutOff, Is.Not.Null);
        Assert.That(next.Recovery.SetAside, Has.Count.EqualTo(segments), "each later segment, and what was left of the torn record");
        Assert.That(next.Recovery.SetAside, Has.All.Matches<string>(File.Exists));
        Assert.That(next.NextSequence, Is.EqualTo(Folder.Scan().LastSequence + 1).And.LessThan(30));
    }

    /// <summary>Files copied while the writer works are what a crash at that moment would have left.</summary>
    [Test]
    public void A_copy_taken_at_any_moment_opens([Range(1, 10)] int seed)
    {
        using CancellationTokenSource stop = new();
        JournalOptions options = Folder.Options(32 << 10) with { Durability = new DurabilityPolicy { FlushInterval = TimeSpan.FromMilliseconds(1) } };
        using JournalWriter writer = JournalWriter.Open(options);
        Task writing = Task.Run(() => WriteUntil(writer, seed, stop.Token));
        using (JournalReader reader = new(Folder.Path))
            Assert.That(SpinWait.SpinUntil(() => reader.TryRead(out _, out _), TimeSpan.FromSeconds(30)), Is.True, "the writer did not begin");
        using JournalFolder copy = new();
        long durable = writer.DurableSequence;
        CopyFiles(copy.Path);
        stop.Cancel();
        writing.Wait();
        using JournalWriter revived = copy.OpenWriter(32 << 10);
        Assert.That(revived.Recovery.LastSequence, Is.GreaterThanOrEqualTo(durable), $"seed {seed}: {revived.Recovery.CutOff}");
        Assert.That(copy.ReadAll(), Has.Count.EqualTo(revived.Recovery.LastSequence), $"seed {seed}");
    }

    private static void WriteUntil(JournalWriter writer, int seed, CancellationToken stop)
    {
        Random random = new(seed);
        for (int i = 0; i < 20_000 && !stop.IsCancellationRequested; i++)
            _ = writer.Append(RecordKind.VenueFrame, 1, i + 1, JournalFolder.PayloadOf(writer.NextSequence, random.Next(600)));
    }

    /// <summary>Spares last: a segment that gets its name meanwhile is then missed like one that a crash never reached.</summary>
    private void CopyFiles(string target)
    {
        IEnumerable<string> paths = Folder.Files("*.obsj").Order(StringComparer.Ordinal);
        foreach (string path in paths)
            File.Copy(path, Path.Combine(target, Path.GetFileName(path)));
    }

    private static bool IsAllZero(byte[] file, long from, long to) => file.AsSpan((int)from, (int)(to - from)).IndexOfAnyExcept((byte)0) < 0;

    private (byte[] File, long LastOffset, long End) ThreeRecords(bool acknowledged)
    {
        JournalWriter writer = Folder.OpenWriter();
        JournalFolder.AppendMany(writer, 2, static _ => 40);
        _ = writer.Commit();
        _ = writer.Append(RecordKind.VenueFrame, 1, long.MaxValue, Enumerable.Repeat((byte)0xA5, 48).ToArray());
        if (acknowledged)
            _ = writer.Commit();
        writer.Abandon();
        return (File.ReadAllBytes(Folder.Segments()[0].Path), 4096 + (2 * 72), 4096 + (2 * 72) + 80);
    }

    private void Restore(ReadOnlySpan<byte> file)
    {
        foreach (string path in Directory.GetFiles(Folder.Path))
            File.Delete(path);
        File.WriteAllBytes(Path.Combine(Folder.Path, "00000000000000000001.obsj"), file.ToArray());
    }
}
