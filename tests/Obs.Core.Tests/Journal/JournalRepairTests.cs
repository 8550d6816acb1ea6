using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

[TestFixture]
public sealed class JournalRepairTests : InJournalFolder
{
    [SetUp]
    public void MakeJournal()
    {
        using JournalWriter writer = JournalWriter.Open(Folder.Options(8 << 10) with { Note = "night" });
        JournalFolder.AppendMany(writer, 300);
    }

    [Test]
    public void A_whole_journal_is_left_alone()
    {
        string[] before = Folder.Files("*").Order().ToArray();
        RepairReport report = JournalRepair.Run(Folder.Path, LogFormat.Journal);
        Assert.That((report.Actions.Count, report.FirstSequence, report.LastSequence), Is.EqualTo((0, 1L, 300L)));
        Assert.That(Folder.Files("*").Order(), Is.EqualTo(before));
    }

    [Test]
    public void Damage_in_the_middle_ends_the_log_before_it_and_keeps_every_byte()
    {
        SegmentFile second = Folder.Segments()[1];
        byte[] whole = File.ReadAllBytes(second.Path);
        Flip(second.Path, 4096 + (2 * 72) + 50);
        RepairReport report = JournalRepair.Run(Folder.Path, LogFormat.Journal);
        Assert.That(report.Actions, Has.Count.EqualTo(1));
        Assert.That(report.LastSequence, Is.EqualTo(second.FirstSequence + 1));
        Assert.That(report.Actions[0].Problem, Is.EqualTo(new JournalProblem(second.Path, 4096 + (2 * 72), second.FirstSequence + 2,
            "its checksum does not match", IsAcknowledged: true)));
        Assert.That(report.Actions[0].SetAside, Has.All.Matches<string>(File.Exists));
        byte[] tail = File.ReadAllBytes(report.Actions[0].SetAside.Single(static path => path.Contains(".at-")));
        Assert.That(tail[80..].AsEnumerable(), Is.EqualTo(whole.Skip(4096 + (2 * 72) + 80).Take(tail.Length - 80)));
        Assert.That(Folder.Segments(), Has.Count.EqualTo(2));
        GoOnFrom(report.LastSequence);
    }

    [Test]
    public void A_missing_segment_ends_the_log_before_the_gap()
    {
        SegmentFile third = Folder.Segments()[2];
        File.Delete(third.Path);
        Assert.That(JournalVerifier.Run(Folder.Path, LogFormat.Journal).Problem!.Description, Does.Contain("missing"));
        Assert.That(Assert.Throws<JournalException>(() => JournalWriter.Open(Folder.Options() with { VerifyOnOpen = ScanDepth.Everything })).Fault, Is.EqualTo(JournalFault.Damaged));
        RepairReport report = JournalRepair.Run(Folder.Path, LogFormat.Journal);
        Assert.That(report.LastSequence, Is.EqualTo(third.FirstSequence - 1));
        GoOnFrom(report.LastSequence);
    }

    [TestCase(0), TestCase(1), TestCase(2)]
    public void A_damaged_header_is_rebuilt_from_its_neighbours_and_no_record_is_lost(int index)
    {
        Flip(Folder.Segments()[index].Path, 20);
        Assert.That(Assert.Throws<JournalException>(() => Folder.OpenWriter(8 << 10)).Problem!.IsHeader, Is.True);
        RepairReport report = JournalRepair.Run(Folder.Path, LogFormat.Journal);
        Assert.That((report.Actions.Count, report.LastSequence), Is.EqualTo((1, 300L)));
        Assert.That(report.Actions[0].SetAside.Select(static path => new FileInfo(path).Length), Is.EqualTo(new[] { 8192L }));
        Assert.That(Folder.ReadAll(), Has.Count.EqualTo(300));
        GoOnFrom(300);
    }

    [Test]
    public void A_lone_damaged_header_needs_to_be_told_what_the_log_was()
    {
        using JournalFolder lone = new();
        using (JournalWriter writer = lone.OpenWriter())
            JournalFolder.AppendMany(writer, 10);
        Flip(lone.Segments()[0].Path, 20);
        Assert.That(Assert.Throws<JournalException>(() => JournalRepair.Run(lone.Path, LogFormat.Journal)).Message,
            Does.Contain("--recording"));
        Assert.That(JournalRepair.Run(lone.Path, LogFormat.Journal, isRecording: false).LastSequence, Is.EqualTo(10));
        Assert.That(lone.ReadAll(), Has.Count.EqualTo(10));
    }

    [Test]
    public void A_segment_shorter_than_its_header_is_taken_out()
    {
        string last = Folder.Segments()[^1].Path;
        long first = Folder.Segments()[^1].FirstSequence;
        using (FileStream file = new(last, FileMode.Open))
            file.SetLength(1000);
        Assert.That(JournalRepair.Run(Folder.Path, LogFormat.Journal).LastSequence, Is.EqualTo(first - 1));
        GoOnFrom(first - 1);
    }

    [Test]
    public void A_journal_in_use_is_not_repaired()
    {
        using JournalWriter writer = Folder.OpenWriter(8 << 10);
        Assert.That(Assert.Throws<JournalException>(() => JournalRepair.Run(Folder.Path, LogFormat.Journal)).Fault,
            Is.EqualTo(JournalFault.Locked));
    }

    [Test]
    public void Verifier_tells_the_four_states_apart()
    {
        using JournalFolder empty = new();
        Assert.That(JournalVerifier.Run(empty.Path, LogFormat.Journal).Verdict, Is.EqualTo(JournalVerdict.Empty));
        VerifyReport clean = JournalVerifier.Run(Folder.Path, LogFormat.Journal);
        Assert.That((clean.Verdict, clean.FirstSequence, clean.LastSequence, clean.IsRecording, clean.Note),
            Is.EqualTo((JournalVerdict.Clean, 1L, 300L, false, "night")));
        Assert.That(clean.Segments.Sum(static s => s.Records), Is.EqualTo(300));
        Flip(Folder.Segments()[^1].Path, 8191);
        Assert.That(JournalVerifier.Run(Folder.Path, LogFormat.Journal).Verdict, Is.EqualTo(JournalVerdict.UnfinishedTail));
        Flip(Folder.Segments()[0].Path, 4096);
        Assert.That(JournalVerifier.Run(Folder.Path, LogFormat.Journal).Verdict, Is.EqualTo(JournalVerdict.Damaged));
        Assert.That(Assert.Throws<JournalException>(() => JournalVerifier.Run(Folder.Path + "-no", LogFormat.Journal)).Message,
            Does.Contain("no folder"));
    }

    [Test]
    public void Dump_lists_what_was_asked_for_and_says_where_it_ends()
    {
        JournalDump dump = new(Folder.Path, LogFormat.Journal) { FromSequence = 50, ToSequence = 60, PayloadBytesMax = 4 };
        DumpedRecord[] records = dump.Records().ToArray();
        Assert.That(records.Select(static r => r.Header.Sequence), Is.EqualTo(Enumerable.Range(50, 11).Select(static i => (long)i)));
        Assert.That(records[0].Payload.ToArray(), Is.EqualTo(JournalFolder.PayloadOf(50, 40)[..4]));
        Assert.That(dump.Problem, Is.Null);
        Assert.That(new JournalDump(Folder.Path, LogFormat.Journal) { Kind = (byte)RecordKind.Timer }.Records(), Is.Empty);

        Flip(Folder.Segments()[1].Path, 4096 + 40);
        JournalDump damaged = new(Folder.Path, LogFormat.Journal);
        Assert.That(damaged.Records().Count(), Is.EqualTo(Folder.Segments()[1].FirstSequence - 1));
        Assert.That(damaged.Problem, Is.Not.Null.And.Property("OffsetBytes").EqualTo(4096));
    }

    private static void Flip(string path, long at)
    {
        byte[] file = File.ReadAllBytes(path);
        file[at] ^= 0x40;
        File.WriteAllBytes(path, file);
    }

    private void GoOnFrom(long lastSequence)
    {
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
        {
            Assert.That((writer.Recovery.LastSequence, writer.Recovery.CutOff), Is.EqualTo((lastSequence, (JournalProblem?)null)));
            JournalFolder.AppendMany(writer, 100);
        }
        Assert.That(Folder.ReadAll(), Has.Count.EqualTo(lastSequence + 100));
    }
}
