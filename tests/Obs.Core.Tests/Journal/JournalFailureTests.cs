using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

/// <summary>A disk that fails: one failed wait and the log stops for good, because nobody knows any more what the page cache
/// holds.</summary>
[TestFixture]
public sealed class JournalFailureTests : InJournalFolder
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly ConcurrentBag<MappedSegment> _made = [];

    [SetUp]
    public void Begin() => _made.Clear();

    [Test]
    public void A_failed_commit_stops_the_log()
    {
        JournalWriter writer = JournalWriter.Open(Options(DurabilityPolicy.OnDemand));
        JournalFolder.AppendMany(writer, 10);
        Assert.That(writer.Commit(), Is.EqualTo(10));
        JournalFolder.AppendMany(writer, 5);
        FailDisk(true);
        Assert.That(Assert.Throws<JournalException>(() => writer.Commit()).Fault, Is.EqualTo(JournalFault.InputOutput));
        FailDisk(false);
        Assert.That(Assert.Throws<JournalException>(() => writer.Commit()).Fault, Is.EqualTo(JournalFault.Stopped),
            "never tried again on the same file");
        Assert.That(Assert.Throws<JournalException>(() => JournalFolder.AppendMany(writer, 1)).Message, Does.Contain("restart"));
        Assert.That((writer.DurableSequence, writer.PublishedSequence, writer.CommitCovering(10)), Is.EqualTo((10L, 15L, 10L)));
        Assert.That(writer.Failure, Is.Not.Null);
        writer.Dispose();
        using JournalWriter next = Folder.OpenWriter(8 << 10);
        Assert.That(next.Recovery.LastSequence, Is.GreaterThanOrEqualTo(10));
    }

    [Test]
    public void A_failure_in_the_background_reaches_the_writer_with_its_next_record()
    {
        JournalWriter writer = JournalWriter.Open(Options(new DurabilityPolicy { FlushInterval = TimeSpan.FromMilliseconds(1) }));
        JournalFolder.AppendMany(writer, 1);
        Assert.That(SpinWait.SpinUntil(() => writer.DurableSequence == 1, Limit), Is.True);
        FailDisk(true);
        Assert.That(SpinWait.SpinUntil(() => AppendFails(writer), Limit), Is.True);
        Assert.That(writer.Failure!.Fault, Is.EqualTo(JournalFault.InputOutput));
        writer.Dispose();
    }

    [Test]
    public void Closing_over_a_failing_disk_tells_and_still_lets_the_folder_go()
    {
        JournalWriter writer = JournalWriter.Open(Options(DurabilityPolicy.OnDemand));
        JournalFolder.AppendMany(writer, 3);
        FailDisk(true);
        Assert.That(writer.Dispose, Throws.TypeOf<JournalException>());
        using JournalWriter next = Folder.OpenWriter(8 << 10);
        Assert.That(next.Recovery.LastSequence, Is.EqualTo(3), "only the power failure would have lost them");
    }

    [Test]
    public void Spares_are_made_ahead_and_removed_at_closing([Values(1, 3)] int ahead)
    {
        using (JournalWriter writer = JournalWriter.Open(Options(DurabilityPolicy.OnDemand) with { SparesAhead = ahead }))
        {
            JournalFolder.AppendMany(writer, 1);
            Assert.That(SpinWait.SpinUntil(() => writer.PreparedSegmentCount == ahead + 1, Limit), Is.True);
            Assert.That(Folder.Files("*.spare"), Has.Length.EqualTo(ahead));
            Assert.That(Folder.Segments(), Has.Count.EqualTo(1));
        }
        Assert.That(Folder.Files("*.spare"), Is.Empty);
    }

    [Test]
    public void Spares_of_a_crash_are_removed_by_the_next_writer()
    {
        for (int i = 1; i <= 5; i++)
            File.WriteAllBytes(Path.Combine(Folder.Path, $"{i}.obsj.spare"), new byte[8192]);
        File.WriteAllBytes(Path.Combine(Folder.Path, "6.obsj.spare"), []);
        File.WriteAllBytes(Path.Combine(Folder.Path, "7.obso.spare"), []);
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
            JournalFolder.AppendMany(writer, 300);
        Assert.That(Folder.Files("*.spare").Select(Path.GetFileName), Is.EqualTo(new[] { "7.obso.spare" }), "the other log's are not ours");
        Assert.That(Folder.ReadAll(), Has.Count.EqualTo(300));
    }

    [Test]
    public void A_segment_knows_its_file_errors()
    {
        string path = Path.Combine(Folder.Path, "a.obsj");
        using (MappedSegment segment = MappedSegment.Create(path, 8192))
            Assert.That((new FileInfo(path).Length, segment.LengthBytes, segment.Path), Is.EqualTo((8192L, 8192L, path)));
        Assert.That(Assert.Throws<JournalException>(() => MappedSegment.Create(path, 8192)).Path, Is.EqualTo(path));
        Assert.That(File.Exists(path), Is.True, "a file that was there before stays");
        Assert.That(Assert.Throws<JournalException>(() => MappedSegment.OpenForReading(path + "x")).Message, Does.Contain(path + "x"));
        Assert.That(Assert.Throws<JournalException>(() => MappedSegment.OpenForWriting(path + "x", 8192)).Fault,
            Is.EqualTo(JournalFault.InputOutput));
    }

    [Test]
    public unsafe void Touching_leaves_what_is_written_and_closing_may_trim()
    {
        string path = Path.Combine(Folder.Path, "a.obsj");
        MappedSegment segment = MappedSegment.Create(path, 16 << 10);
        new Span<byte>(segment.Start, 16 << 10).Fill(0x5A);
        segment.Touch(0, long.MaxValue);
        Assert.That(new ReadOnlySpan<byte>(segment.Start, 16 << 10).IndexOfAnyExcept((byte)0x5A), Is.EqualTo(-1));
        segment.Sync(5, 5);
        segment.Sync(5000, 9000);
        segment.Close(trimToBytes: 8192);
        segment.Dispose();
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(Enumerable.Repeat((byte)0x5A, 8192)));
        using MappedSegment grown = MappedSegment.OpenForWriting(path, 16 << 10);
        Assert.That((grown.LengthBytes, grown.Start[8191], ZeroBytes.AreAll(grown.Start + 8192, 8192)),
            Is.EqualTo((16L << 10, (byte)0x5A, true)));
    }

    [Test]
    public void A_lock_is_let_go_with_its_owner()
    {
        using (DirectoryLock first = DirectoryLock.Take(Folder.Path))
            Assert.That(Assert.Throws<JournalException>(() => DirectoryLock.Take(Folder.Path)).Fault, Is.EqualTo(JournalFault.Locked));
        DirectoryLock.Take(Folder.Path).Dispose();
        string deep = Path.Combine(Folder.Path, "a", "b");
        DirectoryLock.Take(deep).Dispose();
        Assert.That(Directory.Exists(deep), Is.True, "a missing folder is made");
    }

    [TestCase(28, JournalFault.DiskFull, "Free space"), TestCase(122, JournalFault.DiskFull, "Free space")]
    [TestCase(30, JournalFault.ReadOnly, "permission"), TestCase(5, JournalFault.InputOutput, "Check the disk")]
    public void Errors_of_the_system_become_ours_with_advice(int number, object fault, string advice)
    {
        JournalException error = JournalThrow.From(new IOException("words of the system", number), "/no/such/place", "do a thing", 77);
        Assert.That((error.Fault, error.Path, error.InnerException is IOException), Is.EqualTo(((JournalFault)fault, "/no/such/place", true)));
        Assert.That(error.Message, Does.Contain("do a thing").And.Contain(advice));
        Assert.That(JournalThrow.From(error, "x", "y", 0), Is.SameAs(error), "an error of ours is not wrapped again");
        Assert.That(JournalThrow.From(new UnauthorizedAccessException(), "x", "y", 0).Fault, Is.EqualTo(JournalFault.ReadOnly));
    }

    private static bool AppendFails(JournalWriter writer)
    {
        try
        {
            JournalFolder.AppendMany(writer, 1);
            return false;
        }
        catch (JournalException error)
        {
            return error.Fault == JournalFault.Stopped;
        }
    }

    private JournalOptions Options(DurabilityPolicy durability) =>
        Folder.Options(8 << 10) with { Durability = durability, CreateSegment = Make };

    private MappedSegment Make(string path, long bytes)
    {
        MappedSegment segment = MappedSegment.Create(path, bytes);
        _made.Add(segment);
        return segment;
    }

    private void FailDisk(bool fails)
    {
        foreach (MappedSegment segment in _made)
            segment.FailsToSync = fails;
    }
}
