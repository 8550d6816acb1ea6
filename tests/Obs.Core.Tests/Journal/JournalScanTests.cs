using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

[TestFixture]
public sealed class JournalScanTests : InJournalFolder
{
    [Test]
    public void An_empty_or_missing_folder_is_an_empty_log()
    {
        foreach (string path in new[] { Folder.Path, Folder.Path + "-missing" })
        {
            JournalScan scan = JournalScan.Run(path, LogFormat.Journal, ScanDepth.Everything);
            Assert.That((scan.FirstSequence, scan.LastSequence, scan.EndIndex, scan.Problem), Is.EqualTo((1L, 0L, -1, (JournalProblem?)null)));
        }
    }

    [Test]
    public void The_quick_scan_reads_only_what_may_be_unacknowledged()
    {
        Write(acknowledged: 300, more: 0);
        JournalScan quick = Folder.Scan(ScanDepth.Newest), full = Folder.Scan();
        Assert.That(quick.Segments.Select(static s => s.IsVerified).ToArray(),
            Is.EqualTo(Enumerable.Repeat(false, quick.Segments.Count - 1).Append(true)));
        Assert.That(full.Segments, Has.All.Property("IsVerified").True);
        Assert.That(quick.Segments.Select(static s => (s.FirstSequence, s.LastSequence)),
            Is.EqualTo(full.Segments.Select(static s => (s.FirstSequence, s.LastSequence))));
        Assert.That((quick.LastSequence, full.LastSequence), Is.EqualTo((300L, 300L)));
    }

    [Test]
    public void The_quick_scan_begins_at_the_newest_acknowledged_segment()
    {
        Write(acknowledged: 120, more: 180);
        JournalScan quick = Folder.Scan(ScanDepth.Newest);
        int acknowledged = quick.Segments.Count(static s => s.HasAcknowledgedRecords);
        Assert.That(acknowledged, Is.InRange(2, quick.Segments.Count - 2));
        Assert.That(quick.Segments.Select(static s => s.IsVerified).ToArray(),
            Is.EqualTo(quick.Segments.Select((_, i) => i >= acknowledged - 1)));
    }

    [Test]
    public void Old_damage_is_left_to_the_full_scan_and_to_readers()
    {
        Write(acknowledged: 300, more: 0);
        Change(0, 5000, 1);
        Assert.That(Folder.Scan(ScanDepth.Newest).Problem, Is.Null);
        Assert.That(Folder.Scan().Problem, Is.Not.Null.And.Property("IsAcknowledged").True);
        Assert.That(Assert.Throws<JournalException>(() => Folder.ReadAll()).Fault, Is.EqualTo(JournalFault.Damaged));
        Assert.That(() => JournalWriter.Open(Folder.Options(8 << 10) with { VerifyOnOpen = ScanDepth.Everything }),
            Throws.TypeOf<JournalException>());
        Folder.OpenWriter(8 << 10).Dispose();
    }

    [Test]
    public void An_unacknowledged_hole_before_acknowledged_records_is_damage()
    {
        Write(acknowledged: 300, more: 0);
        SegmentReport first = Folder.Scan().Segments[0];
        Rewrite(0, static page => SetAcknowledged(page, SegmentHeaderPage.SizeBytes));
        Change(0, first.UsedBytes - 100, 1);
        Assert.That(Folder.Scan().Problem, Is.Not.Null.And.Property("IsAcknowledged").True,
            "segment 0 says nothing was acknowledged, the later ones say it was");
    }

    [Test]
    public void A_file_shorter_than_acknowledged_is_found_by_the_quick_scan_too()
    {
        Write(acknowledged: 300, more: 0);
        using (FileStream file = new(Folder.Segments()[1].Path, FileMode.Open))
            file.SetLength(6000);
        JournalProblem problem = Folder.Scan(ScanDepth.Newest).Problem!;
        Assert.That((problem.IsAcknowledged, problem.Path), Is.EqualTo((true, Folder.Segments()[1].Path)));
        Assert.That(problem.OffsetBytes, Is.LessThanOrEqualTo(6000).And.GreaterThan(6000 - 72));
    }

    [Test]
    public void A_renamed_segment_is_found_by_its_header()
    {
        Write(acknowledged: 300, more: 0);
        File.Move(Folder.Segments()[1].Path, SegmentFileName.PathOf(Folder.Path, LogFormat.Journal, 2));
        Assert.That(Folder.Scan(ScanDepth.Newest).Problem!.Description, Does.Contain("renamed"));
    }

    [Test]
    public void A_segment_of_another_log_is_found_by_its_identity()
    {
        Write(acknowledged: 300, more: 0);
        using JournalFolder other = new();
        using (JournalWriter writer = other.OpenWriter(8 << 10))
        {
            _ = writer.Append(RecordKind.Timer, 0, 999_999, default);
            JournalFolder.AppendMany(writer, 299);
        }
        SegmentFile foreign = other.Segments()[^1];
        string target = SegmentFileName.PathOf(Folder.Path, LogFormat.Journal, foreign.FirstSequence);
        File.Copy(foreign.Path, target, overwrite: true);
        JournalScan scan = Folder.Scan(ScanDepth.Newest);
        Assert.That(scan.Problem!.Path, Is.EqualTo(target));
        Assert.That(scan.Problem.Description, Does.Contain("another log").And.Contain("999999"));
    }

    [Test]
    public void Other_files_in_the_folder_do_not_disturb()
    {
        Write(acknowledged: 100, more: 0);
        foreach (string name in new[] { "notes.txt", "00000000000000000001.obso", "00000000000000000002.obsj.damaged", "x.obsj" })
            File.WriteAllText(Path.Combine(Folder.Path, name), "x");
        Assert.That((Folder.Scan().Problem, Folder.Scan().LastSequence), Is.EqualTo(((JournalProblem?)null, 100L)));
    }

    [Test]
    public void Progress_grows_to_the_bytes_that_were_used()
    {
        Write(acknowledged: 300, more: 0);
        List<long> reports = [];
        JournalScan scan = JournalScan.Run(Folder.Path, LogFormat.Journal, ScanDepth.Everything, new Collector(reports));
        Assert.That(reports, Is.Ordered.And.Count.EqualTo(scan.Segments.Count));
        Assert.That(reports[^1], Is.EqualTo(scan.Segments.Sum(static s => s.UsedBytes)));
    }

    [TestCase(1, 0), TestCase(2, 0), TestCase(9, 0), TestCase(10, 1), TestCase(19, 1), TestCase(20, 2), TestCase(1000, 2)]
    public void The_segment_of_a_sequence_is_the_last_that_begins_at_or_before_it(long sequence, int expected)
    {
        SegmentFile[] segments = [new("a", 1), new("b", 10), new("c", 20)];
        Assert.That(SegmentCatalog.IndexOf(segments, sequence), Is.EqualTo(expected));
        Assert.That(SegmentCatalog.IndexOf(segments[1..], 9), Is.EqualTo(-1));
    }

    [Test]
    public void A_problem_says_where_what_and_what_to_do()
    {
        string damaged = new JournalProblem("/j/1.obsj", 4242, 17, "its checksum does not match", IsAcknowledged: true).ToString();
        foreach (string part in new[] { "/j/1.obsj", "4242", "17", "its checksum does not match", "backup", "obs journal repair" })
            Assert.That(damaged, Does.Contain(part));
        string tail = new JournalProblem("/j/1.obsj", 4242, 17, "nothing", IsAcknowledged: false).ToString();
        Assert.That(tail, Does.Contain("Nothing there was acknowledged").And.Not.Contain("repair"));
    }

    private static void SetAcknowledged(byte[] page, long bytes)
    {
        unsafe
        {
            fixed (byte* start = page)
            {
                AcknowledgedLength.Write(start, bytes, generation: 100);
                AcknowledgedLength.Write(start, bytes, generation: 101);
            }
        }
    }

    private void Write(int acknowledged, int more)
    {
        JournalWriter writer = Folder.OpenWriter(8 << 10);
        JournalFolder.AppendMany(writer, acknowledged);
        _ = writer.Commit();
        JournalFolder.AppendMany(writer, more);
        writer.Abandon();
        _ = JournalRecovery.FinishSpares(Folder.Path, LogFormat.Journal);
    }

    private void Change(int segment, long at, byte mask) => Rewrite(segment, file => file[at] ^= mask);

    private void Rewrite(int segment, System.Action<byte[]> change)
    {
        string path = Folder.Segments()[segment].Path;
        byte[] file = File.ReadAllBytes(path);
        change(file);
        File.WriteAllBytes(path, file);
    }

    private sealed class Collector(List<long> values) : System.IProgress<long>
    {
        public void Report(long value) => values.Add(value);
    }
}
