using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary>--from: what lies before the span builds the books silently, so a span need not begin with a snapshot.</summary>
internal sealed class SpanTests
{
    private const long StartNs = 1_700_000_000_000_000_000;
    private const long StepNs = 100_000_000;
    private const int Diffs = 200;
    private const int Before = 120;

    private Scratch _scratch = null!;
    private string _recording = "";
    private string _from = "";

    [OneTimeSetUp]
    public void Write()
    {
        _scratch = new Scratch();
        StringBuilder text = new("1700000000000000000 {\"lastUpdateId\":100,\"bids\":[[\"100.00\",\"1\"]],\"asks\":[[\"101.00\",\"2\"]]}\n");
        for (int diff = 1; diff <= Diffs; diff++)
        {
            long ns = StartNs + (diff * StepNs);
            text.Append(CultureInfo.InvariantCulture, $"{ns} {{\"e\":\"depthUpdate\",\"E\":{ns / 1_000_000},\"s\":\"BTCUSDT\",\"U\":{100 + diff},\"u\":{100 + diff},\"b\":[[\"{100 - (diff % 7)}.00\",\"{diff % 5}\"]],\"a\":[[\"{101 + (diff % 3)}.00\",\"{1 + (diff % 4)}\"]]}}\n");
        }
        _recording = _scratch.File("spot.frames", text.ToString());
        _from = (StartNs + ((Before + 1) * StepNs)).ToString(CultureInfo.InvariantCulture);
    }

    [OneTimeTearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public void A_span_without_its_snapshot_has_the_rows_the_whole_recording_has_there()
    {
        ObsRun.Of(Line("whole"));
        JsonElement json = ObsRun.Of(Line("span", "--from", _from)).Json;
        Assert.That((json.GetProperty("frames").GetInt64(), json.GetProperty("books").GetInt64(), json.GetProperty("resyncs").GetInt64()), Is.EqualTo(((long)Diffs - Before, (long)Diffs - Before, 0L)));
        Assert.That(Rows("span"), Is.EqualTo(Rows("whole")[Before..]), "seq apart");
        Assert.That(Rows("span"), Has.All.Contains(",Synced,"));
    }

    [Test]
    public void Every_way_to_run_the_span_is_the_same()
    {
        string hash = Hash(Line("fused", "--from", _from));
        string journal = _scratch["journal"];
        Assert.That(ObsRun.Of("import", "--venue", "binance-spot", "--input", _recording, "--out", journal, "--decoded").ExitCode, Is.Zero);
        string[] stored = ["replay", "--journal", journal, "--strategy", "imbalance", "--from", _from, "--json"];
        Assert.Multiple(() =>
        {
            Assert.That(Hash(Line("split", "--from", _from, "--layout", "split")), Is.EqualTo(hash), "split");
            Assert.That(Hash(stored), Is.EqualTo(hash), "journal");
            Assert.That(Hash([.. stored, "--decoded"]), Is.EqualTo(hash), "decoded");
            Assert.That(Hash(Line("paced", "--from", _from, "--speed", "100")), Is.EqualTo(hash), "paced");
            Assert.That(Hash(Line("other", "--from", (long.Parse(_from, CultureInfo.InvariantCulture) + StepNs).ToString(CultureInfo.InvariantCulture))), Is.Not.EqualTo(hash), "the control");
        });
    }

    [Test]
    public void The_whole_journal_is_the_same_from_its_decoded_form()
    {
        string journal = _scratch["all"];
        Assert.That(ObsRun.Of("import", "--venue", "binance-spot", "--input", _recording, "--out", journal, "--decoded").ExitCode, Is.Zero);
        string[] stored = ["replay", "--journal", journal, "--strategy", "imbalance", "--json"];
        string hash = Hash(Line("all-run"));
        Assert.That((Hash(stored), Hash([.. stored, "--decoded"])), Is.EqualTo((hash, hash)), "the record that describes the recording takes a sequence in every form");
        Assert.That(Hash([.. stored, "--decoded", "--from", _from]), Is.Not.EqualTo(hash), "the control");
    }

    [Test]
    public void An_import_that_leaves_the_snapshot_out_says_so()
    {
        JsonElement json = ObsRun.Of("import", "--venue", "binance-spot", "--input", _recording, "--from", _from, "--out", _scratch["cut"], "--json").Json;
        Assert.That(json.GetProperty("notes").EnumerateArray().Select(static note => note.GetString()), Has.Some.Contain("REST snapshot lies before --from"));
    }

    [Test]
    public void A_span_behind_the_end_is_no_run()
    {
        ObsRun run = ObsRun.Of(Line("none", "--from", "2030-01-01"));
        Assert.That((run.ExitCode, run.Errors.Contains("no frame lies in the span", System.StringComparison.Ordinal)), Is.EqualTo((ExitCode.BadInput, true)), run.Errors);
    }

    private string[] Line(string run, params string[] more) =>
        ["replay", "--venue", "binance-spot", "--input", _recording, "--strategy", "imbalance", "--out", _scratch[run], "--json", .. more];

    private static string Hash(string[] line) => ObsRun.Of(line).Json.GetProperty("stateHash").GetString()!;

    private string[] Rows(string run) => [.. File.ReadLines(Path.Combine(_scratch[run], "tops.csv")).Skip(1).Select(static row => row[(row.IndexOf(',', System.StringComparison.Ordinal) + 1)..])];
}
