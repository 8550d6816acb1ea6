using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

/// <summary>Numbers and places on disk are frozen: a change here breaks every journal that exists.</summary>
[TestFixture]
public sealed class DiskLayoutTests
{
    private static readonly Dictionary<RecordKind, int> RecordNumbers = new()
    {
        [RecordKind.None] = 0,
        [RecordKind.VenueFrame] = 1,
        [RecordKind.RestAnswer] = 2,
        [RecordKind.Command] = 3,
        [RecordKind.Timer] = 4,
        [RecordKind.LiveOrderReport] = 5,
        [RecordKind.ConfigurationChange] = 6,
        [RecordKind.ModelChange] = 7,
        [RecordKind.LimitChange] = 8,
        [RecordKind.ConnectionChange] = 9,
        [RecordKind.AsynchronousAnswer] = 10,
        [RecordKind.SessionChoice] = 11,
        [RecordKind.Reconcile] = 12,
        [RecordKind.LiveAgain] = 13,
        [RecordKind.Restore] = 14,
    };

    private static readonly Dictionary<OutputKind, int> OutputNumbers = new()
    {
        [OutputKind.None] = 0,
        [OutputKind.BookChange] = 1,
        [OutputKind.Trade] = 2,
        [OutputKind.Feature] = 3,
        [OutputKind.Prediction] = 4,
        [OutputKind.Signal] = 5,
        [OutputKind.Order] = 6,
        [OutputKind.Fill] = 7,
        [OutputKind.Quality] = 8,
        [OutputKind.Outcome] = 9,
        [OutputKind.StateHash] = 10,
        [OutputKind.Market] = 11,
        [OutputKind.Report] = 12,
    };

    [Test]
    public void Journal_kinds_keep_their_numbers_and_none_is_forgotten_here() =>
        Assert.That(Enum.GetValues<RecordKind>().ToDictionary(static kind => kind, static kind => (int)kind), Is.EquivalentTo(RecordNumbers));

    [Test]
    public void Output_kinds_keep_their_numbers_and_none_is_forgotten_here() =>
        Assert.That(Enum.GetValues<OutputKind>().ToDictionary(static kind => kind, static kind => (int)kind), Is.EquivalentTo(OutputNumbers));

    [TestCase(nameof(RecordHeader.LengthBytes), 0)]
    [TestCase(nameof(RecordHeader.Crc), 4)]
    [TestCase(nameof(RecordHeader.Sequence), 8)]
    [TestCase(nameof(RecordHeader.ReceiveNs), 16)]
    [TestCase(nameof(RecordHeader.KindNumber), 24)]
    [TestCase(nameof(RecordHeader.Source), 25)]
    [TestCase(nameof(RecordHeader.Flags), 26)]
    [TestCase(nameof(RecordHeader.Reserved), 28)]
    public void Record_header_fields_stay_where_they_are(string field, int offsetBytes) =>
        Assert.That((int)Marshal.OffsetOf<RecordHeader>(field), Is.EqualTo(offsetBytes));

    [Test]
    public void Headers_keep_their_sizes() =>
        Assert.That((Marshal.SizeOf<RecordHeader>(), Marshal.SizeOf<SegmentHeader>(), SegmentHeaderPage.SizeBytes, EndMarker.SizeBytes,
            AcknowledgedLength.SlotBytes),
            Is.EqualTo((32, 64, 4096, 8, 32)));

    [Test]
    public void A_segment_is_written_byte_for_byte_as_documented()
    {
        using JournalFolder folder = new();
        using (JournalWriter writer = JournalWriter.Open(folder.Options() with { IsRecording = true, Note = "abc" }))
        {
            _ = writer.Append(RecordKind.Command, 2, 0x0102030405060708, "hello"u8);
            _ = writer.Append(RecordKind.Timer, 0, 9, default);
        }
        byte[] file = File.ReadAllBytes(Path.Combine(folder.Path, "00000000000000000001.obsj"));
        Assert.That(file, Has.Length.EqualTo(64 << 10));
        Assert.That(file[..8], Is.EqualTo("OBSSEG01"u8.ToArray()));
        Assert.That(Convert.ToHexString(file[8..68]), Is.EqualTo(
            "01000000" + "01000000" + "0100000000000000" + "0000010000000000" + "0807060504030201" + "0807060504030201" + "01000000" + "03000000"
            + "0000000000000000" + "61626300"));
        Assert.That(BitConverter.ToUInt32(file, 2044), Is.EqualTo(Crc32C.Compute(file.AsSpan(0, 2044))));
        string record = Convert.ToHexString(file[4096..4136]);
        Assert.That(record[..8], Is.EqualTo("25000000"), "length 37");
        Assert.That(record[16..], Is.EqualTo("0100000000000000" + "0807060504030201" + "03020000" + "00000000" + "68656C6C6F000000"));
        byte[] crcInput = [.. file[4096..4100], 0, 0, 0, 0, .. file[4104..4136]];
        Assert.That(BitConverter.ToUInt32(file, 4100), Is.EqualTo(Crc32C.Compute(crcInput)));
        Assert.That(BitConverter.ToInt32(file, 4136), Is.EqualTo(32), "the next record begins at a multiple of 8");
        Assert.That(file[4168..], Has.All.EqualTo(0));
    }

    [Test]
    public void Names_have_twenty_digits_and_sort_by_age()
    {
        string path = SegmentFileName.PathOf("x", LogFormat.Journal, 42);
        Assert.That(Path.GetFileName(path), Is.EqualTo("00000000000000000042.obsj"));
        Assert.That(SegmentFileName.TryParse(path, LogFormat.Journal, out long first) ? first : 0, Is.EqualTo(42));
        foreach (string other in new[] { "42.obsj", "00000000000000000042.obso", "00000000000000000042.obsj.damaged",
            "0000000000000000004x.obsj", "00000000000000000000.obsj" })
            Assert.That(SegmentFileName.TryParse(other, LogFormat.Journal, out _), Is.False, other);
    }
}
