using System;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

[TestFixture]
public sealed class JournalRetentionTests : InJournalFolder
{
    private const long HourNs = 3_600_000_000_000;

    /// <summary>Ten records an hour of 400 bytes: a segment of 8 KiB holds nine.</summary>
    [SetUp]
    public void MakeJournal()
    {
        using JournalWriter writer = Folder.OpenWriter(8 << 10);
        for (int i = 0; i < 200; i++)
            _ = writer.Append(RecordKind.VenueFrame, 1, i * HourNs / 10, new byte[400]);
    }

    [Test]
    public void Without_limits_nothing_goes() =>
        Assert.That(Apply(new RetentionLimits(), 1000 * HourNs).Deleted, Is.Empty);

    [Test]
    public void Segments_go_by_age_of_their_newest_record()
    {
        RetentionReport report = Apply(new RetentionLimits { KeepAge = TimeSpan.FromHours(10) }, 20 * HourNs);
        Assert.That(report.FirstSequence, Is.EqualTo(Folder.Segments()[0].FirstSequence).And.GreaterThan(80).And.LessThanOrEqualTo(101),
            "records from 10 h on stay");
        Assert.That(Folder.ReadAll()[0].Header.Sequence, Is.EqualTo(report.FirstSequence));
        Assert.That(Folder.Scan().Problem, Is.Null);
    }

    [Test]
    public void Segments_go_until_the_rest_is_small_enough()
    {
        int before = Folder.Segments().Count;
        RetentionReport report = Apply(new RetentionLimits { KeepBytes = 5 * 8192 }, 0);
        Assert.That((Folder.Segments().Count, report.FreedBytes), Is.EqualTo((5, (before - 5) * 8192L)));
    }

    [Test]
    public void The_newest_segment_always_stays()
    {
        _ = Apply(new RetentionLimits { KeepAge = TimeSpan.FromHours(1), KeepBytes = 8192 }, 1_000_000 * HourNs);
        Assert.That(Folder.Segments(), Has.Count.EqualTo(1));
        using JournalWriter writer = Folder.OpenWriter(8 << 10);
        Assert.That(writer.NextSequence, Is.EqualTo(201));
    }

    [Test]
    public void Two_that_prune_at_once_do_not_trip_over_each_other()
    {
        for (int segments = Folder.Segments().Count; segments > 1; segments--)
        {
            RetentionLimits limits = new() { KeepBytes = (segments - 1) * 8192L };
            System.Threading.Tasks.Parallel.For(0, 4, _ => Apply(limits, 0));
            Assert.That(Folder.Segments(), Has.Count.EqualTo(segments - 1));
        }
        Assert.That(Folder.Scan().Problem, Is.Null);
    }

    [Test]
    public void Nothing_goes_past_the_slowest_cursor_unless_it_is_parked()
    {
        CursorPosition[] cursors = [new("fast", 190, false), new("slow", 45, false), new("stuck", 3, true)];
        RetentionReport report = JournalRetention.Apply(Folder.Path, LogFormat.Journal, new RetentionLimits { KeepBytes = 8192 }, 0, cursors);
        Assert.That(report.HeldBy, Is.EqualTo(cursors[1]));
        Assert.That(report.FirstSequence, Is.LessThanOrEqualTo(46));
        Assert.That(Folder.Segments()[1].FirstSequence, Is.GreaterThan(46), "everything before the cursor's segment went");
    }

    [TestCase(8, 1), TestCase(9, 10), TestCase(10, 10)]
    public void A_cursor_at_the_border_holds_exactly_its_segment(long cursor, long firstKept)
    {
        CursorPosition[] cursors = [new("c", cursor, false)];
        Assert.That(Folder.Segments()[1].FirstSequence, Is.EqualTo(10));
        RetentionReport report = JournalRetention.Apply(Folder.Path, LogFormat.Journal, new RetentionLimits { KeepBytes = 8192 }, 0, cursors);
        Assert.That(report.FirstSequence, Is.EqualTo(firstKept));
    }

    [Test]
    public void Limits_that_make_no_sense_are_refused()
    {
        RetentionLimits limits = new() { KeepAge = TimeSpan.FromMinutes(1), KeepBytes = 1 };
        JournalException error = Assert.Throws<JournalException>(() => Apply(limits, 0));
        Assert.That(error.Message, Does.Contain("KeepAge").And.Contain("KeepBytes"));
    }

    [Test]
    public void It_may_run_beside_the_writer_and_a_reader_asks_for_what_is_left()
    {
        using JournalWriter writer = Folder.OpenWriter(8 << 10);
        long first = Apply(new RetentionLimits { KeepBytes = 4 * 8192 }, 0).FirstSequence;
        JournalFolder.AppendMany(writer, 50);
        Assert.That(Folder.ReadAll().Select(static r => r.Header.Sequence).First(), Is.EqualTo(first));
        Assert.That(Assert.Throws<JournalException>(() => new JournalReader(Folder.Path,
            new JournalReaderOptions { FromSequence = 1 }).Dispose()).Fault, Is.EqualTo(JournalFault.SequenceMissing));
    }

    private RetentionReport Apply(RetentionLimits limits, long nowNs) =>
        JournalRetention.Apply(Folder.Path, LogFormat.Journal, limits, nowNs, []);
}
