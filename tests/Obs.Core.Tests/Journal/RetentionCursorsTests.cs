using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

[TestFixture]
internal sealed class RetentionCursorsTests
{
    private JournalFolder _journal = null!;
    private JournalFolder _outputs = null!;

    [SetUp]
    public void MakeLogs()
    {
        (_journal, _outputs) = (new JournalFolder(), new JournalFolder());
        using (JournalWriter journal = _journal.OpenWriter(8192))
            JournalFolder.AppendMany(journal, 2_000);
        using OutputLogWriter outputs = OutputLogWriter.Open(OutputLogWriter.OptionsFor(_outputs.Path) with { SegmentBytes = 8192, SparesAhead = 1, Durability = DurabilityPolicy.OnDemand });
        // two records for every journal record, up to 1,500
        for (int record = 0; record < 3_000; record++)
            _ = outputs.Append(OutputKind.Trade, 1, 1 + (record / 2), record, new byte[40]);
    }

    [TearDown]
    public void RemoveLogs()
    {
        _journal.Dispose();
        _outputs.Dispose();
    }

    [Test]
    public void The_journal_waits_for_its_cursors_its_snapshot_its_outputs_and_those_who_read_them()
    {
        Save(_journal, "audit", 900);
        Save(_outputs, "ticks", 700);
        Save(_outputs, "parked", 10, isParked: true);
        IReadOnlyList<CursorPosition> cursors = RetentionCursors.OfJournal(_journal.Path, oldestSnapshot: 1_200, _outputs.Path);
        Assert.That(cursors.Select(static cursor => (cursor.Name, cursor.Sequence, cursor.IsParked)), Is.EquivalentTo(new[]
        {
            ("audit", 900L, false),
            ("oldest snapshot", 1_200L, false),
            ("output log", 1_499L, false),
            // record 701 of the log is the first of journal record 351
            ("ticks of the output log", 350L, false),
            ("parked of the output log", 5L, true),
        }));
    }

    [Test]
    public void No_segment_goes_that_the_slowest_reader_of_the_outputs_needs()
    {
        Save(_outputs, "ticks", 700);
        RetentionLimits limits = new() { KeepBytes = 8192 };
        RetentionReport held = JournalRetention.Apply(_journal.Path, LogFormat.Journal, limits, 0, RetentionCursors.OfJournal(_journal.Path, null, _outputs.Path));
        Assert.That(held.FirstSequence, Is.LessThanOrEqualTo(351), "record 351 can still be computed again");
        Assert.That(held.HeldBy?.Name, Is.EqualTo("ticks of the output log"));
        RetentionReport outputs = JournalRetention.Apply(_outputs.Path, LogFormat.Output, limits, 0, CursorFile.ReadAll(_outputs.Path));
        Assert.That(outputs.FirstSequence, Is.LessThanOrEqualTo(701));
        Assert.That(outputs.Deleted, Is.Not.Empty, "what it has seen may go");
        Save(_outputs, "ticks", 3_000);
        RetentionReport free = JournalRetention.Apply(_journal.Path, LogFormat.Journal, limits, 0, RetentionCursors.OfJournal(_journal.Path, null, _outputs.Path));
        Assert.That(free.FirstSequence, Is.GreaterThan(1_000).And.LessThanOrEqualTo(1_500), "the control: then only the log's own end holds it");
    }

    [Test]
    public void A_journal_without_outputs_or_snapshots_waits_for_its_own_cursors_only()
    {
        using JournalFolder empty = new();
        Assert.That(RetentionCursors.OfJournal(_journal.Path, null, null), Is.Empty);
        Assert.That(RetentionCursors.OfJournal(_journal.Path, null, empty.Path), Is.Empty);
        Assert.That(RetentionCursors.OfJournal(_journal.Path, null, empty.Path + "-that-is-not-there"), Is.Empty);
    }

    [Test]
    public void A_cursor_that_cannot_be_read_is_an_error_with_its_name_and_deletes_nothing()
    {
        string path = Path.Combine(_journal.Path, "endless" + CursorFile.Extension);
        File.CreateSymbolicLink(path, path);
        JournalException error = Assert.Throws<JournalException>(() => RetentionCursors.OfJournal(_journal.Path, null, null));
        Assert.That(error.Path, Is.EqualTo(path));
        Assert.That(error.Message, Does.Contain("read a position"));
    }

    private static void Save(JournalFolder folder, string name, long sequence, bool isParked = false)
    {
        using CursorFile cursor = CursorFile.Open(folder.Path, name);
        cursor.Save(sequence, isParked);
    }
}
