using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary>What cannot be used ends with an exit code above 0 and one message that names it and says what to do; nothing stored is harmed.</summary>
internal sealed class BadInputTests
{
    private const string ScriptHeader = "recv_ns,action,order_id,side,price,size,type,tif\n";

    private Scratch _scratch = null!;

    private static IEnumerable<TestCaseData> Inputs()
    {
        yield return Case("a missing file", ExitCode.BadInput, "absent.frames: there is no such file", "--input", "absent.frames");
        yield return Case("an empty file", ExitCode.BadInput, "empty.frames: is empty", "--input", "empty.frames");
        yield return Case("a truncated gzip", ExitCode.BadInput, "cut.gz: damaged or cut off behind line .*Fetch the file again", "--input", "cut.gz");
        yield return Case("another kind of file", ExitCode.BadInput, "words.txt: no known recording.*--format", "--input", "words.txt");
        yield return Case("another encoding", ExitCode.BadInput, "wide.txt: the text is UTF-16; save it as UTF-8", "--input", "wide.txt");
        yield return Case("a folder for a file", ExitCode.BadInput, "folder: is a folder; name the files in it", "--input", "folder");
        yield return Case("frames of another venue", ExitCode.BadInput, "binance.frames: none of 3 frames could be used.*check --venue", "--input", "binance.frames");
        yield return Case("a span without frames", ExitCode.BadInput, "--from", "--input", "good.frames", "--from", "2030-01-01");
        yield return Case("a time that is none", ExitCode.Usage, "--from is 'soon'; give", "--input", "good.frames", "--from", "soon");
        yield return Case("a speed that is none", ExitCode.Usage, "--speed is '-1'; give max or", "--input", "good.frames", "--speed", "-1");
        yield return Case("threshold without a model", ExitCode.Usage, "needs --model", "--input", "good.frames", "--strategy", "threshold");
        yield return Case("an unknown queue", ExitCode.Usage, "--queue is 'fifo'; give riskadverse", "--input", "good.frames", "--queue", "fifo");
        yield return Case("a tick without a lot", ExitCode.Usage, "--tick and --lot together", "--input", "good.frames", "--tick", "1");
        yield return Case("a missing model", ExitCode.BadInput, "absent.safetensors: cannot be read", "--input", "good.frames", "--model", "absent.safetensors");
        yield return Case("a folder for a model", ExitCode.BadInput, "folder: cannot be read", "--input", "good.frames", "--model", "folder");
        yield return Case("a model with a wrong hash", ExitCode.BadInput, "hash.safetensors: obs.hash is .*get it again", "--input", "good.frames", "--model", "hash.safetensors");
        yield return Case("a model for other features", ExitCode.BadInput, "features.safetensors: obs.features names 'depthskew9'", "--input", "good.frames", "--model", "features.safetensors");
        yield return Case("a cut model", ExitCode.BadInput, "cut.safetensors: ", "--input", "good.frames", "--model", "cut.safetensors");
        yield return Case("a missing risk file", ExitCode.BadInput, "--risk absent.json: there is no such file", "--input", "good.frames", "--risk", "absent.json");
        yield return Case("a folder for a risk file", ExitCode.BadInput, "--risk folder: there is no such file", "--input", "good.frames", "--risk", "folder");
        yield return Case("a risk setting that is unknown", ExitCode.BadInput, "--risk unknown.json, line 1", "--input", "good.frames", "--risk", "unknown.json");
        yield return Case("a script and two markets", ExitCode.Usage, "--orders needs --symbol", "--input", "good.frames", "--input", "other.frames", "--orders", "unknown-id.csv");
        yield return Case("a script for the only market, with an unknown id", ExitCode.BadInput, "unknown-id.csv, line 3, order_id: '7'", "--input", "good.frames", "--orders", "unknown-id.csv");
        yield return Case("a script with an unknown id", ExitCode.BadInput, "unknown-id.csv, line 3, order_id: '7'", [.. Script("unknown-id.csv")]);
        yield return Case("a script with another header", ExitCode.BadInput, "header.csv, line 1, header: ", [.. Script("header.csv")]);
        yield return Case("a script whose time goes back", ExitCode.BadInput, "back.csv, line 3, recv_ns: .*sort the script by time", [.. Script("back.csv")]);
        yield return Case("a script with an id twice", ExitCode.BadInput, "twice.csv, line 3, order_id: '1'.*submit each id once", [.. Script("twice.csv")]);
        yield return Case("a script with a negative size", ExitCode.BadInput, "negative.csv, line 2, size: '-1'", [.. Script("negative.csv")]);
        yield return Case("a script with the header twice", ExitCode.BadInput, "header-twice.csv, line 2, recv_ns: 'recv_ns'", [.. Script("header-twice.csv")]);
        yield return Case("a script with a column too few", ExitCode.BadInput, "columns.csv, line 2, row: .*write 8 cells", [.. Script("columns.csv")]);
        yield return Case("a script with a size beyond every scale", ExitCode.BadInput, "huge.csv, line 2, size: '9{25}' is not usable; the largest", [.. Script("huge.csv")]);
        yield return Case("a script that is cut off", ExitCode.BadInput, "script-cut.gz: damaged or cut off", [.. Script("script-cut.gz")]);
        yield return Case("a script in UTF-16", ExitCode.BadInput, "wide.txt: the text is UTF-16", [.. Script("wide.txt")]);
        yield return Case("a script of one endless line", ExitCode.BadInput, "endless.csv, line 2: the line has more than", [.. Script("endless.csv")]);
        yield return Case("a script that is empty", ExitCode.BadInput, "empty.frames: is empty", [.. Script("empty.frames")]);
        yield return Case("latencies under another header", ExitCode.BadInput, "header.csv, line 1: the header is 'time,action'", "--input", "good.frames", "--latency-file", "header.csv");
        yield return Case("latencies whose time goes back", ExitCode.BadInput, "late.csv: Order latency row 1 .*out of order", "--input", "good.frames", "--latency-file", "late.csv");
        yield return Case("a risk value of another type", ExitCode.BadInput, "--risk type.json, line 1, .*a whole number", "--input", "good.frames", "--risk", "type.json");
        yield return Case("a risk setting that stands twice", ExitCode.BadInput, "--risk double.json, line 1", "--input", "good.frames", "--risk", "double.json");
        yield return Case("times in seconds", ExitCode.BadInput, "seconds.frames: the receive time has 10 digits; write ms, µs or ns", "--input", "seconds.frames");
        yield return Case("lines that are all bad", ExitCode.BadInput, "bare.frames: holds no usable line, 2 are bad.*bare.frames:1: EmptyPayload", "--input", "bare.frames");
        yield return Case("frames no decoder takes", ExitCode.BadInput, "nan.frames: none of 1 frames could be used .*nan.frames:1: RefusedFrame \\(Malformed\\)", "--input", "nan.frames");
        yield return Case("a link to nothing", ExitCode.BadInput, "dangling.frames: no such file", "--input", "dangling.frames");
        yield return Case("an output folder that is a file", ExitCode.Environment, "good.frames.*Name a folder", "--input", "good.frames", "--out", "good.frames");
    }

    [OneTimeSetUp]
    public void Write()
    {
        _scratch = new Scratch();
        string good = MadeRecording.Text(200);
        const string order = "1700000000000000005,submit,1,BUY,100000000,0.001,LIMIT,GTC\n";
        _scratch.File("good.frames", good);
        _scratch.File("other.frames", good.Replace("KRW-BTC", "KRW-ETH", StringComparison.Ordinal));
        _scratch.File("empty.frames", "");
        _scratch.File("words.txt", "it was a dark\nand stormy night\n");
        File.WriteAllText(_scratch["wide.txt"], good, Encoding.Unicode);
        _scratch.File("binance.frames", string.Concat(Enumerable.Repeat("1700000000000000000 {\"e\":\"depthUpdate\",\"E\":1700000000000,\"s\":\"NOPEUSDT\",\"U\":1,\"u\":2,\"b\":[],\"a\":[]}\n", 3)));
        _scratch.File("unknown.json", "{\"orderMaximum\": 1}");
        _scratch.File("unknown-id.csv", ScriptHeader + order + "1700000000000000006,cancel,7,,,,,\n");
        _scratch.File("header.csv", "time,action\n" + order);
        _scratch.File("back.csv", ScriptHeader + order + "1700000000000000004,cancel,1,,,,,\n");
        _scratch.File("twice.csv", ScriptHeader + order + order);
        _scratch.File("negative.csv", ScriptHeader + order.Replace(",0.001,", ",-1,", StringComparison.Ordinal));
        Directory.CreateDirectory(_scratch["folder"]);
        _scratch.File("header-twice.csv", ScriptHeader + ScriptHeader + order);
        _scratch.File("columns.csv", ScriptHeader + "1700000000000000005,submit,1,BUY\n");
        _scratch.File("huge.csv", ScriptHeader + order.Replace(",0.001,", $",{new string('9', 25)},", StringComparison.Ordinal));
        _scratch.File("endless.csv", ScriptHeader + new string('x', 9 << 20));
        _scratch.File("late.csv", "req_ns,exch_ns,resp_ns\n5,6,7\n1,2,3\n");
        _scratch.File("type.json", "{\"ordersPerSecond\": \"many\"}");
        _scratch.File("double.json", "{\"openOrders\": 1, \"openOrders\": 2}");
        _scratch.File("seconds.frames", "1700000000 {}\n");
        _scratch.File("bare.frames", "1700000000000000000 \n1700000000000000000 \n");
        _scratch.File("nan.frames", "1700000000000000000 {\"ty\":\"trade\",\"cd\":\"KRW-BTC\",\"tp\":NaN}\n");
        File.CreateSymbolicLink(_scratch["dangling.frames"], _scratch["nowhere"]);
        WriteCutGzip("cut.gz", good);
        WriteCutGzip("script-cut.gz", ScriptHeader + string.Concat(Enumerable.Range(1, 500).Select(id => order.Replace(",1,", $",{id},", StringComparison.Ordinal))));
        WriteModels();
    }

    [OneTimeTearDown]
    public void Remove() => _scratch.Dispose();

    [TestCaseSource(nameof(Inputs))]
    public void It_is_refused_with_the_reason(int code, string message, string[] arguments)
    {
        ObsRun run = ObsRun.Of(["replay", "--venue", "upbit", "--json", .. Placed(arguments)]);
        Assert.That(run.ExitCode, Is.EqualTo(code), run.Errors);
        Assert.That(run.Errors.Replace(_scratch.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), Does.Match(new Regex(message, RegexOptions.Singleline)));
        Assert.That(run.Errors, Does.Not.Contain("   at ").And.Not.Contain("System."), "a message, not a stack");
        Assert.That(JsonDocument.Parse(run.Output).RootElement.ValueKind, Is.EqualTo(JsonValueKind.Object), "stdout is JSON, whatever happens");
    }

    [Test]
    public void The_recording_that_the_others_vary_is_usable() =>
        Assert.That(ObsRun.Of("replay", "--venue", "upbit", "--input", _scratch["good.frames"], "--json").ExitCode, Is.Zero, "the control");

    [TestCase("features.safetensors", "obs.features names 'depthskew9'")]
    [TestCase("hash.safetensors", "obs.hash is ")]
    public void A_model_that_cannot_be_used_is_refused_before_any_input_is_read(string model, string message)
    {
        ObsRun run = ObsRun.Of("replay", "--venue", "upbit", "--input", _scratch["words.txt"], "--model", _scratch[model]);
        Assert.That((run.ExitCode, run.Errors.Contains(message, StringComparison.Ordinal)), Is.EqualTo((ExitCode.BadInput, true)), $"the input is no recording, and that was not reached: {run.Errors}");
    }

    [Test]
    public void A_folder_that_cannot_be_written_is_refused_before_any_input_is_read_and_an_earlier_run_in_it_stays()
    {
        ObsRun refused = ObsRun.Of("replay", "--venue", "upbit", "--input", _scratch["words.txt"], "--out", _scratch["good.frames"]);
        Assert.That((refused.ExitCode, refused.Errors.Contains("--out", StringComparison.Ordinal)), Is.EqualTo((ExitCode.Environment, true)), refused.Errors);
        string earlier = Directory.CreateDirectory(_scratch["earlier"]).FullName;
        File.WriteAllText(Path.Combine(earlier, "tops.csv"), "of an earlier run");
        Assert.That(ObsRun.Of("replay", "--venue", "upbit", "--input", _scratch["cut.gz"], "--out", earlier).ExitCode, Is.EqualTo(ExitCode.BadInput));
        Assert.That(Directory.EnumerateFiles(earlier).Select(File.ReadAllText), Is.EqualTo(new[] { "of an earlier run" }));
    }

    [Test, Platform("Linux")]
    public void A_full_disk_is_named_and_ends_the_run([Values("fused", "split")] string layout)
    {
        string folder = Directory.CreateDirectory(_scratch[$"full-{layout}"]).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "tops.csv"), "/dev/full");
        ObsRun run = ObsRun.Of("replay", "--venue", "upbit", "--input", _scratch["good.frames"], "--layout", layout, "--out", folder, "--json");
        Assert.That((run.ExitCode, run.Errors.Contains("The disk is full", StringComparison.Ordinal)), Is.EqualTo((ExitCode.Environment, true)), run.Errors);
    }

    [TestCase("upbitt")]
    [TestCase("Upbit")]
    [TestCase("")]
    public void A_wrong_venue_word_is_refused_with_the_right_ones(string word)
    {
        ObsRun run = ObsRun.Of("replay", "--venue", word, "--input", _scratch["good.frames"]);
        Assert.That((run.ExitCode, run.Errors.Contains("upbit, binance-spot or binance-usdm", StringComparison.Ordinal)), Is.EqualTo((ExitCode.Usage, true)));
    }

    [Test]
    public void A_market_the_registry_lacks_needs_its_steps()
    {
        string[] line = ["replay", "--venue", "binance-spot", "--input", _scratch["binance.frames"], "--json"];
        ObsRun refused = ObsRun.Of(line);
        Assert.That((refused.ExitCode, refused.Errors.Contains("--tick and --lot", StringComparison.Ordinal)), Is.EqualTo((ExitCode.BadInput, true)), refused.Errors);
        Assert.That(ObsRun.Of([.. line, "--symbol", "NOPEUSDT", "--tick", "0.01", "--lot", "0.001"]).Json.GetProperty("frames").GetInt64(), Is.EqualTo(3));
    }

    [Test]
    public void A_market_of_which_the_recording_has_no_frame_is_none_though_a_nameless_snapshot_would_fit()
    {
        string recording = _scratch.File("named.frames", """
            1700000000000000000 {"lastUpdateId":100,"bids":[["100.00","1"]],"asks":[["101.00","2"]]}
            1700000000000000001 {"e":"depthUpdate","E":1700000000000,"s":"BTCUSDT","U":101,"u":101,"b":[["99.00","1"]],"a":[]}

            """);
        string[] line = ["replay", "--venue", "binance-spot", "--input", recording, "--json"];
        ObsRun refused = ObsRun.Of([.. line, "--symbol", "ETHUSDT"]);
        Assert.That((refused.ExitCode, refused.Errors.Contains("none shows a market of this run", StringComparison.Ordinal)), Is.EqualTo((ExitCode.BadInput, true)), refused.Errors);
        Assert.That(JsonDocument.Parse(refused.Output).RootElement.GetProperty("markets").GetArrayLength(), Is.Zero, "no market with another's prices");
        ObsRun snapshotOnly = ObsRun.Of([.. line, "--symbol", "BTCUSDT", "--until-seq", "2"]);
        Assert.That((snapshotOnly.ExitCode, snapshotOnly.Json.GetProperty("frames").GetInt64(), snapshotOnly.Json.GetProperty("books").GetInt64()), Is.EqualTo((0, 1L, 0L)), "the control");
    }

    [Test]
    public void A_bad_line_is_counted_and_kept_and_stops_only_a_strict_import()
    {
        string recording = _scratch.File("spoilt.frames", MadeRecording.Text(50) + "yesterday {}\n" + MadeRecording.Text(50, seed: 2));
        ObsRun import = ObsRun.Of("import", "--venue", "upbit", "--input", recording, "--out", _scratch["spoilt"], "--json");
        Assert.That(import.Json.GetProperty("badLines").GetInt64(), Is.EqualTo(1));
        string kept = Directory.EnumerateFiles(_scratch["spoilt"], "*quarantine*", SearchOption.AllDirectories).Select(File.ReadAllText).Single();
        Assert.That(kept, Does.Contain("51").And.Contain("yesterday {}"));
        ObsRun strict = ObsRun.Of("import", "--venue", "upbit", "--input", recording, "--out", _scratch["strict"], "--strict");
        Assert.That(strict.ExitCode, Is.EqualTo(ExitCode.BadInput));
        Assert.That(strict.Errors, Does.Contain("spoilt.frames").And.Contain("51"));
    }

    [Test]
    public void An_import_never_touches_what_is_stored()
    {
        string journal = _scratch["stored"];
        Assert.That(ObsRun.Of("import", "--venue", "upbit", "--input", _scratch["good.frames"], "--out", journal).ExitCode, Is.Zero);
        Dictionary<string, string> before = Contents(journal);
        foreach (string input in new[] { "good.frames", "empty.frames", "cut.gz" })
            Assert.That(ObsRun.Of("import", "--venue", "upbit", "--input", _scratch[input], "--out", journal).ExitCode, Is.EqualTo(ExitCode.BadInput), input);
        Assert.That(ObsRun.Of("replay", "--journal", journal, "--orders", _scratch["unknown-id.csv"], "--symbol", "KRW-BTC").ExitCode, Is.Not.Zero);
        Assert.That(Contents(journal), Is.EqualTo(before).And.Not.Empty);
        Assert.That(ObsRun.Of("journal", "verify", journal, "--json").Json.GetProperty("verdict").GetString(), Is.EqualTo("Clean"));
    }

    // /proc is a folder that not even root may write
    [Test, Platform("Linux")]
    public void A_folder_that_cannot_be_written_is_named()
    {
        foreach (string[] line in (string[][])[["replay", "--json"], ["import"]])
        {
            ObsRun run = ObsRun.Of([.. line, "--venue", "upbit", "--input", _scratch["good.frames"], "--out", "/proc/obs-out"]);
            Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Environment).Or.EqualTo(ExitCode.BadInput), run.Errors);
            Assert.That(run.Errors, Does.Contain("/proc/obs-out"));
        }
    }

    [TestCase("replay", "--journal", "folder")]
    [TestCase("replay", "--journal", "good.frames")]
    [TestCase("replay", "--journal", "absent")]
    [TestCase("diff", "folder", "folder")]
    [TestCase("diff", "folder", "absent")]
    [TestCase("journal", "verify", "absent")]
    [TestCase("journal", "verify", "folder")]
    [TestCase("journal", "dump", "folder")]
    [TestCase("journal", "repair", "folder")]
    [TestCase("journal", "prune", "folder")]
    [TestCase("journal", "verify", "good.frames")]
    [TestCase("explain", "1", "--run", "folder")]
    [TestCase("doctor", "--data", "absent")]
    public void A_folder_that_holds_nothing_of_the_kind_is_named(params string[] line)
    {
        ObsRun run = ObsRun.Of(Placed(line));
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.BadInput), run.Output);
        Assert.That(run.Errors, Does.Contain(line[^1] == "absent" ? "absent" : line[^1]));
    }

    private static string[] Script(string file) => ["--input", "good.frames", "--symbol", "KRW-BTC", "--orders", file];

    private static TestCaseData Case(string name, int code, string message, params string[] arguments) =>
        new TestCaseData(code, message, arguments).SetArgDisplayNames(name);

    // names without a folder are files of the scratch folder; everything else is said as it stands
    private string[] Placed(string[] arguments) =>
        [.. arguments.Select(word => word is "absent" or "folder" || word.EndsWith(".frames", StringComparison.Ordinal) || word.EndsWith(".csv", StringComparison.Ordinal)
            || word.EndsWith(".gz", StringComparison.Ordinal) || word.EndsWith(".txt", StringComparison.Ordinal) || word.EndsWith(".safetensors", StringComparison.Ordinal)
            || word.EndsWith(".json", StringComparison.Ordinal) ? _scratch[word] : word)];

    private static Dictionary<string, string> Contents(string folder) =>
        Directory.EnumerateFiles(folder).ToDictionary(static path => Path.GetFileName(path), static path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));

    private void WriteCutGzip(string name, string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        File.WriteAllBytes(_scratch[name], packed.ToArray()[..(int)(packed.Length / 2)]);
    }

    private void WriteModels()
    {
        byte[] model = File.ReadAllBytes(Path.Combine(SharedData.Root, "models", "demo.safetensors"));
        File.WriteAllBytes(_scratch["cut.safetensors"], model[..(model.Length / 2)]);
        string text = Encoding.Latin1.GetString(model);
        string renamed = Regex.Replace(text.Replace("depthskew5", "depthskew9", StringComparison.Ordinal), ", \"obs.hash\": \"[0-9a-f]{64}\"", static hash => new string(' ', hash.Length));
        File.WriteAllBytes(_scratch["features.safetensors"], Encoding.Latin1.GetBytes(renamed));
        model[^1] ^= 1;
        File.WriteAllBytes(_scratch["hash.safetensors"], model);
    }
}
