using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Engine.Outputs;
using Obs.Core.Journal;
using Obs.Core.Tests.Journal;

namespace Obs.Core.Tests.Engine.Outputs;

/// <summary>The output log of a run: written, cut, compared, gone on with, built anew. Always the same bytes.</summary>
[TestFixture]
internal sealed class OutputLogSinkTests
{
    private const int SegmentBytes = 128 << 10;

    private List<(long ReceiveNs, byte[] Bytes)> _frames = [];
    private byte[] _whole = [];
    private JournalFolder _folder = null!;

    [OneTimeSetUp]
    public void RunOnce()
    {
        _frames = MadeFrames.Upbit(51, 1_200);
        using JournalFolder folder = new();
        Run(folder.Path, hasThread: false);
        _whole = Content(folder.Path);
        Assert.That(_whole, Has.Length.GreaterThan(2 * SegmentBytes), "more than two segments, so that rolls are in it");
    }

    [SetUp]
    public void MakeFolder() => _folder = new JournalFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void A_second_run_on_another_thread_writes_the_same_bytes()
    {
        Run(_folder.Path, hasThread: true);
        Assert.That(Content(_folder.Path), Is.EqualTo(_whole));
    }

    [Test]
    public void Another_threshold_writes_other_bytes()
    {
        Run(_folder.Path, hasThread: false, threshold: 0.5);
        Assert.That(Content(_folder.Path), Is.Not.EqualTo(_whole), "the control: logs can differ");
    }

    [Test]
    public void Every_record_carries_the_sequence_that_caused_it_and_every_kind_occurs()
    {
        Run(_folder.Path, hasThread: false);
        HashSet<OutputKind> kinds = [];
        long last = 0;
        using OutputLogReader reader = new(_folder.Path);
        while (reader.TryRead(out OutputRecord record))
        {
            kinds.Add(record.Kind);
            Assert.That(record.JournalSequence, Is.GreaterThanOrEqualTo(last));
            last = record.JournalSequence;
            if (record.Kind == OutputKind.BookChange)
                Assert.That(BitConverter.ToInt64(record.Payload), Is.EqualTo(record.JournalSequence), "a frame's own sequence");
        }
        Assert.That(kinds, Is.EquivalentTo(new[]
        {
            OutputKind.Market, OutputKind.BookChange, OutputKind.Trade, OutputKind.Feature, OutputKind.Signal, OutputKind.Order, OutputKind.Fill,
            OutputKind.Report, OutputKind.Quality, OutputKind.StateHash,
        }));
    }

    [Test]
    public void A_log_that_is_behind_is_compared_and_gone_on_with([Values(1, 2, 3, 4, 5, 6)] int seed)
    {
        Random random = new(seed);
        int cut = random.Next(1, _frames.Count);
        Run(_folder.Path, hasThread: random.Next(2) == 0, frames: cut);
        OutputLogSink sink = Run(_folder.Path, hasThread: random.Next(2) == 0);
        Assert.That(Content(_folder.Path), Is.EqualTo(_whole), $"seed {seed}, stopped after frame {cut}");
        Assert.That(sink.ComparedRecords, Is.Positive);
    }

    [Test]
    public void A_log_torn_inside_its_last_record_is_cut_and_written_again([Range(0, 40)] int step)
    {
        Run(_folder.Path, hasThread: false, frames: 30);
        (string path, long end) = LastSegment();
        long bytes = 1 + (step * 13L);
        using (FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite))
        {
            // nothing is acknowledged, as after a crash: both copies of the acknowledged length go back to the header's end
            Forget(file);
            file.Position = end - Math.Min(bytes, end - SegmentHeaderPage.SizeBytes);
            file.Write(new byte[file.Length - file.Position]);
        }
        OutputLogSink sink = Run(_folder.Path, hasThread: false);
        Assert.That(Content(_folder.Path), Is.EqualTo(_whole), $"{bytes} bytes torn off");
        Assert.That(sink.HasUncomparedRecords, Is.False);
    }

    [Test]
    public void A_snapshot_goes_on_from_its_place_in_the_log([Values(11, 12, 13)] int seed)
    {
        int cut = new Random(seed).Next(1, _frames.Count);
        (byte[] snapshot, long position) = RunAndSave(cut);
        Run(_folder.Path, hasThread: false, frames: Math.Min(_frames.Count, cut + 100));
        OutputLogSink sink = Continue(snapshot, position, cut);
        Assert.That(Content(_folder.Path), Is.EqualTo(_whole), $"seed {seed}, snapshot after frame {cut}");
        Assert.That(sink.ComparedRecords, Is.Positive, "what came after the snapshot was there already");
    }

    [Test]
    public void A_snapshot_beyond_the_log_is_refused_with_what_to_do()
    {
        using OutputLogWriter log = Open(_folder.Path);
        using OutputLogSink sink = new(log, _folder.Path);
        JournalException error = Assert.Throws<JournalException>(() => sink.StartAt(5))!;
        Assert.That(error.Fault, Is.EqualTo(JournalFault.SequenceMissing));
        Assert.That(error.Message, Does.Contain("rebuild-outputs"));
    }

    [Test]
    public void What_differs_is_an_error_that_names_record_and_sequence([Values] bool hasThread)
    {
        Run(_folder.Path, hasThread, threshold: 0.5);
        JournalException error = Assert.Throws<JournalException>(() => Run(_folder.Path, hasThread))!;
        Assert.That(error.Fault, Is.EqualTo(JournalFault.WrongContent));
        Assert.That(error.Message, Does.Match(@"record \d+ differs from what the journal gives at sequence \d+ \(\w+\)"));
    }

    [Test]
    public void A_log_with_more_than_the_journal_gives_is_an_error()
    {
        Run(_folder.Path, hasThread: false);
        using OutputLogWriter log = Open(_folder.Path);
        using OutputLogSink sink = new(log, _folder.Path);
        using OutputLine line = new([sink], hasThread: false);
        new EngineFixture(EngineFixture.Options(), line).Feed(_frames[..100]);
        line.Finish();
        Assert.That(Assert.Throws<JournalException>(sink.ExpectAllCompared)!.Message, Does.Contain("the journal gives"));
    }

    [Test]
    public void What_goes_beyond_the_journal_is_set_aside_and_written_again([Values(1, 100, 700, 1_100)] int lastFrame)
    {
        Run(_folder.Path, hasThread: false);
        EngineFixture shorter = new(EngineFixture.Options());
        shorter.Feed(_frames[..lastFrame]);
        IReadOnlyList<string> setAside = OutputLogTail.CutBeyond(_folder.Path, shorter.Engine.Sequence);
        Assert.That(setAside, Is.Not.Empty);
        using (OutputLogReader reader = new(_folder.Path))
        {
            while (reader.TryRead(out OutputRecord record))
                Assert.That(record.JournalSequence, Is.LessThanOrEqualTo(shorter.Engine.Sequence));
        }
        Run(_folder.Path, hasThread: false);
        Assert.That(Content(_folder.Path), Is.EqualTo(_whole));
        Assert.That(OutputLogTail.CutBeyond(_folder.Path, long.MaxValue), Is.Empty, "nothing is beyond");
    }

    private OutputLogSink Run(string folder, bool hasThread, double threshold = 0.3, int frames = int.MaxValue)
    {
        using OutputLogWriter log = Open(folder);
        using OutputLogSink sink = new(log, folder);
        using OutputLine line = new([sink], hasThread);
        new EngineFixture(EngineFixture.Options(threshold), line).Feed(_frames.Take(frames));
        line.Finish();
        return sink;
    }

    private (byte[] Snapshot, long Position) RunAndSave(int frames)
    {
        using JournalFolder other = new();
        using OutputLogWriter log = Open(other.Path);
        using OutputLogSink sink = new(log, other.Path);
        using OutputLine line = new([sink], hasThread: false);
        EngineFixture fixture = new(EngineFixture.Options(), line);
        fixture.Feed(_frames.Take(frames));
        line.Finish();
        SnapshotWriter writer = new();
        EngineSnapshot.Save(fixture.Engine, fixture.Registry, writer, sink.Position);
        return (writer.Complete(fixture.Engine.Sequence, fixture.Engine.EngineNs, EngineSnapshot.Schema).ToArray(), sink.Position);
    }

    private OutputLogSink Continue(byte[] file, long position, int from)
    {
        Assert.That(Snapshot.TryParse("memory", file, out Snapshot? snapshot, out string problem), Is.True, problem);
        Assert.That(EngineSnapshot.OutputRecordsOf(snapshot!), Is.EqualTo(position));
        using OutputLogWriter log = Open(_folder.Path);
        using OutputLogSink sink = new(log, _folder.Path);
        sink.StartAt(position);
        using OutputLine line = new([sink], hasThread: false);
        EngineFixture fixture = new(EngineFixture.Options(), line);
        EngineSnapshot.Restore(fixture.Engine, fixture.Registry, snapshot!, settings: null);
        fixture.Reloop();
        fixture.Feed(_frames.Skip(from));
        line.Finish();
        return sink;
    }

    private (string Path, long End) LastSegment()
    {
        JournalScan scan = JournalScan.Run(_folder.Path, LogFormat.Output, ScanDepth.Everything);
        return (scan.Segments[scan.EndIndex].Path, scan.EndOffsetBytes);
    }

    private static unsafe void Forget(FileStream file)
    {
        byte[] page = new byte[SegmentHeaderPage.SizeBytes];
        file.Position = 0;
        file.ReadExactly(page);
        fixed (byte* start = page)
        {
            _ = AcknowledgedLength.TryRead(start, out AcknowledgedBytes newest);
            AcknowledgedLength.Write(start, SegmentHeaderPage.SizeBytes, newest.Generation + 1);
            AcknowledgedLength.Write(start, SegmentHeaderPage.SizeBytes, newest.Generation + 2);
        }
        file.Position = 0;
        file.Write(page);
    }

    private static OutputLogWriter Open(string folder) =>
        OutputLogWriter.Open(OutputLogWriter.OptionsFor(folder) with { SegmentBytes = SegmentBytes, Durability = DurabilityPolicy.OnDemand, SparesAhead = 1 });

    /// <summary>The records of all segments, without their header pages: those count commits.</summary>
    private static byte[] Content(string folder)
    {
        List<byte> content = [];
        foreach (SegmentReport segment in JournalScan.Run(folder, LogFormat.Output, ScanDepth.Everything).Segments)
            content.AddRange(File.ReadAllBytes(segment.Path)[SegmentHeaderPage.SizeBytes..(int)segment.UsedBytes]);
        return [.. content];
    }
}
