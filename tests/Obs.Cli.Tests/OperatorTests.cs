using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Cli.Live;

namespace Obs.Cli.Tests;

/// <summary>The kill switch of a live run as an operator uses it, and the ways to end a run.</summary>
internal sealed class OperatorTests
{
    [TestCase("kill\nrest", "kill"), TestCase("no end", "no end"), TestCase("\nx", ""), TestCase("", null), TestCase("a\u001b[31m\u0000b\n", "a [31m b"), TestCase("a\u202eb\u2028c", "a b c"), TestCase("사다\n", "사다")]
    public void A_line_of_stdin_is_read_without_what_could_harm_a_terminal(string input, string? expected) =>
        Assert.That(OperatorDesk.ReadLine(new StringReader(input)), Is.EqualTo(expected));

    [Test]
    public void A_line_without_end_is_cut_and_what_follows_it_is_still_read()
    {
        using StringReader input = new(new string('x', 5_000_000) + "\nkill\n");
        Assert.That(OperatorDesk.ReadLine(input), Has.Length.EqualTo(64));
        Assert.That(OperatorDesk.ReadLine(input), Is.EqualTo("kill"));
    }

    [Test]
    public void Lines_that_are_no_commands_are_counted_and_only_the_first_are_shown()
    {
        using Scratch scratch = new();
        using LiveObs live = new("--data", scratch["live"]);
        for (int line = 0; line < 5_000; line++)
            live.Say($"noise {line}");
        live.Say("kill");
        live.WaitFor("kill accepted");
        live.EndInput();
        live.WaitFor("stdin has ended; 5000 of its lines were no commands");
        Assert.That(live.Signal("TERM"), Is.EqualTo(ExitCode.Done), live.Text);
        Assert.That(live.Lines.Count(static line => line.Contains("is no command", System.StringComparison.Ordinal)), Is.EqualTo(3), live.Text);
    }

    [Test]
    public void A_kill_is_answered_shown_kept_over_a_restart_and_replayed([Values("fused", "split")] string layout)
    {
        using Scratch scratch = new();
        using (LiveObs first = new("--data", scratch["live"], "--layout", layout, "--frames-per-second", "300"))
        {
            first.Say("kill");
            Assert.That(first.WaitFor("kill accepted"), Does.Match("^kill accepted, sequence [0-9]+$"));
            Assert.That(first.WaitFor("on disk to"), Does.StartWith("KILLED "));
            Assert.That(first.Signal("TERM"), Is.EqualTo(ExitCode.Done), first.Text);
        }
        using (LiveObs second = new("--data", scratch["live"], "--layout", layout, "--frames-per-second", "300"))
        {
            second.WaitFor("KILLED: the kill switch was engaged before and still is");
            Assert.That(second.WaitFor("on disk to"), Does.StartWith("KILLED "));
            second.Say("release");
            second.WaitFor("release accepted");
            second.Say("nonsense");
            second.WaitFor("'nonsense' is no command; kill (k) stops every order");
            Assert.That(second.Signal("INT"), Is.EqualTo(ExitCode.Done), second.Text);
            ObsRun replay = ObsRun.Of("replay", "--run", scratch["live"], "--json");
            Assert.That(second.Text, Does.Contain($"state {replay.Json.GetProperty("stateHash").GetString()}."));
        }
    }

    [Test]
    public void While_killed_orders_end_as_not_sent([Values("fused", "split")] string layout)
    {
        using Scratch scratch = new();
        using (LiveObs live = new("--data", scratch["live"], "--layout", layout, "--frames-per-second", "500", "--strategy", "imbalance", "--threshold", "0.2"))
        {
            live.WaitFor("fills 1");
            live.Say("k");
            live.WaitFor("kill accepted");
            live.WaitFor("KILLED ");
            live.Signal("TERM");
        }
        ObsRun.Of("replay", "--run", scratch["live"], "--out", scratch["out"], "--json");
        string orders = File.ReadAllText(Path.Combine(scratch["out"], "orders.csv"));
        Assert.That(orders, Does.Contain(",notSent,killed").And.Contain(",filled,"));
    }

    [Test]
    public void A_clean_stop_stores_a_snapshot_and_the_next_start_replays_nothing()
    {
        using Scratch scratch = new();
        using (LiveObs live = new("--data", scratch["live"]))
        {
            live.WaitFor("on disk to");
            Assert.That(live.Signal("TERM"), Is.EqualTo(ExitCode.Done), live.Text);
        }
        ObsRun next = ObsRun.Of("up", "--data", scratch["live"], "--duration", "1", "--json");
        Assert.That(next.Json.GetProperty("recoveredRecords").GetInt64(), Is.Zero);
        Assert.That(next.Json.GetProperty("restoredSequence").GetInt64(), Is.Positive);
    }

    [Test, Platform("Unix")]
    public void A_run_in_the_background_of_a_script_ends_on_an_interrupt_too()
    {
        using Scratch scratch = new();
        using LiveObs live = LiveObs.InBackground("--data", scratch["live"]);
        live.WaitFor("on disk to");
        Assert.That(live.Signal("INT"), Is.EqualTo(ExitCode.Done), live.Text);
        Assert.That(live.Text, Does.Contain(" state "));
    }

    [Test]
    public void Timers_stand_at_every_tenth_of_a_second([Values("fused", "split")] string layout)
    {
        using Scratch scratch = new();
        ObsRun live = ObsRun.Of("up", "--data", scratch["live"], "--layout", layout, "--duration", "3", "--json");
        ObsRun verify = ObsRun.Of("journal", "verify", Path.Combine(scratch["live"], "journal"), "--json");
        Assert.That(verify.Json.GetProperty("timers").GetProperty("missing").GetInt64(), Is.Zero);
        Assert.That(verify.Json.GetProperty("timers").GetProperty("count").GetInt64(), Is.GreaterThan(20).And.EqualTo(live.Json.GetProperty("timerLatenessNs").GetProperty("count").GetInt64()));
        TestContext.Out.WriteLine(verify.Json.GetProperty("timers"));
    }
}
