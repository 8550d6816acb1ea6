using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

/// <summary>Whole segments that are gone: the newest, the oldest, one between, all. Opening sees it, changes nothing, and repair gives a way out.</summary>
[TestFixture]
public sealed class JournalLossTests : InJournalFolder
{
    private const int Records = 300;
    private SnapshotStore _snapshots = null!;

    [SetUp]
    public void MakeJournal()
    {
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
            JournalFolder.AppendMany(writer, Records);
        _snapshots = new SnapshotStore(Path.Combine(Folder.Path, "snapshots"), "engine-own");
    }

    [Test]
    public void A_snapshot_beyond_the_end_proves_that_newer_segments_are_lost()
    {
        Store(Records);
        SegmentFile last = Folder.Segments()[^1];
        File.Delete(last.Path);
        Dictionary<string, byte[]> before = Content();
        JournalProblem problem = Refused();
        Assert.That((problem.Kind, problem.Sequence, problem.IsAcknowledged), Is.EqualTo((JournalProblemKind.End, last.FirstSequence, true)));
        Assert.That(problem.ToString(), Does.Contain($"{Records} was on disk").And.Contain("obs journal repair").And.Contain(Folder.Path));
        Assert.That(Content(), Is.EqualTo(before), "a refusal changes nothing");
        Assert.That(Verdict(), Is.EqualTo(JournalVerdict.Damaged));
    }

    [Test]
    public void A_snapshot_at_the_last_record_or_before_it_proves_nothing([Values(0, 1, 200)] int before)
    {
        Store(Records - before);
        using JournalWriter writer = JournalWriter.Open(Options());
        Assert.That(writer.Recovery.LastSequence, Is.EqualTo(Records));
    }

    [Test]
    public void Without_a_whole_snapshot_a_lost_end_cannot_be_seen([Values] bool isDamaged)
    {
        if (isDamaged)
        {
            string path = Store(Records);
            byte[] file = File.ReadAllBytes(path);
            file[^1] ^= 1;
            File.WriteAllBytes(path, file);
        }
        SegmentFile last = Folder.Segments()[^1];
        File.Delete(last.Path);
        using JournalWriter writer = JournalWriter.Open(Options());
        Assert.That(writer.Recovery.LastSequence, Is.EqualTo(last.FirstSequence - 1));
    }

    [Test]
    public void The_newest_whole_snapshot_is_the_evidence_whatever_its_schema()
    {
        Store(100);
        Store(250, schema: 99);
        File.WriteAllText(Store(280), "torn");
        Assert.That(_snapshots.NewestEvidence()!.Sequence, Is.EqualTo(250));
    }

    [Test]
    public void A_snapshot_under_the_name_of_another_is_no_evidence_and_starts_nothing()
    {
        File.Move(Store(Records), Store(100), overwrite: true);
        File.Delete(Folder.Segments()[^1].Path);
        Assert.That((_snapshots.NewestEvidence(), Verdict()), Is.EqualTo(((SnapshotEvidence?)null, JournalVerdict.Clean)), "what repair could not put aside must not be asked for");
        Assert.That(_snapshots.LoadNewest(1, Records, out IReadOnlyList<SkippedSnapshot> skipped), Is.Null);
        Assert.That(skipped[0].Reason, Is.EqualTo("it stands at sequence 300, its name says 100"));
    }

    [Test]
    public void Repair_goes_on_from_what_is_left_and_sets_the_snapshots_beyond_aside()
    {
        Store(100);
        string beyond = Store(Records);
        string foreign = new SnapshotStore(_snapshots.Folder, "engine-0123").Save(Writer(), Records, 1, 1);
        SegmentFile last = Folder.Segments()[^1];
        File.Delete(last.Path);
        RepairReport report = Repair();
        Assert.That((report.Actions.Count, report.LastSequence), Is.EqualTo((1, last.FirstSequence - 1)));
        Assert.That(report.Actions[0].SetAside, Is.EquivalentTo(new[] { beyond + ".damaged", foreign + ".damaged" }).And.All.Matches<string>(File.Exists));
        Assert.That(_snapshots.NewestEvidence()!.Sequence, Is.EqualTo(100), "what lies before stays");
        Assert.That((Verdict(), GoOn()), Is.EqualTo((JournalVerdict.Clean, last.FirstSequence)));
    }

    [Test]
    public void Without_any_segment_the_snapshots_still_prove_the_loss_and_repair_begins_anew()
    {
        Store(Records);
        foreach (SegmentFile segment in Folder.Segments())
            File.Delete(segment.Path);
        JournalProblem problem = Refused();
        Assert.That((problem.Kind, problem.Sequence, problem.Path), Is.EqualTo((JournalProblemKind.End, 1L, Folder.Path)));
        Assert.That(Repair().LastSequence, Is.Zero);
        Assert.That(GoOn(), Is.EqualTo(1));
    }

    [Test]
    public void Cut_records_take_the_snapshots_beyond_them_along()
    {
        Store(Records);
        SegmentFile second = Folder.Segments()[1];
        Flip(second.Path, 4096 + 40);
        RepairReport report = Repair();
        Assert.That(report.Actions.Select(static action => action.Problem.Kind), Is.EqualTo(new[] { JournalProblemKind.Records, JournalProblemKind.End }));
        Assert.That((report.LastSequence, GoOn()), Is.EqualTo((second.FirstSequence - 1, second.FirstSequence)));
    }

    [Test]
    public void A_segment_missing_between_two_others_is_seen_without_reading_their_records([Values(1, 2)] int index)
    {
        SegmentFile lost = Folder.Segments()[index];
        File.Delete(lost.Path);
        JournalProblem problem = Refused();
        Assert.That((problem.Kind, problem.Sequence), Is.EqualTo((JournalProblemKind.Records, lost.FirstSequence)));
        Assert.That(problem.Description, Does.Contain("missing"));
    }

    [Test]
    public void Segments_filled_to_their_last_byte_have_no_end_marker_and_are_linked_by_their_records([Values] bool isOneLost)
    {
        using JournalFolder full = new();
        using (JournalWriter writer = full.OpenWriter(8 << 10))
            JournalFolder.AppendMany(writer, 64 * 6, static _ => 32);
        Assert.That(full.Segments().Select(static s => s.FirstSequence), Is.EqualTo(Enumerable.Range(0, 6).Select(static i => (i * 64L) + 1)));
        if (isOneLost)
            File.Delete(full.Segments()[2].Path);
        JournalScan scan = full.Scan(ScanDepth.Newest);
        Assert.That(scan.Problem?.Sequence, Is.EqualTo(isOneLost ? 129 : (long?)null));
        Assert.That(scan.LastSequence, Is.EqualTo(isOneLost ? 128 : 384));
    }

    [Test]
    public void A_lost_oldest_segment_is_not_taken_for_a_pruned_one()
    {
        Store(Records);
        File.Delete(Folder.Segments()[0].Path);
        long first = Folder.Segments()[0].FirstSequence;
        JournalProblem problem = Refused();
        Assert.That((problem.Kind, problem.Sequence), Is.EqualTo((JournalProblemKind.Beginning, first)));
        Assert.That(problem.ToString(), Does.Contain("only records up to 0 were ever pruned"));
        Assert.That(Repair().FirstSequence, Is.EqualTo(first));
        Assert.That((Verdict(), GoOn()), Is.EqualTo((JournalVerdict.Clean, Records + 1L)));
    }

    [Test]
    public void A_pruned_log_opens_and_losing_one_more_segment_does_not()
    {
        JournalRetention.Apply(Folder.Path, LogFormat.Journal, new RetentionLimits { KeepBytes = 4 * 8192 }, 0, []);
        Assert.That(Folder.Segments()[0].FirstSequence, Is.GreaterThan(1));
        Assert.That(GoOn(), Is.EqualTo(Records + 1));
        File.Delete(Folder.Segments()[0].Path);
        Assert.That(Refused().Kind, Is.EqualTo(JournalProblemKind.Beginning));
    }

    [Test]
    public void A_crash_between_the_mark_and_the_deletion_leaves_a_log_that_opens()
    {
        LogBeginning.Store(Folder.Path, LogFormat.Journal, Folder.Segments()[2].FirstSequence - 1);
        Assert.That(GoOn(), Is.EqualTo(Records + 1));
    }

    [Test]
    public void A_damaged_mark_of_a_pruned_log_counts_as_no_mark_and_is_kept_by_the_repair()
    {
        JournalRetention.Apply(Folder.Path, LogFormat.Journal, new RetentionLimits { KeepBytes = 4 * 8192 }, 0, []);
        string mark = LogBeginning.PathOf(Folder.Path, LogFormat.Journal);
        File.WriteAllBytes(mark, new byte[64]);
        Assert.That(Refused().Kind, Is.EqualTo(JournalProblemKind.Beginning));
        Assert.That(Repair().Actions[0].SetAside, Is.EqualTo(new[] { mark + ".damaged" }));
        Assert.That(GoOn(), Is.EqualTo(Records + 1));
    }

    [Test]
    public void One_torn_copy_of_the_mark_is_survived()
    {
        LogBeginning.Store(Folder.Path, LogFormat.Journal, 5);
        string mark = LogBeginning.PathOf(Folder.Path, LogFormat.Journal);
        byte[] whole = File.ReadAllBytes(mark);
        foreach (int slot in new[] { 0, 32 })
        {
            byte[] torn = [.. whole];
            torn[slot + 8] ^= 1;
            File.WriteAllBytes(mark, torn);
            Assert.That(LogBeginning.PrunedTo(Folder.Path, LogFormat.Journal), Is.EqualTo(slot == 32 ? 0 : 5), "the newer copy stands in the second slot");
        }
    }

    [Test]
    public void A_log_pruned_once_that_lost_every_segment_is_refused()
    {
        JournalRetention.Apply(Folder.Path, LogFormat.Journal, new RetentionLimits { KeepBytes = 4 * 8192 }, 0, []);
        foreach (SegmentFile segment in Folder.Segments())
            File.Delete(segment.Path);
        Assert.That(Refused().Description, Does.Contain("no segment is left"));
        Assert.That(Repair().LastSequence, Is.Zero);
        Assert.That(GoOn(), Is.EqualTo(1));
    }

    [Test]
    public void Repair_can_keep_what_lies_behind_a_gap_or_a_damage([Values] bool isGap)
    {
        Store(Records);
        SegmentFile second = Folder.Segments()[1], third = Folder.Segments()[2];
        if (isGap)
            File.Delete(second.Path);
        else
            Flip(second.Path, 4096 + 40);
        RepairReport report = Repair(keepsNewer: true);
        Assert.That((report.FirstSequence, report.LastSequence), Is.EqualTo((third.FirstSequence, (long)Records)));
        Assert.That(report.Actions[0].SetAside, Has.Count.EqualTo(isGap ? 1 : 2).And.All.Matches<string>(File.Exists));
        Assert.That((Verdict(), GoOn()), Is.EqualTo((JournalVerdict.Clean, Records + 1L)));
        Assert.That(_snapshots.NewestEvidence()!.Sequence, Is.EqualTo(Records), "its snapshot still counts");
    }

    [Test]
    public void To_keep_what_lies_behind_is_refused_where_nothing_does()
    {
        Store(Records);
        Flip(Folder.Segments()[^1].Path, 4096 + 40);
        RefusesNewer("no segment behind it");
    }

    [TestCase(0), TestCase(1)]
    public void To_keep_what_lies_behind_takes_a_snapshot_that_reaches_it(int missing)
    {
        SegmentFile second = Folder.Segments()[1], third = Folder.Segments()[2];
        Flip(second.Path, 4096 + 40);
        Store(third.FirstSequence - 1 - missing);
        if (missing > 0)
            RefusesNewer("no whole snapshot");
        else
            Assert.That(Repair(keepsNewer: true).FirstSequence, Is.EqualTo(third.FirstSequence));
    }

    [Test]
    public void A_second_damage_behind_the_first_ends_what_is_kept()
    {
        SegmentFile second = Folder.Segments()[1], third = Folder.Segments()[2], last = Folder.Segments()[^1];
        Store(third.FirstSequence);
        Flip(second.Path, 4096 + 40);
        Flip(last.Path, 4096 + 40);
        RepairReport report = Repair(keepsNewer: true);
        Assert.That((report.FirstSequence, report.LastSequence), Is.EqualTo((third.FirstSequence, last.FirstSequence - 1)));
    }

    private void RefusesNewer(string told)
    {
        Dictionary<string, byte[]> before = Content();
        JournalException refusal = Assert.Throws<JournalException>(() => Repair(keepsNewer: true));
        Assert.That(refusal.Message, Does.Contain(told).And.Contain("without --keep newer"));
        Assert.That(Content(), Is.EqualTo(before), "a refusal changes nothing");
        Assert.That(Repair().LastSequence, Is.GreaterThan(0), "the other side can still be kept");
    }

    private JournalOptions Options() => Folder.Options(8 << 10) with { Evidence = _snapshots.NewestEvidence() };

    private JournalProblem Refused()
    {
        JournalException refusal = Assert.Throws<JournalException>(() => JournalWriter.Open(Options()).Dispose());
        Assert.That(refusal.Fault, Is.EqualTo(JournalFault.Damaged));
        return refusal.Problem!;
    }

    private RepairReport Repair(bool keepsNewer = false) =>
        JournalRepair.Run(Folder.Path, LogFormat.Journal, isRecording: null, _snapshots, keepsNewer);

    private JournalVerdict Verdict() => JournalVerifier.Run(Folder.Path, LogFormat.Journal, evidence: _snapshots.NewestEvidence()).Verdict;

    private long GoOn()
    {
        using JournalWriter writer = JournalWriter.Open(Options());
        long next = writer.NextSequence;
        JournalFolder.AppendMany(writer, 100);
        return next;
    }

    private Dictionary<string, byte[]> Content() =>
        Directory.GetFiles(Folder.Path, "*", SearchOption.AllDirectories).ToDictionary(static path => path, File.ReadAllBytes);

    private string Store(long sequence, int schema = 1) => _snapshots.Save(Writer(), sequence, 1, schema);

    private static SnapshotWriter Writer()
    {
        SnapshotWriter writer = new();
        writer.BeginSection(1);
        writer.WriteInt64(7);
        writer.EndSection();
        return writer;
    }

    private static void Flip(string path, long at)
    {
        byte[] file = File.ReadAllBytes(path);
        file[at] ^= 0x40;
        File.WriteAllBytes(path, file);
    }
}
