using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

[TestFixture]
public sealed class OutputLogTests : InJournalFolder
{
    [Test]
    public void Derived_records_carry_the_sequence_that_caused_them()
    {
        using (OutputLogWriter writer = Open())
        {
            Assert.That(writer.Append(OutputKind.Signal, 1, journalSequence: 70, engineTimeNs: 5, "buy"u8), Is.EqualTo(1));
            Assert.That(writer.Append(OutputKind.Fill, 2, journalSequence: 70, engineTimeNs: 6, default), Is.EqualTo(2));
            writer.Reserve(71, 7, 1)[0] = 9;
            Assert.That(writer.Publish(OutputKind.Outcome, 0), Is.EqualTo(3));
        }
        List<(OutputKind, long, long, int)> found = [];
        using OutputLogReader reader = new(Folder.Path);
        while (reader.TryRead(out OutputRecord record))
            found.Add((record.Kind, record.JournalSequence, record.Header.ReceiveNs, record.Payload.Length));
        Assert.That(found, Is.EqualTo(new[] { (OutputKind.Signal, 70L, 5L, 3), (OutputKind.Fill, 70L, 6L, 0),
            (OutputKind.Outcome, 71L, 7L, 1) }));
        Assert.That(Folder.Files("*.obso"), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_journal_is_not_taken_for_an_output_log()
    {
        Assert.That(Assert.Throws<JournalException>(() => OutputLogWriter.Open(Folder.Options())).Fault, Is.EqualTo(JournalFault.Settings));
        using (OutputLogWriter writer = Open())
            _ = writer.Append(OutputKind.Trade, 1, 1, 1, default);
        File.Move(Folder.Files("*.obso")[0], SegmentFileName.PathOf(Folder.Path, LogFormat.Journal, 1));
        Assert.That(Assert.Throws<JournalException>(() => Folder.OpenWriter()).Message, Does.Contain("stream 2"));
    }

    [Test]
    public void A_consumer_goes_on_behind_its_cursor()
    {
        using (OutputLogWriter writer = Open())
        {
            for (int i = 1; i <= 10; i++)
                _ = writer.Append(OutputKind.Trade, 1, i, i, default);
        }
        using (CursorFile cursor = CursorFile.Open(Folder.Path, "sink"))
        {
            Assert.That(cursor.Sequence, Is.Zero);
            cursor.Save(4);
        }
        using CursorFile again = CursorFile.Open(Folder.Path, "sink");
        using OutputLogReader reader = new(Folder.Path, again.Sequence + 1);
        Assert.That(reader.TryRead(out OutputRecord record), Is.True);
        Assert.That(record.Header.Sequence, Is.EqualTo(5));
    }

    [Test]
    public void A_cursor_torn_at_any_byte_falls_back_to_the_position_before()
    {
        using (CursorFile cursor = CursorFile.Open(Folder.Path, "c"))
        {
            cursor.Save(7);
            cursor.Save(8, isParked: true);
        }
        string path = Path.Combine(Folder.Path, "c" + CursorFile.Extension);
        byte[] whole = File.ReadAllBytes(path);
        for (int at = 0; at < 32; at++)
        {
            byte[] torn = (byte[])whole.Clone();
            torn[at] ^= 0x55;
            File.WriteAllBytes(path, torn);
            Assert.That(CursorFile.ReadAll(Folder.Path).Single(), Is.EqualTo(new CursorPosition("c", 7, false)), $"byte {at}");
        }
        File.WriteAllBytes(path, whole);
        Assert.That(CursorFile.ReadAll(Folder.Path).Single(), Is.EqualTo(new CursorPosition("c", 8, true)), "the control");
    }

    [Test]
    public void A_cursor_damaged_twice_is_refused_and_holds_everything_back()
    {
        File.WriteAllBytes(Path.Combine(Folder.Path, "c" + CursorFile.Extension), Enumerable.Repeat((byte)3, 64).ToArray());
        Assert.That(Assert.Throws<JournalException>(() => CursorFile.Open(Folder.Path, "c")).Fault, Is.EqualTo(JournalFault.WrongContent));
        Assert.That(CursorFile.ReadAll(Folder.Path).Single(), Is.EqualTo(new CursorPosition("c", 0, false)));
    }

    [Test]
    public void A_cursor_may_go_back_but_not_below_zero()
    {
        using CursorFile cursor = CursorFile.Open(Folder.Path, "c");
        cursor.Save(9);
        cursor.Save(2);
        Assert.That(CursorFile.ReadAll(Folder.Path).Single().Sequence, Is.EqualTo(2));
        Assert.That(() => cursor.Save(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_record_too_short_for_its_cause_is_an_error()
    {
        JournalOptions options = OutputLogWriter.OptionsFor(Folder.Path) with { SegmentBytes = 64 << 10 };
        using (JournalWriter writer = JournalWriter.Open(options))
            _ = writer.Append(RecordKind.VenueFrame, 1, 1, [1, 2, 3]);
        using OutputLogReader reader = new(Folder.Path);
        Assert.That(Assert.Throws<JournalException>(() => reader.TryRead(out _)).Message, Does.Contain("3 payload bytes"));
    }

    private OutputLogWriter Open() => OutputLogWriter.Open(OutputLogWriter.OptionsFor(Folder.Path) with { SegmentBytes = 64 << 10 });
}
