using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using Obs.Cli.Runs;

namespace Obs.Cli.Tests;

/// <summary>An import that does not reach the end of its inputs: it says so in JSON too, keeps what it stored, and the same command begins it anew.</summary>
internal sealed class ImportFolderTests
{
    private Scratch _scratch = null!;

    [SetUp]
    public void Create() => _scratch = new Scratch();

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public void A_cut_gzip_is_told_in_json_and_the_whole_file_then_imports_into_the_same_folder()
    {
        byte[] whole = Gzip(MadeRecording.Text(300));
        string recording = _scratch["feed.gz"];
        File.WriteAllBytes(recording, whole[..(whole.Length / 2)]);
        ObsRun cut = Import(recording);
        JsonElement told = JsonDocument.Parse(cut.Output).RootElement;
        long stored = told.GetProperty("records").GetInt64();
        Assert.Multiple(() =>
        {
            Assert.That(cut.ExitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That((told.GetProperty("complete").GetBoolean(), stored), Is.EqualTo((false, stored)).And.Not.EqualTo((false, 0L)));
            Assert.That(told.GetProperty("problem").GetString(), Does.Contain("feed.gz: damaged or cut off behind line").And.Contain("begins anew"));
            Assert.That(ObsRun.Of("replay", "--journal", _scratch["out"], "--json").Json.GetProperty("frames").GetInt64(), Is.EqualTo(stored), "what came before the damage can be used");
        });
        File.WriteAllBytes(recording, whole);
        JsonElement again = Import(recording).Json;
        Assert.That((again.GetProperty("complete").GetBoolean(), again.GetProperty("records").GetInt64()), Is.EqualTo((true, 300L)));
        Assert.That(File.Exists(Path.Combine(_scratch["out"], ImportFolder.MarkName)), Is.False);
        Assert.That(Import(recording).ErrorObject.GetProperty("message").GetString(), Does.Contain("not empty"), "a whole import is never begun anew");
    }

    [Test]
    public void An_unfinished_import_of_other_inputs_is_left_alone()
    {
        byte[] whole = Gzip(MadeRecording.Text(300));
        File.WriteAllBytes(_scratch["cut.gz"], whole[..(whole.Length / 2)]);
        Import(_scratch["cut.gz"]);
        Dictionary<string, byte[]> before = Contents();
        ObsRun other = Import(MadeRecording.Write(_scratch["other.frames"], 10));
        Assert.That((other.ExitCode, other.Errors.Contains("unfinished import of other inputs", System.StringComparison.Ordinal)), Is.EqualTo((ExitCode.BadInput, true)), other.Errors);
        Assert.That(Contents(), Is.EqualTo(before));
    }

    [Test]
    public void A_stranger_s_file_beside_an_unfinished_import_is_not_deleted()
    {
        byte[] whole = Gzip(MadeRecording.Text(300));
        File.WriteAllBytes(_scratch["cut.gz"], whole[..(whole.Length / 2)]);
        Import(_scratch["cut.gz"]);
        _scratch.File("out/notes.txt", "mine");
        Assert.That(Import(_scratch["cut.gz"]).Errors, Does.Contain("notes.txt"));
        Assert.That(File.ReadAllText(_scratch["out/notes.txt"]), Is.EqualTo("mine"));
    }

    [Test]
    public void Nothing_stored_leaves_no_folder()
    {
        ObsRun empty = Import(_scratch.File("empty.frames", ""));
        Assert.That(empty.ExitCode, Is.EqualTo(ExitCode.BadInput));
        Assert.That(JsonDocument.Parse(empty.Output).RootElement.GetProperty("complete").GetBoolean(), Is.False);
        Assert.That(Directory.Exists(_scratch["out"]), Is.False);
    }

    [Test]
    public void Lines_that_are_all_bad_leave_their_quarantine_and_a_second_try_is_let_in()
    {
        string recording = _scratch.File("spoilt.frames", "1700000000000000000 \n1700000000000000000 \n");
        ObsRun first = Import(recording);
        Assert.That(first.Errors, Does.Contain("of 2 lines 2 are bad (EmptyPayload × 2)"));
        Assert.That(File.ReadAllText(_scratch["out/spoilt.frames.quarantine"]), Does.StartWith("1\tEmptyPayload"));
        MadeRecording.Write(recording, 20);
        Assert.That(Import(recording).Json.GetProperty("records").GetInt64(), Is.EqualTo(20));
    }

    [Test]
    public void A_frame_no_decoder_takes_is_kept_with_its_line_and_stops_a_strict_import()
    {
        string bad = MadeRecording.Text(1).Replace("\"ty\":\"", "\"ty\":", System.StringComparison.Ordinal);
        string recording = _scratch.File("mixed.frames", MadeRecording.Text(20) + bad + MadeRecording.Text(20, seed: 2));
        JsonElement told = Import(recording).Json;
        Assert.That((told.GetProperty("records").GetInt64(), told.GetProperty("refusedFrames").GetInt64()), Is.EqualTo((41L, 1L)));
        Assert.That(File.ReadAllText(_scratch["out/mixed.frames.quarantine"]), Does.StartWith("21\tRefusedFrame (Malformed)\t"));
        ObsRun strict = ObsRun.Of("import", "--venue", "upbit", "--input", recording, "--out", _scratch["strict"], "--strict");
        Assert.That((strict.ExitCode, strict.Errors.Contains("mixed.frames:21: RefusedFrame (Malformed)", System.StringComparison.Ordinal)), Is.EqualTo((ExitCode.BadInput, true)), strict.Errors);
        ObsRun replay = ObsRun.Of("replay", "--venue", "upbit", "--input", recording, "--json");
        Assert.That(replay.Json.GetProperty("notes").EnumerateArray().Select(static note => note.GetString()), Has.Some.Contain("mixed.frames:21: RefusedFrame (Malformed)"));
    }

    [Test]
    public void Another_venue_s_frames_are_no_import()
    {
        string recording = MadeRecording.Write(_scratch["upbit.frames"], 20);
        ObsRun other = ObsRun.Of("import", "--venue", "binance-spot", "--input", recording, "--out", _scratch["out"], "--json");
        Assert.That((other.ExitCode, other.Errors.Contains("check --venue", System.StringComparison.Ordinal)), Is.EqualTo((ExitCode.BadInput, true)), other.Errors);
    }

    [Test]
    public void A_file_in_place_of_the_folder_is_named()
    {
        string recording = MadeRecording.Write(_scratch["good.frames"], 20);
        ObsRun run = ObsRun.Of("import", "--venue", "upbit", "--input", recording, "--out", recording);
        Assert.That((run.ExitCode, run.Errors.Contains("--out", System.StringComparison.Ordinal)), Is.EqualTo((ExitCode.Environment, true)), run.Errors);
    }

    private static byte[] Gzip(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private ObsRun Import(string recording) => ObsRun.Of("import", "--venue", "upbit", "--input", recording, "--out", _scratch["out"], "--json");

    private Dictionary<string, byte[]> Contents() => Directory.EnumerateFiles(_scratch["out"]).ToDictionary(static path => path, File.ReadAllBytes);
}
