using System;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>The file bad lines are kept in, and what an import costs in memory.</summary>
internal sealed class QuarantineFileTests
{
    private Recorded _recorded = null!;

    [SetUp]
    public void SetUp() => _recorded = new Recorded();

    [TearDown]
    public void TearDown() => _recorded.Dispose();

    [Test]
    public void Bytes_are_kept_as_they_were_up_to_a_limit()
    {
        byte[] bytes = [.. Enumerable.Range(0, QuarantineFile.KeptBytes + 10).Select(static i => (byte)(i % 251 + 1 == '\n' ? 0 : i % 251 + 1))];
        using (QuarantineFile quarantine = new(_recorded.Folder, "/somewhere/else/day.gz"))
            quarantine.Keep("", 7, new LineFault(BadLineReason.Malformed, "px"), bytes);
        byte[] written = File.ReadAllBytes(_recorded.PathOf("day.gz.quarantine"));
        byte[] head = Encoding.ASCII.GetBytes("7\tMalformed (px)\t");
        Assert.That(written, Is.EqualTo(head.Concat(bytes.Take(QuarantineFile.KeptBytes)).Append((byte)'\n')));
    }

    [Test]
    public void The_file_itself_has_a_limit()
    {
        byte[] line = new byte[QuarantineFile.KeptBytes];
        using (QuarantineFile quarantine = new(_recorded.Folder, "day"))
        {
            for (int count = 0; count < QuarantineFile.LargestFileBytes / QuarantineFile.KeptBytes + 100; count++)
                quarantine.Keep("", count, new LineFault(BadLineReason.NoTime), line);
        }
        Assert.That(new FileInfo(_recorded.PathOf("day.quarantine")).Length, Is.InRange(QuarantineFile.LargestFileBytes, QuarantineFile.LargestFileBytes + QuarantineFile.KeptBytes + 100));
    }

    [Test]
    public void The_quarantine_of_an_earlier_import_does_not_outlive_the_fault()
    {
        ImportOptions options = Recorded.Options() with { QuarantineDirectory = _recorded.Folder };
        string path = _recorded.Text("day", "1723161253937085768 {}", "bad");
        Recorded.Import(options, path);
        Assert.That(File.Exists(path + ".quarantine"), Is.True);
        _recorded.Text("day", "1723161253937085768 {}");
        Recorded.Import(options, path);
        Assert.That(File.Exists(path + ".quarantine"), Is.False);
    }

    [Test]
    public void A_quarantine_that_is_a_folder_is_said_so()
    {
        Directory.CreateDirectory(_recorded.PathOf("day.quarantine"));
        string path = _recorded.Text("day", "1723161253937085768 {}", "bad");
        ImportException failure = Assert.Throws<ImportException>(() => Recorded.Import(Recorded.Options() with { QuarantineDirectory = _recorded.Folder }, path));
        Assert.That((failure.Problem, failure.File), Is.EqualTo((ImportProblem.NotPermitted, path + ".quarantine")));
    }

    [TestCase("1723161253937085768 {\"stream\":\"btcusdt@trade\"}", 8)]
    [TestCase("2662000,0.7114,0,2022-05-18 00:00:00.{0:000000}", 8)]
    [TestCase("{{'timestamp': 1730386800033, 'orderbook_units': [{{'ask_price': 2, 'bid_price': 1, 'ask_size': 1, 'bid_size': 1}}]}}", 8)]
    [TestCase("{{\"timestamp\":1730386800033,\"trade_price\":2,\"trade_volume\":1,\"ask_bid\":\"BID\"}}", 8)]
    public void A_line_costs_no_more_than_a_few_bytes(string line, int mostBytes)
    {
        string few = _recorded.Text("few", [.. Enumerable.Range(0, 2_000).Select(i => Line(line, i))]);
        string many = _recorded.Text("many", [.. Enumerable.Range(0, 22_000).Select(i => Line(line, i))]);
        Allocated(few);
        long growth = Allocated(many) - Allocated(few);
        Assert.That(growth / 20_000.0, Is.AtMost(mostBytes), "nothing is made per line or per book");
    }

    [Test]
    public void The_meter_sees_a_sink_that_keeps_every_record()
    {
        string path = _recorded.Text("many", [.. Enumerable.Range(0, 20_000).Select(static _ => "1723161253937085768 {}")]);
        Assert.That(Allocated(path, new CollectingSink()), Is.GreaterThan(20_000 * 8), "the control");
    }

    private static string Line(string line, int number) =>
        line.Contains("{0", StringComparison.Ordinal) || line.Contains("{{", StringComparison.Ordinal) ? string.Format(System.Globalization.CultureInfo.InvariantCulture, line, number) : line;

    private static long Allocated(string path, IRecordSink? sink = null)
    {
        Importer importer = new(Recorded.Options(), sink ?? new NoSink());
        long before = GC.GetAllocatedBytesForCurrentThread();
        ImportResult result = importer.Run([path]);
        long after = GC.GetAllocatedBytesForCurrentThread();
        Assert.That((result.BadLines, result.Records > 0), Is.EqualTo((0L, true)));
        return after - before;
    }

    private sealed class NoSink : IRecordSink
    {
        public void OnRecord(Obs.Core.Journal.RecordKind kind, Obs.Core.Market.VenueId venue, long receiveNs, ReadOnlySpan<byte> payload)
        {
        }
    }
}
