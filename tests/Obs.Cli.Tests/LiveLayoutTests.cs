using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;
using Obs.Core.Disruptor;
using Obs.Core.Journal;

namespace Obs.Cli.Tests;

/// <summary><c>obs up</c> in both layouts as a process: one state whoever replays it, and an end with a reason when a thread fails.</summary>
internal sealed class LiveLayoutTests
{
    [Test]
    public void Runs_of_either_layout_go_on_from_each_other_and_replay_to_one_state()
    {
        using Scratch scratch = new();
        JsonElement last = default;
        foreach (string layout in new[] { "split", "fused", "split" })
            last = ObsRun.Of("up", "--data", scratch["live"], "--layout", layout, "--duration", "2", "--frames-per-second", "800", "--strategy", "imbalance", "--threshold", "0.2", "--snapshot-every", "300", "--json").Json;
        string hash = last.GetProperty("stateHash").GetString()!;
        string[] replay = ["replay", "--run", scratch["live"], "--json"];
        ObsRun[] runs = ObsRun.OfAll([[.. replay, "--layout", "fused"], [.. replay, "--layout", "split"]]);
        Assert.That(runs.Select(static run => run.Json.GetProperty("stateHash").GetString()), Is.All.EqualTo(hash));
        Assert.That(last.GetProperty("fills").GetInt64(), Is.Positive, "control: something happened");
        Assert.That(ObsRun.Of("journal", "verify", Path.Combine(scratch["live"], "journal"), "--json").Json.GetProperty("timers").GetProperty("missing").GetInt64(), Is.Zero);
        Assert.That(last.GetProperty("timerLatenessNs").GetProperty("count").GetInt64(), Is.GreaterThan(15));
    }

    // the folder of the output log goes away while the run writes to it: its thread fails, then the engine, then the process ends
    [Test]
    public void An_output_log_that_cannot_go_on_ends_the_run_at_a_named_sequence([Values("fused", "split")] string layout)
    {
        using Scratch scratch = new();
        using LiveObs live = new("--data", scratch["live"], "--layout", layout, "--frames-per-second", "5000", "--segment-mb", "1");
        live.WaitFor("on disk to");
        Directory.Move(scratch["live"] + "/outputs", scratch["gone"]);
        Assert.That(live.WaitForEnd(), Is.EqualTo(ExitCode.Environment).Or.EqualTo(ExitCode.BadInput), live.Text);
        Assert.That(live.Text, Does.Match("obs: Handler 'obs engine' threw at sequence [0-9]+ "), live.Text);
        VerifyReport report = JournalVerifier.Run(scratch["live"] + "/journal", LogFormat.Journal);
        Assert.That(report.Verdict, Is.Not.EqualTo(JournalVerdict.Damaged), report.Problem?.ToString());
        Directory.Delete(scratch["gone"], recursive: true);
        JsonElement next = ObsRun.Of("up", "--data", scratch["live"], "--layout", layout, "--duration", "1", "--json").Json;
        Assert.That(ObsRun.Of("replay", "--run", scratch["live"], "--json").Json.GetProperty("stateHash").GetString(), Is.EqualTo(next.GetProperty("stateHash").GetString()), "nothing stored was harmed");
    }

    [TestCase(JournalFault.DiskFull, ExitCode.Environment)]
    [TestCase(JournalFault.WrongContent, ExitCode.BadInput)]
    public void A_stopped_stage_ends_with_the_exit_code_of_its_cause_and_names_its_sequence(JournalFault fault, int code)
    {
        RingStoppedException problem = new(new RingStop("obs journal", 812, new JournalException(fault, "No room; free the disk.")));
        (int told, string message) = Failures.Describe(problem);
        Assert.That((told, message), Is.EqualTo((code, problem.Message)));
        Assert.That(message, Does.Contain("'obs journal'").And.Contain("sequence 812").And.Contain("free the disk"));
    }

    [Test]
    public void A_stage_stopped_by_a_fault_of_obs_says_so_with_its_sequence()
    {
        (int code, string message) = Failures.Describe(new RingStoppedException(new RingStop("obs engine", 812, new OverflowException("why"))));
        Assert.That(code, Is.EqualTo(ExitCode.Fault));
        Assert.That(message, Does.Contain("please report it").And.Contain("sequence 812").And.Contain("why"));
    }
}
