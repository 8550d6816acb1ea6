using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

/// <summary>A disk that is full or read-only: a clear error, nothing stored is harmed, and work goes on once there is room.</summary>
[TestFixture]
public sealed class JournalDiskTroubleTests : InJournalFolder
{
    [Test]
    public void A_full_disk_stops_the_roll_and_not_the_records()
    {
        int room = 3;
        JournalOptions options = Folder.Options(8 << 10) with { CreateSegment = Create };
        MappedSegment Create(string path, long bytes) => room-- > 0 ? MappedSegment.Create(path, bytes) : throw Full(path, bytes);
        using (JournalWriter writer = JournalWriter.Open(options))
        {
            JournalException error = Assert.Throws<JournalException>(() => JournalFolder.AppendMany(writer, 1000));
            Assert.That(error.Fault, Is.EqualTo(JournalFault.DiskFull));
            Assert.That(error.Message, Does.Contain("8192").And.Contain(Folder.Path).And.Contain("--keep-gib"));
            long stored = writer.NextSequence - 1;
            Assert.That(writer.Commit(), Is.EqualTo(stored), "what was appended can still be put on disk");
            Assert.That(Assert.Throws<JournalException>(() => JournalFolder.AppendMany(writer, 1)).Fault,
                Is.EqualTo(JournalFault.DiskFull), "still full");
            room = 100;
            JournalFolder.AppendMany(writer, 500);
            Assert.That(writer.PublishedSequence, Is.EqualTo(stored + 500));
        }
        Assert.That(Folder.Scan().Problem, Is.Null);
        Assert.That(Folder.ReadAll().Select(static r => r.Header.Sequence),
            Is.EqualTo(Enumerable.Range(1, Folder.ReadAll().Count).Select(static i => (long)i)));
    }

    [Test]
    public void A_full_disk_shows_before_the_room_is_needed()
    {
        int room = 1;
        JournalOptions options = Folder.Options() with { CreateSegment = Create };
        MappedSegment Create(string path, long bytes) => room-- > 0 ? MappedSegment.Create(path, bytes) : throw Full(path, bytes);
        using JournalWriter writer = JournalWriter.Open(options);
        JournalFolder.AppendMany(writer, 1);
        Assert.That(System.Threading.SpinWait.SpinUntil(() => writer.PreparationProblem is not null, TimeSpan.FromSeconds(30)), Is.True);
        Assert.That(writer.PreparationProblem!.Fault, Is.EqualTo(JournalFault.DiskFull));
        JournalFolder.AppendMany(writer, 100);
        room = 100;
        Assert.That(System.Threading.SpinWait.SpinUntil(() => writer.PreparationProblem is null, TimeSpan.FromSeconds(30)), Is.True,
            "it is tried again by itself");
    }

    [Test, NeedsMount]
    public void A_real_full_file_system_is_an_error_and_not_a_crash()
    {
        using MountedFolder small = new("size=256k");
        JournalOptions options = Folder.Options(64 << 10) with { Directory = small.Path };
        using (JournalWriter writer = JournalWriter.Open(options))
        {
            JournalException error = Assert.Throws<JournalException>(() => JournalFolder.AppendMany(writer, 100_000, static _ => 300));
            Assert.That(error.Fault, Is.EqualTo(JournalFault.DiskFull), error.Message);
            Assert.That(writer.Commit(), Is.EqualTo(writer.NextSequence - 1).And.GreaterThan(300));
        }
        Assert.That(JournalVerifier.Run(small.Path, LogFormat.Journal).Verdict, Is.EqualTo(JournalVerdict.Clean));
        JournalException snapshot = Assert.Throws<JournalException>(() => SaveLargeSnapshot(small.Path));
        Assert.That(snapshot.Fault, Is.EqualTo(JournalFault.DiskFull), snapshot.Message);
        Assert.That(Directory.GetFiles(small.Path, "*.obss*"), Is.Empty, "no half snapshot stays");
    }

    [Test, NeedsMount]
    public void A_read_only_file_system_is_an_error_that_says_so()
    {
        using MountedFolder folder = new("size=256k");
        using (JournalWriter writer = JournalWriter.Open(Folder.Options(64 << 10) with { Directory = folder.Path, SparesAhead = 1 }))
            JournalFolder.AppendMany(writer, 10);
        folder.MakeReadOnly();
        JournalException error = Assert.Throws<JournalException>(() => JournalWriter.Open(Folder.Options(64 << 10) with { Directory = folder.Path }));
        Assert.That(error.Fault, Is.EqualTo(JournalFault.ReadOnly), error.Message);
        Assert.That(error.Message, Does.Contain("permission").And.Contain(folder.Path));
        Assert.That(JournalVerifier.Run(folder.Path, LogFormat.Journal).LastSequence, Is.EqualTo(10), "reading still works");
    }

    [Test, NeedsMount]
    public void Old_snapshots_that_cannot_be_deleted_are_an_error_that_says_so()
    {
        using MountedFolder folder = new("size=256k");
        SnapshotStore store = new(folder.Path);
        string oldest = store.Save(new SnapshotWriter(), 1, 1, 1);
        store.Save(new SnapshotWriter(), 2, 1, 1);
        folder.MakeReadOnly();
        JournalException error = Assert.Throws<JournalException>(() => store.Prune(1));
        Assert.That((error.Fault, error.Path), Is.EqualTo((JournalFault.ReadOnly, oldest)), error.Message);
    }

    [Test]
    public void A_file_where_the_folder_should_be_is_an_error()
    {
        string path = Path.Combine(Folder.Path, "file");
        File.WriteAllText(path, "x");
        Assert.That(Assert.Throws<JournalException>(() => JournalWriter.Open(Folder.Options() with { Directory = path })).Path,
            Is.EqualTo(path));
    }

    private static JournalException Full(string path, long bytes) =>
        JournalThrow.From(new IOException("no space", 28), path, "create a segment", bytes);

    private static void SaveLargeSnapshot(string directory)
    {
        SnapshotWriter writer = new();
        writer.BeginSection(1);
        writer.WriteBytes(new byte[1 << 20]);
        writer.EndSection();
        _ = new SnapshotStore(directory).Save(writer, 1, 1, 1);
    }
}
