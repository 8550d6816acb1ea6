using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Obs.Cli.Live;
using Obs.Cli.Runs;
using Obs.Core.Journal;

namespace Obs.Cli.Tests;

/// <summary>The folder of a live run: taken, full, read-only, pruned, with a damaged snapshot.</summary>
internal sealed class LiveFolderTests
{
    [Test]
    public void Two_runs_on_one_folder_are_refused()
    {
        using Scratch scratch = new();
        using LiveObs first = new("--data", scratch["live"]);
        first.WaitFor("on disk to");
        string settings = File.ReadAllText(Path.Combine(scratch["live"], "run.json"));
        ObsRun second = ObsRun.Of("up", "--data", scratch["live"], "--duration", "1", "--threshold", "0.5");
        Assert.That(second.ExitCode, Is.EqualTo(ExitCode.Environment), second.Errors);
        Assert.That(second.Errors, Does.Contain("journal"));
        Assert.That(File.ReadAllText(Path.Combine(scratch["live"], "run.json")), Is.EqualTo(settings), "the refused one changed nothing");
        Assert.That(first.Signal("TERM"), Is.EqualTo(ExitCode.Done), first.Text);
    }

    [Test]
    public void A_damaged_snapshot_is_passed_over_with_a_word()
    {
        using Scratch scratch = new();
        ObsRun first = ObsRun.Of("up", "--data", scratch["live"], "--duration", "3", "--frames-per-second", "300", "--snapshot-every", "200", "--json");
        string[] snapshots = Snapshots(scratch);
        // each end stores one, so that a slow machine gets there too
        for (int run = 0; run < 3 && snapshots.Length < 3; run++)
        {
            first = ObsRun.Of("up", "--data", scratch["live"], "--duration", "1", "--frames-per-second", "300", "--snapshot-every", "200", "--json");
            snapshots = Snapshots(scratch);
        }
        Assert.That(snapshots, Has.Length.EqualTo(3), "the last three are kept");
        Damage(snapshots[2]);
        ObsRun second = ObsRun.Of("up", "--data", scratch["live"], "--duration", "1", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(second.Errors, Does.Contain(Path.GetFileName(snapshots[2])).And.Contain("its checksum does not match"));
            Assert.That(second.Errors, Does.Contain($"state {first.Json.GetProperty("stateHash").GetString()}"), "the same state, from the older one");
            Assert.That(second.Json.GetProperty("restoredSequence").GetInt64(), Is.EqualTo(long.Parse(Path.GetFileNameWithoutExtension(snapshots[1])[^20..])));
        });
    }

    [Test]
    public void What_is_not_to_be_kept_goes_and_the_rest_replays_to_the_same_state([Values("fused", "split")] string layout)
    {
        using Scratch scratch = new();
        ObsRun live = ObsRun.Of("up", "--data", scratch["live"], "--layout", layout, "--duration", "5", "--frames-per-second", "1500", "--snapshot-every", "1s", "--segment-mb", "1", "--keep-gib", "0.001", "--json");
        Assert.That(live.Json.GetProperty("deletedSegments").GetInt64(), Is.Positive, "control: nothing was deleted");
        ObsRun replay = ObsRun.Of("replay", "--run", scratch["live"], "--json");
        Assert.That(replay.Json.GetProperty("stateHash").GetString(), Is.EqualTo(live.Json.GetProperty("stateHash").GetString()));
        Assert.That(replay.Json.GetProperty("notes").EnumerateArray().Select(static note => note.GetString()), Has.Some.Contain("older segments were deleted"));
        string[] stored = ["replay", "--journal", scratch["live"] + "/journal", "--json"];
        Assert.That(ObsRun.Of([.. stored, "--decoded"]).Json.GetProperty("stateHash").GetString(), Is.EqualTo(live.Json.GetProperty("stateHash").GetString()), "the cache begins behind the snapshot, too");
        Directory.CreateDirectory(scratch["copy"]);
        File.Copy(scratch["live"] + "/run.json", scratch["copy"] + "/run.json");
        ObsRun alone = ObsRun.Of("replay", "--run", scratch["copy"], "--json");
        Assert.That((alone.ExitCode, alone.Errors.Contains(scratch["copy"], StringComparison.Ordinal)), Is.EqualTo((ExitCode.BadInput, true)), "a copy is replayed from its own journal, never from the original's");
        ObsRun early = ObsRun.Of([.. stored, "--snapshot", "1"]);
        Assert.That((early.ExitCode, early.Errors.Contains("holds no snapshot of these settings at or before 1", StringComparison.Ordinal)), Is.EqualTo((ExitCode.BadInput, true)), early.Errors);
        ObsRun next = ObsRun.Of("up", "--data", scratch["live"], "--duration", "1", "--json");
        Assert.That(next.Errors, Does.Contain($"state {live.Json.GetProperty("stateHash").GetString()}"));
        foreach (string snapshot in Directory.GetFiles(scratch["live"] + "/journal/snapshots"))
            Damage(snapshot);
        ObsRun lost = ObsRun.Of("up", "--data", scratch["live"], "--duration", "1");
        Assert.That(lost.ExitCode, Is.EqualTo(ExitCode.BadInput), "without its beginning and without a snapshot there is no state to go on from");
        Assert.That(lost.Errors, Does.Contain("older segments were deleted"));
    }

    [Test, Platform("Linux")]
    public void A_limit_on_file_size_ends_the_run_and_harms_nothing_stored()
    {
        using Scratch scratch = new();
        ObsRun before = ObsRun.Of("up", "--data", scratch["live"], "--duration", "1", "--segment-mb", "1", "--json");
        string line = string.Join(' ', ObsRun.CommandWords.Concat(["up", "--data", scratch["live"], "--segment-mb", "32", "--frames-per-second", "2000", "--duration", "20"]));
        (int code, string errors) = Shell($"trap '' XFSZ; ulimit -f 20000; exec {line}");
        Assert.That(code, Is.EqualTo(ExitCode.Environment).Or.EqualTo(ExitCode.BadInput), errors);
        Assert.That(errors, Does.Contain("what was acknowledged is intact").Or.Contain("what is stored is intact"));
        VerifyReport report = JournalVerifier.Run(scratch["live"] + "/journal", LogFormat.Journal);
        Assert.That(report.Verdict, Is.Not.EqualTo(JournalVerdict.Damaged), report.Problem?.ToString());
        Assert.That(report.LastSequence, Is.AtLeast(long.Parse(before.Json.GetProperty("lastSequence").GetString()!)));
        ObsRun next = ObsRun.Of("up", "--data", scratch["live"], "--duration", "1", "--json");
        Assert.That(ObsRun.Of("replay", "--run", scratch["live"], "--json").Json.GetProperty("stateHash").GetString(), Is.EqualTo(next.Json.GetProperty("stateHash").GetString()));
    }

    [Test, NeedsMount]
    public void A_full_disk_ends_the_run_and_harms_nothing_stored()
    {
        using MountedFolder disk = new("size=24m");
        ObsRun full = ObsRun.Of("up", "--data", disk.Path + "/live", "--duration", "30", "--segment-mb", "1", "--frames-per-second", "3000", "--snapshot-every", "1s", "--json");
        Assert.That(full.ExitCode, Is.EqualTo(ExitCode.Environment), full.Errors);
        Assert.That(full.Errors, Does.Contain("The disk is full").And.Contain("what is stored is intact"));
        string journal = disk.Path + "/live/journal";
        Assert.That(JournalVerifier.Run(journal, LogFormat.Journal).Verdict, Is.Not.EqualTo(JournalVerdict.Damaged));
        RunSettings settings = new() { Journal = journal, Json = true };
        Assert.That(ReplayRun.Execute(settings).Counters.Frames, Is.GreaterThan(1_000), "what was stored replays");
    }

    [Test]
    public void A_folder_that_may_not_be_written_is_refused()
    {
        using Scratch scratch = new();
        string file = scratch.File("taken", "a file where a folder should be");
        ObsRun refused = ObsRun.Of("up", "--data", file, "--duration", "1");
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.Environment), refused.Errors);
        Assert.That(refused.Errors, Does.Contain(file));
    }

    [Test, NeedsMount]
    public void A_read_only_folder_is_refused()
    {
        using MountedFolder disk = new("ro,size=1m");
        ObsRun refused = ObsRun.Of("up", "--data", disk.Path + "/live", "--duration", "1");
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.Environment), refused.Errors);
        Assert.That(refused.Errors, Does.Contain(disk.Path).And.Contain("The folder cannot be written"));
    }

    [Test]
    public void A_recovery_that_is_interrupted_changes_nothing()
    {
        using Scratch scratch = new();
        ObsRun live = ObsRun.Of("up", "--data", scratch["live"], "--duration", "1", "--json");
        Directory.Delete(scratch["live"] + "/journal/snapshots", recursive: true);
        RunSettings run = RunFile.Read(scratch["live"]);
        UpSettings settings = new()
        {
            DataFolder = scratch["live"],
            Market = "KRW-BTC",
            Seed = 1,
            FramesPerSecond = 50,
            MovesPerSecond = 15,
            IsFeeLeftOut = true,
            DurationSeconds = 1,
            SnapshotEveryRecords = long.MaxValue,
            SnapshotEveryNs = long.MaxValue,
            Run = run with { Journal = null },
        };
        Assert.That(() => new UpRun(settings, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        VerifyReport report = JournalVerifier.Run(scratch["live"] + "/journal", LogFormat.Journal);
        Assert.That((report.Verdict, report.LastSequence), Is.EqualTo((JournalVerdict.Clean, long.Parse(live.Json.GetProperty("lastSequence").GetString()!))), "nothing was written, and the folder is free again");
    }

    [TestCase("--keep-days", "0.01", "Journal:KeepAge"), TestCase("--keep-gib", "-1", "--keep-gib is -1"), TestCase("--segment-mb", "0", "--segment-mb is 0")]
    [TestCase("--snapshot-every", "often", "--snapshot-every is 'often'"), TestCase("--snapshot-every", "0s", "--snapshot-every is '0s'")]
    [TestCase("--input", "own.frames", "--input has no meaning"), TestCase("--journal", "own", "--journal has no meaning"), TestCase("--out", "run1", "--out has no meaning")]
    public void A_setting_without_meaning_is_refused(string option, string value, string message)
    {
        using Scratch scratch = new();
        ObsRun run = ObsRun.Of("up", "--data", scratch["live"], "--duration", "1", option, value);
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage), run.Errors);
        Assert.That(run.Errors, Does.Contain(message));
    }

    [Test]
    public void A_run_stopped_before_its_first_frame_is_repeated_and_says_so()
    {
        using Scratch scratch = new();
        ObsRun live = ObsRun.Of("up", "--data", scratch["live"], "--duration", "1ms", "--frames-per-second", "1", "--json");
        Assert.That(live.Json.GetProperty("frames").GetInt64(), Is.Zero, "control: nothing came within a millisecond");
        ObsRun replay = ObsRun.Of("replay", "--run", scratch["live"], "--json");
        Assert.That(replay.ExitCode, Is.EqualTo(ExitCode.Done), replay.Errors);
        Assert.That(replay.Json.GetProperty("stateHash").GetString(), Is.EqualTo(live.Json.GetProperty("stateHash").GetString()));
        Assert.That(replay.Json.GetProperty("notes").EnumerateArray().Select(static note => note.GetString()), Has.Some.Contains("stopped before its first frame"));
        ObsRun part = ObsRun.Of("replay", "--journal", scratch["live"] + "/journal", "--until-seq", "1", "--json");
        Assert.That((part.ExitCode, part.Errors.Contains("no frame lies in the span asked for", StringComparison.Ordinal)), Is.EqualTo((ExitCode.BadInput, true)), "the control: a span was asked for");
    }

    [TestCase("--duration", "-1", "--duration is -1"), TestCase("--duration", "nan", "--duration is NaN"), TestCase("--duration", "1e308", "--duration is 1E+308"), TestCase("--duration", "31d", "--duration is 2678400"), TestCase("--duration", "8x", "--duration is '8x'")]
    [TestCase("--symbol", "KRW-ETH", "--symbol has no meaning on the generated market"), TestCase("--venue", "upbit", "--venue has no meaning on the generated market")]
    [TestCase("--market", "NONSENSE", "Market 'NONSENSE' is no KRW market"), TestCase("--market", "BTC-ETH", "Market 'BTC-ETH' is no KRW market")]
    public void A_run_that_cannot_begin_leaves_no_folder_behind(string option, string value, string message)
    {
        using Scratch scratch = new();
        ObsRun run = ObsRun.Of("up", "--data", scratch["live"], option, value);
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage), run.Errors);
        Assert.That(run.Errors, Does.Contain(message));
        Assert.That(Directory.Exists(scratch["live"]), Is.False);
    }

    [TestCase("--orders", "x.csv"), TestCase("--journal", "x"), TestCase("--input", "x"), TestCase("--snapshot-every", "5"), TestCase("--data", "x"), TestCase("--seed", "2"), TestCase("--keep-days", "1")]
    public void An_option_that_a_watched_recording_would_ignore_is_refused(string option, string value)
    {
        CliException refusal = Assert.Throws<CliException>(() => CommandLine.Run(["up", "--replay", "absent.frames", "--venue", "upbit", option, value]))!;
        Assert.That((refusal.Code, refusal.Message.StartsWith(option, StringComparison.Ordinal)), Is.EqualTo((ExitCode.Usage, true)), refusal.Message);
    }

    [TestCase("1e308"), TestCase("-1"), TestCase("nan")]
    public void A_duration_no_run_can_have_is_refused_beside_a_recording_too(string duration)
    {
        CliException refusal = Assert.Throws<CliException>(() => CommandLine.Run(["up", "--replay", "absent.frames", "--venue", "upbit", "--duration", duration]))!;
        Assert.That((refusal.Code, refusal.Message.StartsWith("--duration is ", StringComparison.Ordinal)), Is.EqualTo((ExitCode.Usage, true)), refusal.Message);
    }

    private static string[] Snapshots(Scratch scratch) => [.. Directory.GetFiles(scratch["live"] + "/journal/snapshots").Order(StringComparer.Ordinal)];

    private static void Damage(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 0x40;
        File.WriteAllBytes(path, bytes);
    }

    private static (int Code, string Errors) Shell(string script)
    {
        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true })!;
        shell.StandardInput.Close();
        System.Threading.Tasks.Task<string> errors = shell.StandardError.ReadToEndAsync();
        shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, errors.Result);
    }
}
