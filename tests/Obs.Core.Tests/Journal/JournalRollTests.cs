using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

[TestFixture]
public sealed class JournalRollTests : InJournalFolder
{
    [Test]
    public void Random_sizes_over_tiny_segments_come_back_as_they_were([Range(1, 8)] int seed)
    {
        Random random = new(seed);
        int[] sizes = new int[400];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = random.Next(10) == 0 ? random.Next(4065) : random.Next(200);
        int closeAt = random.Next(sizes.Length);
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
            JournalFolder.AppendMany(writer, closeAt, sequence => sizes[sequence - 1]);
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
            JournalFolder.AppendMany(writer, sizes.Length - closeAt, sequence => sizes[sequence - 1]);

        List<(RecordHeader Header, byte[] Payload)> records = Folder.ReadAll();
        Assert.That(records, Has.Count.EqualTo(sizes.Length), $"seed {seed}");
        for (int i = 0; i < sizes.Length; i++)
        {
            Assert.That(records[i].Header.Sequence, Is.EqualTo(i + 1), $"seed {seed}");
            Assert.That(records[i].Payload.AsSpan().SequenceEqual(JournalFolder.PayloadOf(i + 1, sizes[i])), Is.True,
                $"seed {seed}, record {i + 1}");
        }
        Assert.That(Folder.Scan().Problem, Is.Null, $"seed {seed}");
        Assert.That(Folder.Segments(), Has.Count.GreaterThan(10), $"seed {seed}");
    }

    /// <summary>4,096 bytes of room: what is left at the end decides whether there is a marker, and how much of one fits.</summary>
    [TestCase(4064, 0, TestName = "A_record_that_fills_a_segment_needs_no_marker")]
    [TestCase(4056, 8, TestName = "Eight_bytes_left_hold_just_the_marker")]
    [TestCase(4048, 16, TestName = "Sixteen_bytes_left_hold_the_marker")]
    [TestCase(4024, 40, TestName = "Room_for_a_header_but_not_for_the_record_holds_the_marker")]
    public void Segment_ends(int payloadBytes, int leftBytes)
    {
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
        {
            for (int i = 0; i < 5; i++)
                _ = writer.Append(RecordKind.VenueFrame, 1, i, new byte[payloadBytes]);
        }
        Assert.That(4096 - 32 - payloadBytes, Is.EqualTo(leftBytes));
        Assert.That(Folder.Segments().Select(static s => s.FirstSequence), Is.EqualTo(new long[] { 1, 2, 3, 4, 5 }));
        Assert.That(Folder.ReadAll(), Has.Count.EqualTo(5));
        Assert.That((Folder.Scan().Problem, Folder.Scan(ScanDepth.Newest).LastSequence), Is.EqualTo(((JournalProblem?)null, 5L)));
    }

    [Test]
    public void All_segments_belong_to_one_log()
    {
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
            JournalFolder.AppendMany(writer, 500);
        Assert.That(Folder.Scan().Segments.Select(static s => s.Header.LogId).Distinct().ToArray(), Is.EqualTo(new[] { 1001L }));
    }

    [Test]
    public void Segments_stay_mapped_for_the_slowest_reader_and_go_behind_it()
    {
        using JournalWriter writer = Folder.OpenWriter(8 << 10);
        writer.SlowestReaderSequence = 0;
        _ = writer.Append(RecordKind.VenueFrame, 1, 1, JournalFolder.PayloadOf(1, 64));
        nint address = writer.LastPayloadAddress;
        JournalFolder.AppendMany(writer, 500);
        _ = writer.Commit();
        unsafe
        {
            Assert.That(new ReadOnlySpan<byte>((void*)address, 64).SequenceEqual(JournalFolder.PayloadOf(1, 64)), Is.True);
        }
    }

    [Test]
    public void Reader_starts_at_any_sequence([Values(0, 1, 2, 57, 299, 300, 301)] int from)
    {
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
            JournalFolder.AppendMany(writer, 300);
        List<(RecordHeader Header, byte[] Payload)> records = Folder.ReadAll(new JournalReaderOptions { FromSequence = from });
        long first = Math.Max(1, from);
        Assert.That(records.Select(static r => r.Header.Sequence),
            Is.EqualTo(Enumerable.Range(1, 300).Select(static i => (long)i).Where(i => i >= first)));
    }

    [Test]
    public void Reader_refuses_a_sequence_that_is_not_there()
    {
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
            JournalFolder.AppendMany(writer, 300);
        JournalException error = Assert.Throws<JournalException>(() => new JournalReader(Folder.Path,
            new JournalReaderOptions { FromSequence = 302 }).Dispose());
        Assert.That(error.Fault, Is.EqualTo(JournalFault.SequenceMissing));
        Assert.That(error.Message, Does.Contain("302").And.Contain("300"));
    }

    [Test]
    public void Kept_segments_stay_readable_until_they_are_released()
    {
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
            JournalFolder.AppendMany(writer, 300);
        using JournalReader reader = new(Folder.Path, new JournalReaderOptions { KeepMapped = true });
        Assert.That(reader.TryRead(out _, out ReadOnlySpan<byte> first), Is.True);
        while (reader.TryRead(out _, out _))
            continue;
        Assert.That(first.SequenceEqual(JournalFolder.PayloadOf(1, 40)), Is.True);
        reader.ReleaseThrough(300);
        Assert.That(reader.NextSequence, Is.EqualTo(301));
    }
}
