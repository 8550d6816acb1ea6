using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

[TestFixture]
public sealed class JournalDurabilityTests : InJournalFolder
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Test]
    public void Published_is_not_durable_until_a_commit_covers_it()
    {
        using JournalWriter writer = Folder.OpenWriter();
        JournalFolder.AppendMany(writer, 5);
        Assert.That((writer.PublishedSequence, writer.DurableSequence), Is.EqualTo((5L, 0L)));
        Assert.That(writer.CommitCovering(3), Is.EqualTo(5), "a commit takes along what else is there");
        Assert.That(writer.CommitCovering(5), Is.EqualTo(5));
        Assert.That(writer.CommitCount, Is.EqualTo(1), "what is covered costs nothing");
        Assert.That(Folder.Scan().Segments[0].AcknowledgedBytes, Is.EqualTo(4096 + (5 * 72)));
    }

    [Test]
    public void A_commit_covers_every_segment_since_the_last_one()
    {
        using JournalWriter writer = Folder.OpenWriter(8 << 10);
        JournalFolder.AppendMany(writer, 500);
        Assert.That(writer.Commit(), Is.EqualTo(500));
        IReadOnlyList<SegmentReport> segments = Folder.Scan().Segments;
        Assert.That(segments, Has.Count.EqualTo(9));
        Assert.That(segments, Has.All.Matches<SegmentReport>(static s => s.AcknowledgedBytes == s.UsedBytes));
    }

    [TestCase((byte)RecordKind.Command, true), TestCase((byte)RecordKind.LiveOrderReport, true), TestCase((byte)RecordKind.LimitChange, true)]
    [TestCase((byte)RecordKind.VenueFrame, false), TestCase((byte)RecordKind.Timer, false), TestCase((byte)RecordKind.RestAnswer, false)]
    public void Kinds_that_somebody_waits_for_are_immediate(byte kind, bool expected) =>
        Assert.That(DurabilityPolicy.Journal.IsImmediate(kind), Is.EqualTo(expected));

    [Test]
    public void A_command_becomes_durable_without_being_asked_for_and_a_frame_waits()
    {
        DurabilityPolicy policy = DurabilityPolicy.Journal with { FlushInterval = TimeSpan.FromSeconds(10) };
        using JournalWriter writer = JournalWriter.Open(Folder.Options() with { Durability = policy });
        JournalFolder.AppendMany(writer, 3);
        Assert.That(writer.DurableSequence, Is.Zero, "the interval is 10 s");
        _ = writer.Append(RecordKind.Command, 0, 1, "buy"u8);
        Assert.That(SpinWait.SpinUntil(() => writer.DurableSequence == 4, Limit), Is.True, "the command woke the flusher");
    }

    [Test]
    public void Frames_become_durable_by_the_interval_alone()
    {
        using JournalWriter writer = JournalWriter.Open(Folder.Options() with { Durability = new DurabilityPolicy { FlushInterval = TimeSpan.FromMilliseconds(1) } });
        JournalFolder.AppendMany(writer, 3);
        Assert.That(SpinWait.SpinUntil(() => writer.DurableSequence == 3, Limit), Is.True);
    }

    [Test]
    public void Many_waiting_callers_share_commits()
    {
        using JournalWriter writer = Folder.OpenWriter();
        JournalFolder.AppendMany(writer, 100);
        Task<long>[] callers = Enumerable.Range(1, 100).Select(i => Task.Run(() => writer.CommitCovering(i))).ToArray();
        Assert.That(Task.WaitAll(callers, Limit), Is.True);
        Assert.That(callers.Select(static c => c.Result), Has.All.EqualTo(100));
        Assert.That(writer.CommitCount, Is.EqualTo(1));
    }

    [Test]
    public void Acknowledged_length_survives_a_torn_store_in_either_slot()
    {
        byte[] page = new byte[SegmentHeaderPage.SizeBytes];
        unsafe
        {
            fixed (byte* start = page)
            {
                for (long generation = 0; generation < 20; generation++)
                {
                    AcknowledgedLength.Write(start, 5000 + generation, generation);
                    byte* slot = start + (generation % 2 == 0 ? AcknowledgedLength.FirstSlotOffset : AcknowledgedLength.SecondSlotOffset);
                    Assert.That(AcknowledgedLength.TryRead(start, out AcknowledgedBytes newest), Is.True);
                    Assert.That(newest, Is.EqualTo(new AcknowledgedBytes(5000 + generation, generation)));
                    slot[0] ^= 0xFF;
                    Assert.That((AcknowledgedLength.TryRead(start, out AcknowledgedBytes older), older.Generation),
                        Is.EqualTo((generation > 0, Math.Max(0, generation - 1))));
                    slot[0] ^= 0xFF;
                }
            }
        }
    }

    [Test]
    public void Policies_out_of_range_are_refused_at_both_ends([Values(0.5, 1, 10_000, 10_001)] double milliseconds)
    {
        DurabilityPolicy policy = new() { FlushInterval = TimeSpan.FromMilliseconds(milliseconds) };
        Assert.That(policy.Problems().Any(), Is.EqualTo(milliseconds is < 1 or > 10_000));
    }

    [Test]
    public void Closing_makes_everything_durable()
    {
        using (JournalWriter writer = Folder.OpenWriter(8 << 10))
            JournalFolder.AppendMany(writer, 100);
        Assert.That(Folder.Scan().Segments, Has.All.Matches<SegmentReport>(static s => s.AcknowledgedBytes == s.UsedBytes));
        Assert.That(Directory.GetFiles(Folder.Path, "*.spare"), Is.Empty);
    }
}
