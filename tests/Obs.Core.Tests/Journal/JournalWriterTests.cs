using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

[TestFixture]
public sealed class JournalWriterTests : InJournalFolder
{
    [Test]
    public void What_was_appended_is_read_back_in_order()
    {
        using (JournalWriter writer = Folder.OpenWriter())
        {
            Assert.That(writer.Append(RecordKind.VenueFrame, 1, 100, "first"u8), Is.EqualTo(1));
            Assert.That(writer.Append(RecordKind.Timer, 0, 200, default), Is.EqualTo(2));
            Assert.That(writer.Append(RecordKind.Command, 3, 300, new byte[1000]), Is.EqualTo(3));
        }
        List<(RecordHeader Header, byte[] Payload)> records = Folder.ReadAll();
        Assert.That(records.Select(static r => (r.Header.Sequence, r.Header.Kind, r.Header.Source, r.Header.ReceiveNs, r.Payload.Length)),
            Is.EqualTo(new[]
        {
            (1L, RecordKind.VenueFrame, (byte)1, 100L, 5), (2L, RecordKind.Timer, (byte)0, 200L, 0),
                (3L, RecordKind.Command, (byte)3, 300L, 1000),
        }));
        Assert.That(records[0].Payload, Is.EqualTo("first"u8.ToArray()));
    }

    [Test]
    public void Stored_bytes_can_be_read_in_place()
    {
        using JournalWriter writer = Folder.OpenWriter();
        byte[] source = [1, 2, 3, 4, 5];
        _ = writer.Append(RecordKind.VenueFrame, 1, 1, source, out ReadOnlySpan<byte> stored);
        source[0] = 99;
        Assert.That(stored.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3, 4, 5 }));
        Assert.That(writer.LastPayload.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3, 4, 5 }));
    }

    [Test]
    public void A_record_can_be_built_in_place()
    {
        using (JournalWriter writer = Folder.OpenWriter())
        {
            Span<byte> room = writer.Reserve(3, 7);
            room[0] = 10;
            room[1] = 20;
            room[2] = 30;
            Assert.That(writer.Publish((byte)RecordKind.RestAnswer, 2, flags: 0x8001), Is.EqualTo(1));
        }
        (RecordHeader header, byte[] payload) = Folder.ReadAll().Single();
        Assert.That((header.Kind, header.Flags, header.ReceiveNs), Is.EqualTo((RecordKind.RestAnswer, (ushort)0x8001, 7L)));
        Assert.That(payload, Is.EqualTo(new byte[] { 10, 20, 30 }));
    }

    [Test]
    public void A_reservation_that_was_given_up_leaves_no_trace()
    {
        using (JournalWriter writer = Folder.OpenWriter())
        {
            writer.Reserve(500, 1).Fill(0xEE);
            _ = writer.Append(RecordKind.Timer, 0, 2, default);
            writer.Reserve(300, 3).Fill(0xEE);
        }
        Assert.That(Folder.ReadAll().Select(static r => r.Header.Kind), Is.EqualTo(new[] { RecordKind.Timer }));
        Assert.That(Folder.Scan().Problem, Is.Null);
    }

    [Test]
    public void Reopening_goes_on_where_it_ended([Values(1, 7, 300)] int records)
    {
        for (int round = 0; round < 4; round++)
        {
            using JournalWriter writer = Folder.OpenWriter(16 << 10);
            Assert.That(writer.Recovery.CutOff, Is.Null);
            Assert.That(writer.NextSequence, Is.EqualTo((round * records) + 1));
            JournalFolder.AppendMany(writer, records);
        }
        Assert.That(Folder.ReadAll().Select(static r => r.Header.Sequence),
            Is.EqualTo(Enumerable.Range(1, 4 * records).Select(static i => (long)i)));
    }

    [TestCase(0, true), TestCase(1, true), TestCase(61_407, true), TestCase(61_408, true), TestCase(61_409, false), TestCase(1 << 20, false)]
    public void A_record_fits_or_is_refused_by_size(int payloadBytes, bool fits)
    {
        using JournalWriter writer = Folder.OpenWriter(64 << 10);
        JournalFolder.AppendMany(writer, 3);
        if (fits)
        {
            Assert.That(writer.Append(RecordKind.RestAnswer, 1, 1, new byte[payloadBytes]), Is.EqualTo(4));
        }
        else
        {
            JournalException error = Assert.Throws<JournalException>(() => writer.Append(RecordKind.RestAnswer, 1, 1, new byte[payloadBytes]));
            Assert.That(error.Fault, Is.EqualTo(JournalFault.RecordTooLarge));
            Assert.That(error.Message, Does.Contain($"{payloadBytes}").And.Contain("61408"));
        }
        Assert.That(writer.Append(RecordKind.Timer, 0, 2, default), Is.EqualTo(fits ? 5 : 4), "the writer goes on");
    }

    [Test]
    public void Settings_that_cannot_work_are_all_named_at_once()
    {
        JournalOptions options = new()
        {
            Directory = "",
            SegmentBytes = 5000,
            SparesAhead = 0,
            Note = new string('x', 3000),
            Durability = new DurabilityPolicy { FlushInterval = TimeSpan.FromHours(1) },
        };
        JournalException error = Assert.Throws<JournalException>(() => JournalWriter.Open(options));
        Assert.That(error.Fault, Is.EqualTo(JournalFault.Settings));
        foreach (string name in new[] { "Directory", "SegmentBytes", "SparesAhead", "note", "FlushInterval" })
            Assert.That(error.Message, Does.Contain(name));
    }

    [Test]
    public void A_second_writer_is_refused_until_the_first_lets_go()
    {
        JournalWriter first = Folder.OpenWriter();
        JournalException error = Assert.Throws<JournalException>(() => Folder.OpenWriter());
        Assert.That(error.Fault, Is.EqualTo(JournalFault.Locked));
        Assert.That(error.Message, Does.Contain(Folder.Path));
        first.Dispose();
        using JournalWriter second = Folder.OpenWriter();
        Assert.That(second.NextSequence, Is.EqualTo(1));
    }

    [Test]
    public void A_closed_writer_takes_nothing()
    {
        JournalWriter writer = Folder.OpenWriter();
        JournalFolder.AppendMany(writer, 1);
        writer.Dispose();
        writer.Dispose();
        Assert.That(Assert.Throws<JournalException>(() => writer.Append(RecordKind.Timer, 0, 1, default)).Fault,
            Is.EqualTo(JournalFault.Stopped));
    }

    [Test]
    public void An_imported_journal_says_so_and_takes_no_live_records()
    {
        JournalOptions imported = Folder.Options() with { IsRecording = true, Note = "import of x.csv.gz", TrimOnClose = true };
        using (JournalWriter writer = JournalWriter.Open(imported))
            JournalFolder.AppendMany(writer, 5);
        using (JournalReader reader = new(Folder.Path))
            Assert.That((reader.Header.IsRecording, reader.Note, reader.TryRead(out _, out _)), Is.EqualTo((true, "import of x.csv.gz", true)));
        Assert.That(Assert.Throws<JournalException>(() => Folder.OpenWriter()).Message, Does.Contain("import"));
    }

    [Test]
    public void A_trimmed_journal_is_small_and_can_be_continued()
    {
        JournalOptions options = Folder.Options(1 << 20) with { TrimOnClose = true };
        for (int round = 1; round <= 3; round++)
        {
            using (JournalWriter writer = JournalWriter.Open(options))
            {
                Assert.That(writer.Recovery.CutOff, Is.Null);
                JournalFolder.AppendMany(writer, 10);
            }
            Assert.That(new FileInfo(Folder.Segments().Single().Path).Length, Is.EqualTo(8192));
            Assert.That(Folder.Scan().Problem, Is.Null);
            Assert.That(Folder.ReadAll(), Has.Count.EqualTo(10 * round));
        }
    }

    [Test]
    public void An_empty_journal_leaves_no_segment()
    {
        Folder.OpenWriter().Dispose();
        Assert.That(Folder.Segments(), Is.Empty);
        Assert.That(Folder.Files("*.spare"), Is.Empty);
        using JournalReader reader = new(Folder.Path);
        Assert.That(reader.TryRead(out _, out _), Is.False);
        Assert.That(reader.ExplainEnd(), Is.Null);
    }
}
