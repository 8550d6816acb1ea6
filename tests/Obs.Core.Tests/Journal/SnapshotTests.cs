using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

[TestFixture]
public sealed class SnapshotTests : InJournalFolder
{
    private const int Schema = 3;
    private SnapshotStore _store = null!;

    [SetUp]
    public void Begin() => _store = new SnapshotStore(Folder.Path);

    [Test]
    public void Everything_written_is_read_back_bit_for_bit()
    {
        SnapshotWriter writer = new();
        writer.BeginSection(7);
        writer.WriteByte(200);
        writer.WriteBoolean(true);
        writer.WriteInt32(int.MinValue);
        writer.WriteInt64(long.MaxValue);
        writer.WriteUInt64(ulong.MaxValue);
        writer.WriteInt128(Int128.MinValue);
        writer.WriteDouble(double.NaN);
        writer.WriteDouble(-0.0);
        writer.WriteBytes([1, 2, 3]);
        writer.WriteValues<long>([4, 5]);
        writer.WriteString("KRW-비트코인");
        writer.EndSection();
        writer.BeginSection(8);
        writer.EndSection();
        _ = _store.Save(writer, sequence: 42, engineTimeNs: 99, Schema);

        Snapshot snapshot = _store.LoadNewest(Schema, 100, out IReadOnlyList<SkippedSnapshot> skipped)!;
        Assert.That((snapshot.Sequence, snapshot.EngineTimeNs, snapshot.Schema, skipped.Count), Is.EqualTo((42L, 99L, Schema, 0)));
        Assert.That(snapshot.SectionIds, Is.EquivalentTo(new[] { 7, 8 }));
        SnapshotReader reader = snapshot.Section(7);
        Assert.That((reader.ReadByte(), reader.ReadBoolean(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadUInt64(), reader.ReadInt128()),
            Is.EqualTo(((byte)200, true, int.MinValue, long.MaxValue, ulong.MaxValue, Int128.MinValue)));
        Assert.That(BitConverter.DoubleToInt64Bits(reader.ReadDouble()), Is.EqualTo(BitConverter.DoubleToInt64Bits(double.NaN)));
        Assert.That(double.IsNegative(reader.ReadDouble()), Is.True);
        Assert.That(reader.ReadBytes().ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(reader.ReadValues<long>(), Is.EqualTo(new long[] { 4, 5 }));
        Assert.That(reader.ReadString(), Is.EqualTo("KRW-비트코인"));
        reader.ExpectEnd();
        snapshot.Section(8).ExpectEnd();
    }

    [Test]
    public void The_newest_usable_one_is_taken_and_the_others_are_named()
    {
        _ = SaveOne(10);
        _ = SaveOne(20);
        File.WriteAllBytes(SaveOne(30), [1, 2, 3]);
        _ = SaveOne(40, schema: Schema + 1);
        _ = SaveOne(50);
        Snapshot snapshot = _store.LoadNewest(Schema, sequenceMax: 45, out IReadOnlyList<SkippedSnapshot> skipped)!;
        Assert.That(snapshot.Sequence, Is.EqualTo(20));
        Assert.That(skipped.Select(static s => Path.GetFileName(s.Path)[^7..^5]), Is.EqualTo(new[] { "50", "40", "30" }));
        Assert.That(skipped.Select(static s => s.Reason), Is.EqualTo(new[]
        {
            "it stands at sequence 50, the journal ends with 45", "it has schema 4, this engine reads 3", "it has 3 bytes, its header alone 64",
        }));
    }

    [Test]
    public void A_snapshot_cut_at_each_byte_is_skipped()
    {
        _ = SaveOne(1);
        string path = SaveOne(2);
        byte[] whole = File.ReadAllBytes(path);
        for (int bytes = 0; bytes < whole.Length; bytes++)
        {
            File.WriteAllBytes(path, whole[..bytes]);
            Assert.That((_store.LoadNewest(Schema, 9, out IReadOnlyList<SkippedSnapshot> skipped)!.Sequence, skipped.Count),
                Is.EqualTo((1L, 1)), $"{bytes} bytes");
        }
    }

    [Test]
    public void A_snapshot_with_any_byte_flipped_is_skipped()
    {
        string path = SaveOne(2);
        byte[] whole = File.ReadAllBytes(path);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = (byte[])whole.Clone();
            damaged[at] ^= (byte)(1 << (at % 8));
            Assert.That(Snapshot.TryParse(path, damaged, out _, out string problem), Is.False, $"byte {at}");
            Assert.That(problem, Is.Not.Empty);
        }
        Assert.That(Snapshot.TryParse(path, whole, out _, out _), Is.True, "the control: unharmed it is taken");
    }

    [Test]
    public void A_crash_while_writing_leaves_the_older_snapshot()
    {
        _ = SaveOne(1);
        File.WriteAllBytes(Path.Combine(Folder.Path, "engine-00000000000000000002.obss.writing"), [1]);
        Assert.That(_store.LoadNewest(Schema, 9, out IReadOnlyList<SkippedSnapshot> skipped)!.Sequence, Is.EqualTo(1));
        Assert.That(skipped, Is.Empty);
    }

    [Test]
    public void Reading_past_the_end_or_leaving_something_is_an_error_with_the_section()
    {
        Snapshot snapshot = Load(SaveOne(5));
        SnapshotReader reader = snapshot.Section(1);
        Assert.That(Assert.Throws<JournalException>(reader.ExpectEnd).Message, Does.Contain("section 1").And.Contain("24 bytes"));
        _ = reader.ReadInt128();
        Assert.That(Assert.Throws<JournalException>(() => reader.ReadInt128()).Message, Does.Contain("section 1"));
        Assert.That(Assert.Throws<JournalException>(() => snapshot.Section(99)).Message, Does.Contain("no section 99"));
    }

    [Test]
    public void Pruning_keeps_the_newest_and_other_stores_are_left_alone()
    {
        for (int i = 1; i <= 5; i++)
            _ = SaveOne(i);
        SnapshotStore other = new(Folder.Path, "engine-b");
        SnapshotWriter writer = new();
        _ = other.Save(writer, 9, 9, Schema);
        Assert.That(_store.Prune(keep: 2), Is.EqualTo(3));
        Assert.That((_store.List().Count, other.List().Count, _store.LoadNewest(Schema, 99, out _)!.Sequence), Is.EqualTo((2, 1, 5L)));
        string unfinished = Path.Combine(Folder.Path, "engine-00000000000000000003.obss.writing");
        File.WriteAllText(unfinished, "half of one");
        Assert.That((_store.Prune(keep: 2), File.Exists(unfinished)), Is.EqualTo((0, false)), "what a kill left half written goes with the next prune");
        Assert.That(() => _store.Prune(0), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_writer_can_be_used_again()
    {
        SnapshotWriter writer = new();
        for (int i = 1; i <= 3; i++)
        {
            writer.Clear();
            writer.BeginSection(1);
            writer.WriteBytes(new byte[100_000 * i]);
            writer.EndSection();
            Assert.That(Load(_store.Save(writer, i, i, Schema)).Section(1).ReadBytes().Length, Is.EqualTo(100_000 * i));
        }
    }

    private static Snapshot Load(string path)
    {
        Assert.That(Snapshot.TryParse(path, File.ReadAllBytes(path), out Snapshot? snapshot, out string problem), Is.True, problem);
        return snapshot!;
    }

    private string SaveOne(long sequence, int schema = Schema)
    {
        SnapshotWriter writer = new();
        writer.BeginSection(1);
        writer.WriteInt64(sequence);
        writer.WriteInt128(sequence);
        writer.EndSection();
        return _store.Save(writer, sequence, sequence * 10, schema);
    }
}
