using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Win32.SafeHandles;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

/// <summary>A 64 KiB journal, half of it acknowledged, with each byte flipped in turn: refused below the acknowledged length, cut off above
/// it.</summary>
[TestFixture]
public sealed class JournalDamageTests : InJournalFolder
{
    private const int FileBytes = 64 << 10;
    private string _path = "";
    private byte[] _whole = [];
    private long _acknowledged;
    private readonly List<(long Offset, long Sequence)> _records = [];

    [SetUp]
    public void MakeJournal()
    {
        JournalWriter writer = Folder.OpenWriter(FileBytes);
        JournalFolder.AppendMany(writer, 200, static sequence => (int)(sequence * 37 % 251));
        _ = writer.Commit();
        JournalFolder.AppendMany(writer, 100, static sequence => (int)(sequence * 37 % 251));
        writer.Abandon();
        _path = Folder.Segments()[0].Path;
        _whole = File.ReadAllBytes(_path);
        _acknowledged = Folder.Scan().Segments[0].AcknowledgedBytes;
        _records.Clear();
        foreach (DumpedRecord record in new JournalDump(Folder.Path, LogFormat.Journal).Records())
            _records.Add((record.OffsetBytes, record.Header.Sequence));
        Assert.That((_records.Count, _acknowledged), Is.EqualTo((300, _records[200].Offset)));
    }

    [Test]
    public void Each_byte_flipped_in_turn_is_judged_as_the_design_says() => FlipEach(static at => (byte)(1 << (at % 8)));

    [Test, Category("Soak")]
    public void Each_byte_inverted_in_turn_is_judged_as_the_design_says() => FlipEach(static _ => 0xFF);

    [Test, Category("Soak")]
    public void Each_bit_flipped_in_turn_is_judged_as_the_design_says([Range(0, 7)] int bit) => FlipEach(_ => (byte)(1 << bit));

    /// <summary>The control: with checksums off a flipped payload byte goes through, so the tests above look at the right thing.</summary>
    [Test]
    public void Without_checksums_a_flipped_byte_goes_unseen()
    {
        Flip(_records[10].Offset + RecordHeader.SizeBytes + 3, 0x10);
        Assert.That(Folder.ReadAll(new JournalReaderOptions { VerifyChecksums = false }), Has.Count.EqualTo(300));
        Assert.That(Assert.Throws<JournalException>(() => Folder.ReadAll()).Problem!.Sequence, Is.EqualTo(11));
    }

    [Test]
    public void Opening_refuses_or_cuts_and_goes_on([Range(0, 40)] int step)
    {
        long at = 4096 + (step * 1499L);
        Flip(at, 0x80);
        Judgement expected = Expected(at);
        if (expected.IsRefused)
        {
            JournalException error = Assert.Throws<JournalException>(() => Folder.OpenWriter(), $"byte {at}");
            Assert.That((error.Fault, error.Problem!.Sequence, error.Problem.OffsetBytes),
                Is.EqualTo((JournalFault.Damaged, expected.LastSequence + 1, expected.Offset)));
            Assert.That(Folder.Files("*.damaged"), Is.Empty, "a refusal changes nothing");
            return;
        }
        using (JournalWriter writer = Folder.OpenWriter(FileBytes))
        {
            Assert.That((writer.Recovery.LastSequence, writer.Recovery.CutOff!.OffsetBytes),
                Is.EqualTo((expected.LastSequence, expected.Offset)), $"byte {at}");
            JournalFolder.AppendMany(writer, 3);
        }
        Assert.That(Folder.Files("*.damaged"), Has.Length.EqualTo(1));
        Assert.That((Folder.Scan().LastSequence, Folder.Scan().Problem), Is.EqualTo((expected.LastSequence + 3, (JournalProblem?)null)));
    }

    [Test]
    public void One_damaged_copy_of_the_acknowledged_length_is_survived_two_are_not()
    {
        Flip(AcknowledgedLength.FirstSlotOffset, 1);
        Assert.That(Folder.Scan().Problem, Is.Null);
        Flip(AcknowledgedLength.SecondSlotOffset + 9, 1);
        Assert.That(Folder.Scan().Problem, Is.Not.Null.And.Property("IsHeader").True.And.Property("IsAcknowledged").True);
    }

    [Test]
    public void A_journal_of_another_version_is_refused_by_its_number()
    {
        byte[] page = _whole[..4096];
        page[8] = 2;
        BitConverter.TryWriteBytes(page.AsSpan(2044), Crc32C.Compute(page.AsSpan(0, 2044)));
        page.CopyTo(_whole, 0);
        File.WriteAllBytes(_path, _whole);
        Assert.That(Assert.Throws<JournalException>(() => Folder.OpenWriter()).Message, Does.Contain("version 2"));
        Assert.That(Assert.Throws<JournalException>(() => JournalRepair.Run(Folder.Path, LogFormat.Journal, isRecording: false)).Message,
            Does.Contain("version 2"));
        Assert.That(File.ReadAllBytes(_path), Is.EqualTo(_whole));
    }

    private void FlipEach(Func<int, byte> maskOf)
    {
        using SafeFileHandle file = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        byte[] one = new byte[1];
        for (int at = 0; at < FileBytes; at++)
        {
            one[0] = (byte)(_whole[at] ^ maskOf(at));
            RandomAccess.Write(file, one, at);
            Judgement expected = Expected(at);
            JournalScan scan = Folder.Scan();
            Judgement found = new(scan.Problem?.IsAcknowledged ?? false, scan.Problem?.OffsetBytes ?? 0, scan.LastSequence);
            if (found != expected)
                Assert.Fail($"byte {at} xor {maskOf(at)}: expected {expected}, found {found}: {scan.Problem}");
            one[0] = _whole[at];
            RandomAccess.Write(file, one, at);
        }
        Assert.That(Folder.Scan().Problem, Is.Null, "every byte was put back");
    }

    private Judgement Expected(long at)
    {
        if (at < SegmentHeaderPage.SizeBytes)
        {
            bool isSlot = at is >= 2048 and < 2080 or >= 3072 and < 3104;
            return isSlot ? new Judgement(false, 0, 300) : new Judgement(true, 0, 0);
        }
        (long offset, long sequence) = _records.LastOrDefault(record => record.Offset <= at);
        long end = _records[^1].Offset + RecordHeader.PaddedBytes(RecordHeader.SizeBytes + (300 * 37 % 251));
        if (at >= end)
            return new Judgement(false, end, 300);
        return new Judgement(at < _acknowledged, offset, sequence - 1);
    }

    private void Flip(long at, byte mask)
    {
        byte[] file = File.ReadAllBytes(_path);
        file[at] ^= mask;
        File.WriteAllBytes(_path, file);
    }

    private readonly record struct Judgement(bool IsRefused, long Offset, long LastSequence);
}
