using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary>Real recordings through the command line in every way they can be run: the same state hash and the same files, byte for byte.</summary>
/// <remarks>Every run is a process of its own, so each comparison is also one of two processes.</remarks>
internal sealed class RecordedRunsTests
{
    private const long SliceStartsAfterNs = 30_000_000_000;
    private const long SliceNs = 20_000_000_000;

    private static readonly RecordedStream[] Streams =
    [
        new("usdm-july", "binance-usdm", "BTCUSDT", 60, "data/binance/usdm_btcusdt_20240718.gz", "data/binance/usdm_btcusdt_20240719.gz"),
        new("usdm-august", "binance-usdm", "BTCUSDT", 60, "data/binance/usdm_btcusdt_20240808.gz"),
        new("spot-btc", "binance-spot", "BTCUSDT", 60, "data/binance/spot_btcusdt_20240808.gz", "data/binance/spot_btcusdt_20240809.gz"),
        new("spot-nexo", "binance-spot", "NEXOUSDT", 1_440, "data/binance/spot_nexousdt_20240723.dat.gz", "data/binance/spot_nexousdt_20240724.dat.gz"),
        new("upbit", "upbit", null, 60, "data/upbit/upbit_10markets_20210405.frames.gz"),
    ];

    private Scratch _scratch = null!;

    private static IEnumerable<TestCaseData> All() => Streams.Select(static stream => new TestCaseData(stream).SetArgDisplayNames(stream.Name));

    // the two days of NEXOUSDT take two minutes at 1,440 times their pace
    private static IEnumerable<TestCaseData> Short() => Streams.Where(static stream => stream.Speed == 60).Select(static stream => new TestCaseData(stream).SetArgDisplayNames(stream.Name));

    private static IEnumerable<TestCaseData> Long() => Streams.Where(static stream => stream.Speed != 60).Select(static stream => new TestCaseData(stream).SetArgDisplayNames(stream.Name));

    [OneTimeSetUp]
    public void Create() => _scratch = new Scratch();

    [OneTimeTearDown]
    public void Remove() => _scratch.Dispose();

    [TestCaseSource(nameof(All))]
    public void Fused_split_and_the_imported_journal_are_the_same(RecordedStream stream)
    {
        string journal = _scratch[$"{stream.Name}-journal"];
        Assert.That(ObsRun.Of([.. stream.Line("import"), "--out", journal]).ExitCode, Is.Zero);
        ObsRun[] runs = ObsRun.OfAll(
        [
            Replay(stream, "fused", "--layout", "fused"),
            Replay(stream, "split", "--layout", "split"),
            ["replay", "--journal", journal, .. stream.Symbol is { } symbol ? new[] { "--symbol", symbol } : [], .. Common, "--out", Folder(stream, "journal")],
            Replay(stream, "other", "--threshold", "0.7"),
        ]);
        AssertSame(stream, runs[0], "fused", runs[1], "split");
        AssertSame(stream, runs[0], "fused", runs[2], "journal");
        Assert.That(Hash(runs[3]), Is.Not.EqualTo(Hash(runs[0])), "the control: another threshold is another run");
    }

    [TestCaseSource(nameof(Short))]
    public void The_whole_recording_at_sixty_times_its_pace_is_the_same(RecordedStream stream) => ComparePaced(stream);

    [TestCaseSource(nameof(Long)), Category("Soak")]
    public void A_day_in_a_minute_is_the_same(RecordedStream stream) => ComparePaced(stream);

    [Test]
    public void Twenty_seconds_at_recorded_pace_are_the_same()
    {
        List<string[]> lines = [];
        foreach (RecordedStream stream in Streams)
        {
            string[] span = Span(stream);
            lines.Add(Replay(stream, "slice-max", span));
            lines.Add(Replay(stream, "slice-paced", [.. span, "--speed", "1"]));
        }
        // they mostly wait, so they may wait together
        ObsRun[] runs = ObsRun.OfAll(lines, atOnce: lines.Count);
        Assert.Multiple(() =>
        {
            for (int index = 0; index < Streams.Length; index++)
            {
                AssertSame(Streams[index], runs[2 * index], "slice-max", runs[(2 * index) + 1], "slice-paced");
                Assert.That(runs[2 * index].Json.GetProperty("books").GetInt64(), Is.GreaterThan(10), $"{Streams[index].Name}: a slice without books proves nothing");
            }
        });
    }

    private static string[] Common => ["--strategy", "imbalance", "--json"];

    private void ComparePaced(RecordedStream stream)
    {
        ObsRun max = ObsRun.Of(Replay(stream, "max"));
        ObsRun paced = ObsRun.Of(Replay(stream, "paced", "--speed", stream.Speed.ToString(CultureInfo.InvariantCulture)));
        AssertSame(stream, max, "max", paced, "paced");
    }

    private static string[] Span(RecordedStream stream)
    {
        long fromNs = FirstNs(stream) + SliceStartsAfterNs;
        return ["--from", fromNs.ToString(CultureInfo.InvariantCulture), "--to", (fromNs + SliceNs).ToString(CultureInfo.InvariantCulture)];
    }

    private static long FirstNs(RecordedStream stream)
    {
        using StreamReader reader = new(new System.IO.Compression.GZipStream(File.OpenRead(SharedData.Path(stream.Files[0])), System.IO.Compression.CompressionMode.Decompress));
        return long.Parse(reader.ReadLine()!.Split(' ')[0].PadRight(19, '0'), CultureInfo.InvariantCulture);
    }

    private void AssertSame(RecordedStream stream, ObsRun left, string leftRun, ObsRun right, string rightRun)
    {
        Assert.That(Hash(right), Is.EqualTo(Hash(left)), $"{stream.Name}: state hash of {rightRun} and {leftRun}");
        string[] files = [.. Directory.EnumerateFiles(Folder(stream, leftRun), "*.csv").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.That(files, Has.Length.EqualTo(6), stream.Name);
        foreach (string file in files)
        {
            byte[] leftBytes = File.ReadAllBytes(Path.Combine(Folder(stream, leftRun), file));
            byte[] rightBytes = File.ReadAllBytes(Path.Combine(Folder(stream, rightRun), file));
            Assert.That(rightBytes.AsSpan().SequenceEqual(leftBytes), Is.True, $"{stream.Name}: {file} of {rightRun} and {leftRun}");
        }
    }

    private static string Hash(ObsRun run) => run.Json.GetProperty("stateHash").GetString()!;

    private string Folder(RecordedStream stream, string run) => _scratch[$"{stream.Name}-{run}"];

    private string[] Replay(RecordedStream stream, string run, params string[] more) => [.. stream.Line("replay"), .. Common, "--out", Folder(stream, run), .. more];

    /// <summary>A recording of shared/data.</summary>
    internal sealed record RecordedStream(string Name, string Venue, string? Symbol, int Speed, params string[] Files)
    {
        public string[] Line(string command) =>
        [
            command, "--venue", Venue, .. Files.SelectMany(static file => new[] { "--input", SharedData.Path(file) }), .. Symbol is null ? Array.Empty<string>() : ["--symbol", Symbol],
        ];
    }
}
