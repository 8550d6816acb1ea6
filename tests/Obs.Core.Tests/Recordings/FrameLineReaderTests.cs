using System;
using System.Collections.Generic;
using System.IO.Compression;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;
using Obs.Core.Recordings.Frames;

namespace Obs.Core.Tests.Recordings;

/// <summary>Recorded frames, one a line, in every packing.</summary>
internal sealed class FrameLineReaderTests
{
    private static readonly string[] Lines =
    [
        "1723161253937085768 {\"lastUpdateId\": 134180599, \"bids\": [], \"asks\": []}",
        "1723161253937085769 {\"stream\":\"btcusdt@trade\",\"data\":{}}",
        "1723161254036059 {\"stream\":\"btcusdt@bookTicker\",\"data\":{}}",
        "1723161254036   not json, but the decoder's business ",
    ];

    private Recorded _recorded = null!;

    [SetUp]
    public void SetUp() => _recorded = new Recorded();

    [TearDown]
    public void TearDown() => _recorded.Dispose();

    private static IEnumerable<TestCaseData> Packings()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Join('\n', Lines) + "\n");
        byte[] first = Encoding.UTF8.GetBytes(Lines[0] + "\n" + Lines[1]);
        byte[] second = Encoding.UTF8.GetBytes(Lines[2] + "\r\n" + Lines[3]);
        yield return new TestCaseData(text).SetName("Frames: plain");
        yield return new TestCaseData(new byte[] { 0xEF, 0xBB, 0xBF }.Concat(text).ToArray()).SetName("Frames: plain with a byte order mark");
        yield return new TestCaseData(Recorded.Gzip(text)).SetName("Frames: gzip");
        yield return new TestCaseData(Recorded.Gzip(first.Append((byte)'\n').ToArray()).Concat(Recorded.Gzip(second)).ToArray()).SetName("Frames: two gzip members in one file");
        yield return new TestCaseData(Recorded.Zip(CompressionLevel.Fastest, ("a.txt", text))).SetName("Frames: zip");
        yield return new TestCaseData(Recorded.Zip(CompressionLevel.NoCompression, ("2.txt", second), ("1.txt", first), ("__MACOSX/1.txt", [1]), (".hidden", [1]), ("empty", [])))
            .SetName("Frames: stored zip, members in the order of their names, rubbish passed over");
    }

    [TestCaseSource(nameof(Packings))]
    public void Packing(byte[] file)
    {
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(VenueId.BinanceSpot, "BTCUSDT"), _recorded.Bytes("whatever.bin", file));
        Assert.That(sink.Records.Select(static r => (r.Kind, r.Venue, r.ReceiveNs, r.Text)), Is.EqualTo(new[]
        {
            (RecordKind.RestAnswer, VenueId.BinanceSpot, 1723161253937085768, Lines[0][20..]),
            (RecordKind.VenueFrame, VenueId.BinanceSpot, 1723161253937085769, Lines[1][20..]),
            (RecordKind.VenueFrame, VenueId.BinanceSpot, 1723161254036059000, Lines[2][17..]),
            (RecordKind.VenueFrame, VenueId.BinanceSpot, 1723161254036000000, "not json, but the decoder's business"),
        }));
        Assert.That((result.Lines, result.Records, result.BadLines, result.ClockSteps), Is.EqualTo((4L, 4L, 0L, 1L)));
    }

    [Test]
    public void The_configuration_stands_in_front_and_says_what_it_is()
    {
        (_, CollectingSink sink) = Recorded.Import(Recorded.Options(VenueId.BinanceSpot, "BTCUSDT"), _recorded.Text("day.frames", Lines));
        Assert.That(sink.Configurations.Select(static c => c.Before), Is.EqualTo(new[] { 0 }));
        RecordingConfiguration configuration = sink.Configurations[0].Configuration;
        Assert.That((configuration.IsRecording, configuration.Venue, configuration.Symbol, configuration.Instruments.Count), Is.EqualTo((true, VenueId.BinanceSpot, "BTCUSDT", 0)));
        Assert.That(configuration.Sources, Is.EqualTo(new[] { "day.frames" }), "no folders: a journal tells nothing about the machine");
    }

    [Test]
    public void A_clock_that_goes_back_is_counted_and_kept()
    {
        string path = _recorded.Text("back.frames", "1723161253937085768 a", "1723161253937085767 b", "1723161253937085768 c", "1723161253937085768 d", "1723161253937085700 e");
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(), path);
        Assert.That((result.ClockSteps, result.FirstClockStep), Is.EqualTo((2L, $"{path}:2")));
        Assert.That(string.Concat(sink.Records.Select(static r => r.Text)), Is.EqualTo("abcde"));
        Assert.That((result.FirstReceiveNs, result.LastReceiveNs), Is.EqualTo((1723161253937085768, 1723161253937085700)));
    }

    [TestCase("", BadLineReason.NoTime)]
    [TestCase("{\"a\":1}", BadLineReason.NoTime)]
    [TestCase("-1723161253937085768 {}", BadLineReason.NoTime)]
    [TestCase("1723161253937085768{}", BadLineReason.NoTime)]
    [TestCase("1723161253.937 {}", BadLineReason.NoTime)]
    [TestCase("1723161253 {}", BadLineReason.TimeUnitUnknown)]
    [TestCase("9999999999999999999 {}", BadLineReason.ClockAbsurd)]
    [TestCase("17231612539370857680 {}", BadLineReason.ClockAbsurd)]
    [TestCase("99999999999999999999999999999999 {}", BadLineReason.ClockAbsurd)]
    [TestCase("1723161253937085768", BadLineReason.EmptyPayload)]
    [TestCase("1723161253937085768 ", BadLineReason.EmptyPayload)]
    [TestCase("1723161253937085768 \t ", BadLineReason.EmptyPayload)]
    public void Bad_line(string line, BadLineReason expected) =>
        Assert.That(FrameLineReader.Split(Encoding.UTF8.GetBytes(line), out _, out _), Is.EqualTo(expected));

    [TestCase("{\"lastUpdateId\":1}", RecordKind.RestAnswer)]
    [TestCase("{ \"lastUpdateId\" : 1}", RecordKind.RestAnswer)]
    [TestCase("{\"stream\":\"lastUpdateId\"}", RecordKind.VenueFrame)]
    [TestCase("{\"e\":\"depthUpdate\",\"lastUpdateId\":1}", RecordKind.VenueFrame)]
    [TestCase("{", RecordKind.VenueFrame)]
    [TestCase("x", RecordKind.VenueFrame)]
    public void Kind_of_a_frame(string frame, RecordKind expected) => Assert.That(FrameLineReader.KindOf(Encoding.UTF8.GetBytes(frame)), Is.EqualTo(expected));

    [Test]
    public void A_bad_line_stops_nothing_and_is_kept_with_number_and_reason()
    {
        string path = _recorded.Text("day.frames", Lines[0], "no time", "", Lines[1], "12 {}");
        ImportOptions options = Recorded.Options(VenueId.BinanceSpot, "BTCUSDT") with { QuarantineDirectory = _recorded.Folder };
        (ImportResult result, CollectingSink sink) = Recorded.Import(options, path);
        Assert.That((result.Lines, result.Records, result.BadLines, sink.Records.Count), Is.EqualTo((4L, 2L, 2L, 2)));
        Assert.That(result.Reasons, Is.EqualTo(new Dictionary<BadLineReason, long> { [BadLineReason.NoTime] = 1, [BadLineReason.TimeUnitUnknown] = 1 }));
        Assert.That(System.IO.File.ReadAllText(_recorded.PathOf("day.frames.quarantine")), Is.EqualTo("2\tNoTime\tno time\n5\tTimeUnitUnknown\t12 {}\n"));
    }

    [Test]
    public void A_clean_import_leaves_no_quarantine_file()
    {
        Recorded.Import(Recorded.Options() with { QuarantineDirectory = _recorded.Folder }, _recorded.Text("day.frames", Lines));
        Assert.That(System.IO.File.Exists(_recorded.PathOf("day.frames.quarantine")), Is.False);
    }

    [Test]
    public void Strict_stops_at_the_first_bad_line_and_keeps_what_came_before()
    {
        string path = _recorded.Text("day.frames", Lines[0], "12 {}", Lines[1]);
        CollectingSink sink = new();
        Importer importer = new(Recorded.Options() with { Strict = true }, sink);
        ImportException failure = Assert.Throws<ImportException>(() => importer.Run([path]))!;
        Assert.That((failure.Problem, failure.File, failure.Line), Is.EqualTo((ImportProblem.BadLine, path, 2L)));
        Assert.That(failure.Message, Does.StartWith($"{path}:2: TimeUnitUnknown").And.Contain("--strict"));
        Assert.That((sink.Records.Count, importer.Result.Records, importer.Result.BadLines), Is.EqualTo((1, 1L, 1L)));
    }

    [Test]
    public void The_span_is_from_inclusive_to_exclusive()
    {
        string path = _recorded.Text("day.frames", "1723161253937085767 a", "1723161253937085768 b", "1723161253937085769 c", "1723161253937085770 d");
        ImportOptions options = Recorded.Options() with { FromNs = 1723161253937085768, ToNs = 1723161253937085770 };
        (ImportResult result, CollectingSink sink) = Recorded.Import(options, path);
        Assert.That(string.Concat(sink.Records.Select(static r => r.Text)), Is.EqualTo("bc"));
        Assert.That((result.Lines, result.OutsideSpan), Is.EqualTo((4L, 2L)));
    }

    [Test]
    public void A_frame_the_validator_refuses_is_stored_counted_and_kept_beside()
    {
        string path = _recorded.Text("day.frames", Lines[0], Lines[3]);
        ImportOptions options = Recorded.Options() with { QuarantineDirectory = _recorded.Folder, Validator = new ObjectsOnly() };
        (ImportResult result, CollectingSink sink) = Recorded.Import(options, path);
        Assert.That((sink.Records.Count, result.BadLines, result.RefusedFrames), Is.EqualTo((2, 0L, 1L)));
        Assert.That(System.IO.File.ReadAllText(_recorded.PathOf("day.frames.quarantine")), Does.StartWith("2\tRefusedFrame (Malformed)\tnot json"));
        Assert.Throws<ImportException>(() => Recorded.Import(options with { Strict = true }, path));
    }

    [Test]
    public void Several_files_are_one_stream_in_the_order_given()
    {
        string first = _recorded.Text("b.frames", "1723161253937085767 a");
        string second = _recorded.Bytes("a.gz", Recorded.Gzip("1723161253937085768 b\n"u8.ToArray()));
        List<ImportProgress> progress = [];
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options() with { Progress = progress.Add }, first, second);
        Assert.That(string.Concat(sink.Records.Select(static r => r.Text)), Is.EqualTo("ab"));
        Assert.That((result.Records, sink.Configurations.Count), Is.EqualTo((2L, 1)));
        long total = new System.IO.FileInfo(first).Length + new System.IO.FileInfo(second).Length;
        Assert.That(progress[^1], Is.EqualTo(new ImportProgress(second, total, total)));
        Assert.That(progress.Select(static p => p.BytesRead), Is.Ordered);
    }

    private sealed class ObjectsOnly : IFrameValidator
    {
        public DecodeStatus Judge(RecordKind kind, VenueId venue, ReadOnlySpan<byte> payload) => payload[0] == '{' ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }
}
