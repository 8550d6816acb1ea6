using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>Every recording of the shared folder, counted a second time by a plain reader.</summary>
internal sealed class SharedRecordingsTests
{
    [TestCase("nexousdt_spot_first24h", VenueId.BinanceSpot)]
    [TestCase("btcusdt_spot_0808_0809", VenueId.BinanceSpot)]
    [TestCase("btcusdt_usdm_0808", VenueId.BinanceUsdm)]
    [TestCase("btcusdt_usdm_0718_0719", VenueId.BinanceUsdm)]
    public void Binance_streams_have_the_expected_number_of_frames(string stream, VenueId venue)
    {
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(SharedData.Path("data/binance/EXPECTED.json")));
        if (!expected.RootElement.GetProperty("streams").TryGetProperty(stream, out JsonElement counts))
            Assert.Fail($"no stream {stream}; there are {string.Join(", ", expected.RootElement.GetProperty("streams").EnumerateObject().Select(static s => s.Name))}");
        string[] files = [.. counts.GetProperty("files").EnumerateArray().Select(static f => SharedData.Path("data/" + f.GetString()))];
        CountingSink sink = new();
        ImportResult result = new Importer(Recorded.Options(venue, "BTCUSDT"), sink).Run(files);
        long lines = files.Sum(static file => Lines(file).LongCount());
        Assert.That((result.Lines, result.Records, result.BadLines, sink.Frames + sink.Rest), Is.EqualTo((lines, lines, 0L, lines)));
        Assert.That(result.Records, Is.EqualTo(counts.GetProperty("frames").GetInt64()));
        Assert.That(sink.Rest, Is.EqualTo(files.Sum(static file => Lines(file).LongCount(static line => line.Split(' ', 2)[1].StartsWith("{\"lastUpdateId\"", StringComparison.Ordinal)))));
        Assert.That(sink.PayloadBytes, Is.EqualTo(files.Sum(static file => Lines(file).Sum(static line => (long)line.Split(' ', 2)[1].Trim().Length))));
    }

    [Test]
    public void Upbit_stream_has_every_line()
    {
        string file = SharedData.Path("data/upbit/upbit_10markets_20210405.frames.gz");
        CountingSink sink = new();
        ImportResult result = new Importer(Recorded.Options(), sink).Run([file]);
        Assert.That((result.Records, sink.Frames, result.ClockSteps), Is.EqualTo((Lines(file).LongCount(), Lines(file).LongCount(), 0L)));
    }

    [Test]
    public void Upbit_trades_are_all_there_once_in_order_and_the_coding_agrees_with_the_tick_rule()
    {
        string[] files = [SharedData.Path("data/upbit/krw-btc_trades_20221125.csv.gz"), SharedData.Path("data/upbit/krw-btc_trades_20221126.csv.gz")];
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(), files);
        Dictionary<long, string[]> expected = files.SelectMany(static file => Lines(file).Skip(1)).Select(static line => line.Split(',')).ToDictionary(static cells => long.Parse(cells[3], CultureInfo.InvariantCulture));
        Assert.That((result.Records, result.BadLines, result.ClockSteps, expected.Count), Is.EqualTo((74_958L, 0L, 0L, 74_958)));
        IReadOnlyList<CollectedEvent> events = sink.Events;
        Assert.That(events.Select(static e => e.Head.LastUpdateId), Is.Ordered.Ascending);
        foreach (CollectedEvent e in events)
        {
            string[] cells = expected[e.Head.LastUpdateId];
            decimal volume = decimal.Parse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture);
            Assert.That((e.Head.Price.Mantissa, e.Head.Size.Mantissa, e.Head.Aggressor), Is.EqualTo(((long)(decimal.Parse(cells[0], CultureInfo.InvariantCulture) * 10_000), (long)(volume * 100_000_000), cells[2] == "1" ? Side.Ask : Side.Bid)));
        }
        Assert.That(result.Notes.Count(static note => note.Contains("agree (tick rule)", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [TestCase("data/upbit/krw-eth_book5_20240427.csv.gz", '|', true, 3_764)]
    [TestCase("data/bithumb/eth-krw_book5_20220518.zip", ',', false, 68_586)]
    [TestCase("data/bithumb/eth-krw_book5_20220519.zip", ',', false, 73_263)]
    public void Polled_books_have_every_level(string relative, char separator, bool header, int books)
    {
        string file = SharedData.Path(relative);
        LevelSumSink sink = new();
        ImportResult result = new Importer(Recorded.Options(symbol: "KRW-ETH"), sink).Run([file]);
        long lines = 0;
        long levels = 0;
        decimal sum = 0;
        HashSet<string> times = [];
        foreach (string line in Lines(file).Skip(header ? 1 : 0))
        {
            string[] cells = line.Split(separator);
            lines++;
            levels += decimal.Parse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture) == 0 ? 0 : 1;
            sum += decimal.Parse(cells[0], CultureInfo.InvariantCulture) * decimal.Parse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture) * (cells[2] == "1" ? -1 : 1);
            times.Add(cells[3]);
        }
        Assert.That((result.Lines, result.Records, result.BadLines, result.ClockSteps), Is.EqualTo((lines, (long)books, 0L, 0L)));
        Assert.That((times.Count, sink.Levels, sink.Crossed), Is.EqualTo((books, levels, 0L)), "levels of size 0, which Bithumb sends now and then, are no levels");
        Assert.That((decimal)sink.SignedValue / 1_000_000_000_000m, Is.EqualTo(sum));
    }

    [Test]
    public void Tardis_files_import_or_say_why_not()
    {
        ImportOptions options = Recorded.Options(VenueId.BinanceUsdm, null);
        Assert.That(Count("binance-futures_book_snapshot_25_BTCUSDT.csv"), Is.EqualTo(Rows("binance-futures_book_snapshot_25_BTCUSDT.csv")));
        Assert.That(Count("binance-futures_book_snapshot_5_BTCUSDT.csv"), Is.EqualTo(Rows("binance-futures_book_snapshot_5_BTCUSDT.csv")));
        Assert.That(Count("bitmex_trades_XBTUSD.csv"), Is.EqualTo(Rows("bitmex_trades_XBTUSD.csv")));
        Assert.That(Count("deribit_incremental_book_L2_BTC-PERPETUAL.csv"), Is.EqualTo((1L, Rows("deribit_incremental_book_L2_BTC-PERPETUAL.csv").Lines)), "all rows are one snapshot");
        Assert.That(Assert.Throws<ImportException>(() => Count("huobi-dm-swap_quotes_BTC-USD.csv"))!.Message, Does.Contain("quotes"));

        (long Records, long Lines) Count(string name)
        {
            (ImportResult result, _) = Recorded.Import(options, SharedData.Path("data/tardis/" + name));
            Assert.That(result.Reasons, Is.Empty, name);
            return (result.Records, result.Lines);
        }

        static (long Records, long Lines) Rows(string name)
        {
            long rows = Lines(SharedData.Path("data/tardis/" + name)).LongCount() - 1;
            return (rows, rows);
        }
    }

    [Test]
    public void A_file_of_another_kind_is_refused() =>
        Assert.That(Assert.Throws<ImportException>(static () => Recorded.Import(Recorded.Options(), SharedData.Path("data/upbit/btc-krw_live_fills_202403.csv.gz")))!.Problem, Is.EqualTo(ImportProblem.UnknownFormat));

    /// <summary>Lines of a file by the library's own reader.</summary>
    private static IEnumerable<string> Lines(string path)
    {
        using FileStream file = File.OpenRead(path);
        using ZipArchive? zip = path.EndsWith(".zip", StringComparison.Ordinal) ? new ZipArchive(file) : null;
        using Stream stream = zip is not null ? zip.Entries[0].Open() : path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private sealed class CountingSink : IRecordSink
    {
        public long Frames { get; private set; }

        public long Rest { get; private set; }

        public long PayloadBytes { get; private set; }

        public void OnRecord(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload)
        {
            if (kind == RecordKind.ConfigurationChange)
                return;
            Frames += kind == RecordKind.VenueFrame ? 1 : 0;
            Rest += kind == RecordKind.RestAnswer ? 1 : 0;
            PayloadBytes += payload.Length;
        }
    }

    private sealed class LevelSumSink : IRecordSink
    {
        public long Levels { get; private set; }

        public long Crossed { get; private set; }

        public Int128 SignedValue { get; private set; }

        public void OnRecord(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload)
        {
            if (kind == RecordKind.ConfigurationChange)
                return;
            DecodedForm.TryRead(payload, out MarketEvent head, out ReadOnlySpan<BookLevel> levels);
            for (int index = 0; index < levels.Length; index++)
                SignedValue += Instrument.Notional(levels[index].Price, levels[index].Size) * (index < head.BidCount ? 1 : -1);
            Levels += levels.Length;
            Crossed += levels[0].Price >= levels[head.BidCount].Price ? 1 : 0;
        }
    }
}
