using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

/// <summary>Random states through a snapshot and back, and what the store does when files go wrong around it.</summary>
[TestFixture]
public sealed class SnapshotHistoryTests : InJournalFolder
{
    [Test]
    public void Random_sections_come_back_as_they_were([Range(1, 10)] int seed)
    {
        Random random = new(seed);
        SnapshotWriter writer = new();
        List<(int Id, List<object> Values)> sections = [];
        int count = random.Next(1, 30);
        for (int id = 0; id < count; id++)
        {
            writer.BeginSection(id * 3);
            List<object> values = [];
            for (int i = random.Next(50); i > 0; i--)
                values.Add(WriteOne(writer, random));
            writer.EndSection();
            sections.Add((id * 3, values));
        }
        SnapshotStore store = new(Folder.Path);
        _ = store.Save(writer, seed, seed, schema: 1);
        Snapshot snapshot = store.LoadNewest(1, long.MaxValue, out _)!;
        foreach ((int id, List<object> values) in sections)
        {
            SnapshotReader reader = snapshot.Section(id);
            foreach (object value in values)
                Assert.That(ReadOne(reader, value), Is.EqualTo(value), $"seed {seed}, section {id}");
            reader.ExpectEnd();
        }
    }

    /// <summary>The control: a section read in another order than it was written must not pass.</summary>
    [Test]
    public void Another_order_is_noticed()
    {
        SnapshotWriter writer = new();
        writer.BeginSection(1);
        writer.WriteInt64(5);
        writer.WriteString("abc");
        writer.EndSection();
        SnapshotStore store = new(Folder.Path);
        _ = store.Save(writer, 1, 1, 1);
        SnapshotReader reader = store.LoadNewest(1, 9, out _)!.Section(1);
        Assert.That(reader.ReadString(), Is.Not.EqualTo("abc"));
        Assert.That(() => reader.ReadInt128(), Throws.TypeOf<JournalException>());
    }

    [Test]
    public void An_empty_store_has_nothing()
    {
        SnapshotStore store = new(Path.Combine(Folder.Path, "none"));
        Assert.That((store.LoadNewest(1, 9, out IReadOnlyList<SkippedSnapshot> skipped), store.List().Count, store.Prune(1)),
            Is.EqualTo(((Snapshot?)null, 0, 0)));
        Assert.That(skipped, Is.Empty);
    }

    [Test]
    public void Saving_the_same_sequence_again_replaces_it()
    {
        SnapshotStore store = new(Folder.Path);
        for (int engineTimeNs = 1; engineTimeNs <= 3; engineTimeNs++)
            _ = store.Save(new SnapshotWriter(), 7, engineTimeNs, 1);
        Assert.That((store.List().Count, store.LoadNewest(1, 7, out _)!.EngineTimeNs), Is.EqualTo((1, 3L)));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_an_error_and_nothing_else()
    {
        string file = Path.Combine(Folder.Path, "file");
        File.WriteAllText(file, "x");
        JournalException error = Assert.Throws<JournalException>(() => new SnapshotStore(Path.Combine(file,
            "s")).Save(new SnapshotWriter(), 1, 1, 1));
        Assert.That(error.Message, Does.Contain("store a snapshot"));
        Assert.That(File.ReadAllText(file), Is.EqualTo("x"));
    }

    [TestCase(-1), TestCase(1_000_000), TestCase(int.MaxValue)]
    public void A_section_length_that_does_not_fit_is_a_problem_and_not_a_crash(int bytes)
    {
        SnapshotWriter writer = new();
        writer.BeginSection(1);
        writer.WriteInt64(1);
        writer.EndSection();
        byte[] file = writer.Complete(1, 1, 1).ToArray();
        BitConverter.TryWriteBytes(file.AsSpan(SnapshotLayout.HeaderBytes + 8), (long)bytes);
        Seal(file);
        Assert.That((Snapshot.TryParse("x", file, out _, out string problem), problem),
            Is.EqualTo((false, "section 1 of 1 does not fit the file")));
    }

    [Test]
    public void A_section_that_is_there_twice_is_a_problem()
    {
        SnapshotWriter writer = new();
        foreach (int id in new[] { 4, 4 })
        {
            writer.BeginSection(id);
            writer.EndSection();
        }
        Assert.That((Snapshot.TryParse("x", writer.Complete(1, 1, 1).ToArray(), out _, out string problem), problem),
            Is.EqualTo((false, "section 4 is in it twice")));
    }

    [Test]
    public void Values_of_the_wrong_kind_are_refused()
    {
        SnapshotReader odd = new("p", 3, new byte[] { 3, 0, 0, 0, 1, 2, 3 });
        Assert.That(Assert.Throws<JournalException>(() => odd.ReadValues<long>()).Message, Does.Contain("section 3").And.Contain("Int64"));
        SnapshotReader notBoolean = new("p", 3, new byte[] { 2 });
        Assert.That(Assert.Throws<JournalException>(() => notBoolean.ReadBoolean()).Message, Does.Contain("0 or 1"));
        SnapshotReader negative = new("p", 3, new byte[] { 255, 255, 255, 255, 0 });
        Assert.That(() => negative.ReadString(), Throws.TypeOf<JournalException>());
    }

    private static void Seal(byte[] file) =>
        BitConverter.TryWriteBytes(file.AsSpan(SnapshotLayout.CrcOffset), Crc32C.Compute(file.AsSpan(SnapshotLayout.CrcOffset + 4)));

    private static object WriteOne(SnapshotWriter writer, Random random)
    {
        switch (random.Next(7))
        {
            case 0:
                byte small = (byte)random.Next(256);
                writer.WriteByte(small);
                return small;
            case 1:
                int number = random.Next(int.MinValue, int.MaxValue);
                writer.WriteInt32(number);
                return number;
            case 2:
                long large = random.NextInt64(long.MinValue, long.MaxValue);
                writer.WriteInt64(large);
                return large;
            case 3:
                double real = BitConverter.Int64BitsToDouble(random.NextInt64());
                writer.WriteDouble(real);
                return real;
            case 4:
                string text = new('ㄱ', random.Next(20));
                writer.WriteString(text);
                return text;
            case 5:
                bool flag = random.Next(2) == 0;
                writer.WriteBoolean(flag);
                return flag;
            default:
                Int128 wide = (Int128)random.NextInt64() << random.Next(60);
                writer.WriteInt128(wide);
                return wide;
        }
    }

    private static object ReadOne(SnapshotReader reader, object like) => like switch
    {
        byte => reader.ReadByte(),
        int => reader.ReadInt32(),
        long => reader.ReadInt64(),
        double => reader.ReadDouble(),
        string => reader.ReadString(),
        bool => reader.ReadBoolean(),
        _ => reader.ReadInt128(),
    };
}
