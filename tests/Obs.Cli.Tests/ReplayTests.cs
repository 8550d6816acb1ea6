using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary><c>obs replay</c> of a recording made here: its JSON, its files, and the same result however it is run.</summary>
internal sealed class ReplayTests
{
    private const int Frames = 1_500;

    private static readonly string[] Variants = ["again", "paced", "split", "journal", "decoded"];

    private Scratch _scratch = null!;
    private string _recording = "";
    private ObsRun _first = null!;

    [OneTimeSetUp]
    public void Run()
    {
        _scratch = new Scratch();
        _recording = MadeRecording.Write(_scratch["made.frames"], Frames);
        ObsRun import = ObsRun.Of("import", "--venue", "upbit", "--input", _recording, "--out", _scratch["journal-of-it"], "--json");
        Assert.That(import.Json.GetProperty("records").GetInt64(), Is.AtLeast(Frames));
        _first = ObsRun.Of(Replay("first"));
        Dictionary<string, string[]> lines = new()
        {
            ["again"] = Replay("again"),
            ["paced"] = [.. Replay("paced"), "--speed", "1000"],
            ["split"] = Replay("split", "split"),
            ["journal"] = ["replay", "--journal", _scratch["journal-of-it"], "--strategy", "imbalance", "--out", _scratch["journal"], "--json"],
            ["decoded"] = ["replay", "--journal", _scratch["journal-of-it"], "--decoded", "--strategy", "imbalance", "--out", _scratch["decoded"], "--json"],
            ["other"] = [.. Replay("other"), "--threshold", "0.3"],
        };
        foreach ((string name, ObsRun run) in lines.Keys.Zip(ObsRun.OfAll(lines.Values)))
            Runs[name] = run;
    }

    [OneTimeTearDown]
    public void Remove() => _scratch.Dispose();

    private Dictionary<string, ObsRun> Runs { get; } = [];

    [Test]
    public void The_result_has_every_promised_member()
    {
        string[] numbers =
        [
            "frames", "rejected", "books", "trades", "resyncs", "predictions", "signals", "orders", "rejects", "fills", "position", "realizedPnl", "unrealizedPnl",
            "fees", "allocatedBytesPerFrame", "framesPerSecond",
        ];
        JsonElement json = _first.Json;
        Assert.That(numbers.Where(name => !json.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.Number), Is.Empty);
        Assert.That(json.GetProperty("stateHash").GetString(), Does.Match("^[0-9a-f]{16}$"));
    }

    [TestCase("decode")]
    [TestCase("book")]
    [TestCase("features")]
    [TestCase("predict")]
    [TestCase("decide")]
    [TestCase("risk")]
    [TestCase("route")]
    [TestCase("endToEnd")]
    public void The_latency_of_each_stage_has_four_figures(string stage)
    {
        JsonElement latency = _first.Json.GetProperty("latencyNs").GetProperty(stage);
        long[] figures = [.. new[] { "p50", "p99", "p999", "max" }.Select(name => latency.GetProperty(name).GetInt64())];
        Assert.That(figures, Is.Ordered);
    }

    [Test]
    public void Defaults_are_echoed()
    {
        JsonElement settings = _first.Json.GetProperty("settings");
        Assert.That(settings.GetProperty("strategy").GetString(), Is.EqualTo("imbalance"));
        Assert.That(settings.GetProperty("threshold").GetDouble(), Is.EqualTo(0.6));
        Assert.That(settings.GetProperty("clockOffsetNs").GetInt64(), Is.Zero);
        string[] promised = ["cash", "orderSize", "cost", "layout", "speed", "window", "obiLevels", "staleMs"];
        Assert.That(promised.Where(name => !settings.TryGetProperty(name, out _)), Is.Empty);
    }

    [Test]
    public void Standard_output_carries_the_result_and_nothing_else() =>
        Assert.That((_first.Output.TrimStart()[0], _first.Output.TrimEnd()[^1]), Is.EqualTo(('{', '}')));

    [Test]
    public void The_counters_agree_with_the_recording()
    {
        JsonElement json = _first.Json;
        long trades = File.ReadLines(_recording).LongCount(static line => line.Contains("\"trade\"", System.StringComparison.Ordinal));
        Assert.That(Number(json, "frames"), Is.EqualTo(Frames));
        Assert.That(Number(json, "trades"), Is.EqualTo(trades));
        Assert.That(Number(json, "books"), Is.EqualTo(Frames - trades));
        Assert.That(Number(json, "rejected") + Number(json, "resyncs"), Is.Zero);
        Assert.That(Number(json, "signals"), Is.Positive, "the recording has imbalance enough for a strategy to speak");
        Assert.That(Number(json, "orders"), Is.Positive);
    }

    [TestCase("tops.csv", "seq,recv_ns,venue_ms,symbol,quality,bid,bid_size,ask,ask_size")]
    [TestCase("features.csv", "timestamp,symbol,spread,mid_price,obi,price_volatility,buy_sell_ratio,price_change_rate")]
    [TestCase("predictions.csv", "timestamp,symbol,value")]
    [TestCase("orders.csv", "seq,order_id,recv_ns,symbol,side,type,tif,price,size,state,reason")]
    [TestCase("fills.csv", "order_id,venue_ns,report_ns,symbol,side,price,size,liquidity,cause,fee")]
    public void A_file_has_the_promised_header_and_rows_of_its_width(string file, string header)
    {
        string[] rows = File.ReadAllLines(_scratch[Path.Combine("first", file)]);
        Assert.That(rows[0], Is.EqualTo(header));
        Assert.That(rows.Skip(1).Where(row => row.Split(',').Length != header.Split(',').Length), Is.Empty);
    }

    [Test]
    public void There_is_a_top_and_a_feature_row_for_every_book()
    {
        long books = Number(_first.Json, "books");
        Assert.That(Rows("first", "tops.csv"), Has.Length.EqualTo(books));
        Assert.That(Rows("first", "features.csv"), Has.Length.EqualTo(books));
        Assert.That(Rows("first", "tops.csv"), Has.All.Contains(",KRW-BTC,Synced,"));
        Assert.That(File.Exists(_scratch[Path.Combine("first", "equity.csv")]), Is.True);
    }

    [Test]
    public void The_first_top_is_the_first_book_of_the_recording()
    {
        string line = File.ReadLines(_recording).First(static line => line.Contains("\"orderbook\"", System.StringComparison.Ordinal));
        JsonElement book = JsonDocument.Parse(line[(line.IndexOf(' ', System.StringComparison.Ordinal) + 1)..]).RootElement;
        JsonElement best = book.GetProperty("obu")[0];
        string expected = $"{line.Split(' ')[0]},{book.GetProperty("tms")},KRW-BTC,Synced,{best.GetProperty("bp")},{Plain(best, "bs")},{best.GetProperty("ap")},{Plain(best, "as")}";
        Assert.That(Rows("first", "tops.csv")[0], Does.EndWith("," + expected));
    }

    [Test]
    public void The_trade_features_are_empty_until_the_window_is_full()
    {
        string[] rows = Rows("first", "features.csv");
        int firstFull = System.Array.FindIndex(rows, static row => !row.EndsWith(",,,", System.StringComparison.Ordinal));
        long booksBefore = BooksBeforeTrade(30);
        Assert.That(firstFull, Is.EqualTo(booksBefore), "the first book after the 30th trade");
        Assert.That(rows.Skip(firstFull).Where(static row => row.Contains(",,", System.StringComparison.Ordinal)), Is.Empty, "a full window stays full");
    }

    [TestCaseSource(nameof(Variants))]
    public void Another_way_to_run_it_gives_the_same_state_and_files(string variant)
    {
        foreach (string name in new[] { "stateHash", "lastSequence" })
            Assert.That(Runs[variant].Json.GetProperty(name).GetString(), Is.EqualTo(_first.Json.GetProperty(name).GetString()), name);
        foreach (string path in Directory.EnumerateFiles(_scratch["first"], "*.csv"))
            Assert.That(File.ReadAllBytes(_scratch[Path.Combine(variant, Path.GetFileName(path))]), Is.EqualTo(File.ReadAllBytes(path)), Path.GetFileName(path));
    }

    [Test]
    public void Another_threshold_gives_another_state() =>
        Assert.That(Runs["other"].Json.GetProperty("stateHash").GetString(), Is.Not.EqualTo(_first.Json.GetProperty("stateHash").GetString()), "the control: the hash can differ");

    [Test]
    public void Equal_runs_have_no_difference()
    {
        ObsRun diff = ObsRun.Of("diff", _scratch["first"], _scratch["again"], "--json");
        Assert.That(diff.Json.GetProperty("equal").GetBoolean(), Is.True);
    }

    [Test]
    public void The_first_difference_of_two_runs_is_named_with_file_and_row()
    {
        ObsRun diff = ObsRun.Of("diff", _scratch["first"], _scratch["other"], "--json");
        Assert.That(diff.ExitCode, Is.EqualTo(ExitCode.Negative));
        JsonElement json = JsonDocument.Parse(diff.Output).RootElement;
        Assert.That(json.GetProperty("equal").GetBoolean(), Is.False);
        Assert.That(json.GetProperty("where").GetString(), Does.Match(@"^\w+\.csv, row \d+$"));
        Assert.That(json.GetProperty("a").GetString(), Is.Not.EqualTo(json.GetProperty("b").GetString()));
    }

    [Test]
    public void A_cell_changed_by_hand_is_found()
    {
        string folder = Directory.CreateDirectory(_scratch["changed"]).FullName;
        foreach (string path in Directory.EnumerateFiles(_scratch["first"]))
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
        string features = Path.Combine(folder, "features.csv");
        string[] rows = File.ReadAllLines(features);
        string[] cells = rows[6].Split(',');
        cells[3] = "1";
        rows[6] = string.Join(',', cells);
        File.WriteAllLines(features, rows);
        ObsRun diff = ObsRun.Of("diff", _scratch["first"], folder);
        Assert.That(diff.ExitCode, Is.EqualTo(ExitCode.Negative));
        Assert.That(diff.Output, Does.StartWith("features.csv, row 7: mid_price differs"));
    }

    [Test]
    public void Everything_that_led_to_an_order_is_told()
    {
        string[] order = Rows("first", "orders.csv")[0].Split(',');
        JsonElement told = ObsRun.Of("explain", order[1], "--run", _scratch["first"], "--json").Json;
        Assert.That(told.GetProperty("orderId").GetString(), Is.EqualTo(order[1]));
        Assert.That(told.GetProperty("side").GetString(), Is.EqualTo(order[4]));
        Assert.That(told.GetProperty("price").GetDecimal().ToString("0.########", System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(order[7]));
        Assert.That(told.GetProperty("features").GetProperty("obi").GetDouble(), Is.InRange(-1, 1));
        Assert.That(told.GetProperty("risk").TryGetProperty("passed", out _), Is.True);
    }

    [Test]
    public void An_order_that_does_not_occur_is_said_so()
    {
        ObsRun told = ObsRun.Of("explain", "999999", "--run", _scratch["first"]);
        Assert.That(told.ExitCode, Is.EqualTo(ExitCode.BadInput));
        Assert.That(told.Errors, Does.Contain("999999").And.Contain("orders.csv"));
    }

    private string[] Replay(string run, string layout = "fused") =>
        ["replay", "--venue", "upbit", "--input", _recording, "--strategy", "imbalance", "--layout", layout, "--out", _scratch[run], "--json"];

    private string[] Rows(string run, string file) => File.ReadAllLines(_scratch[Path.Combine(run, file)])[1..];

    private long BooksBeforeTrade(int number)
    {
        int trades = 0;
        return File.ReadLines(_recording).TakeWhile(line => (trades += line.Contains("\"trade\"", System.StringComparison.Ordinal) ? 1 : 0) < number)
            .LongCount(static line => line.Contains("\"orderbook\"", System.StringComparison.Ordinal));
    }

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();

    private static string Plain(JsonElement level, string name) => level.GetProperty(name).GetDecimal().ToString("0.########", System.Globalization.CultureInfo.InvariantCulture);
}
