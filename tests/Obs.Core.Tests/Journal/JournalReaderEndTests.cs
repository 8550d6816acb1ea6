using System;
using System.IO;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

/// <summary>Where a reader stops and what it says about it.</summary>
[TestFixture]
public sealed class JournalReaderEndTests : InJournalFolder
{
    [Test]
    public void A_clean_end_has_nothing_to_explain([Values(1, 55, 56, 57, 300)] int records)
    {
        Write(records, acknowledged: true);
        using JournalReader reader = ReadAll(out int count);
        Assert.That((count, reader.TailProblem, reader.ExplainEnd()), Is.EqualTo((records, (JournalProblem?)null, (JournalProblem?)null)));
    }

    [Test]
    public void A_full_last_segment_is_a_clean_end()
    {
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
            _ = writer.Append(RecordKind.RestAnswer, 1, 1, new byte[4064]);
        using JournalReader reader = ReadAll(out int count);
        Assert.That((count, reader.ExplainEnd()), Is.EqualTo((1, (JournalProblem?)null)));
    }

    [Test]
    public void A_damaged_tail_stops_the_reader_without_an_error()
    {
        Write(10, acknowledged: false);
        Change(4096 + (9 * 72) + 40, 1);
        using JournalReader reader = ReadAll(out int count);
        Assert.That(count, Is.EqualTo(9));
        Assert.That(reader.TailProblem, Is.Not.Null.And.Property("Sequence").EqualTo(10));
        Assert.That(reader.ExplainEnd(), Is.EqualTo(reader.TailProblem));
        Assert.That(reader.TryRead(out _, out _), Is.False, "and keeps it there");
    }

    [Test]
    public void Bytes_of_an_unpublished_record_are_explained()
    {
        Write(10, acknowledged: false);
        Change(4096 + (10 * 72) + 33, 0xFF);
        using JournalReader reader = ReadAll(out int count);
        Assert.That((count, reader.TailProblem), Is.EqualTo((10, (JournalProblem?)null)));
        Assert.That(reader.ExplainEnd()!.Description, Does.Contain("34 bytes"));
    }

    [Test]
    public void An_acknowledged_record_that_is_missing_is_an_error()
    {
        Write(10, acknowledged: true);
        string path = Folder.Segments()[0].Path;
        byte[] file = File.ReadAllBytes(path);
        file.AsSpan(4096 + (4 * 72)).Clear();
        File.WriteAllBytes(path, file);
        JournalException error = Assert.Throws<JournalException>(() => ReadAll(out _).Dispose());
        Assert.That((error.Problem!.Sequence, error.Problem.OffsetBytes, error.Problem.Description),
            Is.EqualTo((5L, 4096L + (4 * 72), "the record is missing")));
    }

    [Test]
    public void A_file_cut_below_its_acknowledged_length_is_an_error()
    {
        Write(10, acknowledged: true);
        using (FileStream file = new(Folder.Segments()[0].Path, FileMode.Open))
            file.SetLength(4096 + (4 * 72));
        Assert.That(Assert.Throws<JournalException>(() => ReadAll(out _).Dispose()).Problem!.Sequence, Is.EqualTo(5));
    }

    [Test]
    public void A_missing_segment_is_waited_for_and_explained()
    {
        Write(300, acknowledged: true);
        long gap = Folder.Segments()[2].FirstSequence;
        File.Delete(Folder.Segments()[2].Path);
        using JournalReader reader = ReadAll(out int count);
        Assert.That(count, Is.EqualTo(gap - 1));
        Assert.That(reader.ExplainEnd(), Is.Not.Null.And.Property("IsAcknowledged").True.And.Property("Sequence").EqualTo(gap));
        Assert.That(Assert.Throws<JournalException>(reader.ExpectNoGap).Problem!.Sequence, Is.EqualTo(gap), "no end of the log: a replay must not take it for one");
    }

    [Test]
    public void A_damaged_header_of_the_next_segment_is_an_error_with_its_name()
    {
        Write(300, acknowledged: true);
        string second = Folder.Segments()[1].Path;
        byte[] file = File.ReadAllBytes(second);
        file[100] = 1;
        File.WriteAllBytes(second, file);
        JournalException error = Assert.Throws<JournalException>(() => ReadAll(out _).Dispose());
        Assert.That((error.Path, error.Problem!.IsHeader), Is.EqualTo((second, true)));
    }

    [Test]
    public void Position_and_identity_of_each_record_are_known()
    {
        Write(60, acknowledged: true);
        using JournalReader reader = new(Folder.Path);
        for (int i = 0; i < 60; i++)
        {
            long offset = reader.OffsetBytes;
            Assert.That(reader.NextSequence, Is.EqualTo(i + 1));
            Assert.That(reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload), Is.True);
            Assert.That((header.Sequence, header.PayloadBytes, header.ReceiveNs), Is.EqualTo((i + 1L, 40, 1001L + i)));
            Assert.That(payload.SequenceEqual(JournalFolder.PayloadOf(i + 1, 40)), Is.True);
            Assert.That(reader.OffsetBytes, Is.EqualTo(i == 56 ? 4096 + 72 : offset + 72), "56 records of 72 bytes fill a segment");
        }
        Assert.That(reader.Header.FirstSequence, Is.EqualTo(57));
        Assert.That(reader.SegmentPath, Is.EqualTo(Folder.Segments()[1].Path));
    }

    [Test]
    public void A_reader_that_was_closed_reads_nothing_of_what_it_had()
    {
        Write(5, acknowledged: true);
        JournalReader reader = new(Folder.Path);
        reader.Dispose();
        reader.Dispose();
        Assert.That((reader.SegmentPath, reader.OffsetBytes, reader.Note), Is.EqualTo(("", 0L, "")));
    }

    private void Write(int records, bool acknowledged)
    {
        JournalWriter writer = Folder.OpenWriter(8 << 10);
        JournalFolder.AppendMany(writer, records);
        if (acknowledged)
            writer.Dispose();
        else
            writer.Abandon();
    }

    private void Change(long at, byte mask)
    {
        string path = Folder.Segments()[0].Path;
        byte[] file = File.ReadAllBytes(path);
        file[at] ^= mask;
        File.WriteAllBytes(path, file);
    }

    private JournalReader ReadAll(out int count)
    {
        JournalReader reader = new(Folder.Path);
        count = 0;
        try
        {
            while (reader.TryRead(out _, out _))
                count++;
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
