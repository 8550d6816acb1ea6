using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Obs.Cli.Runs;
using Obs.Core.Journal;

namespace Obs.Cli.Tests;

/// <summary><c>obs up</c> killed without warning at random moments: the journal opens, nothing acknowledged is lost, the run goes on, a replay gives the same state.</summary>
internal sealed class KilledUpTests
{
    [Test]
    public void Twenty_killed_runs_lose_nothing_they_acknowledged() => KillAtRandomMoments(seed: 3, kills: 20, longest: 2.0);

    [Test, Category("Soak")]
    public void Two_hundred_killed_runs_lose_nothing_they_acknowledged() => KillAtRandomMoments(seed: 4, kills: 200, longest: 4.0);

    // Layouts take turns in pairs, so that each goes on from the other's journal and each is killed before and behind its first answer.
    // Moments are drawn in units of the time that a start takes on this machine now, half of them counted from the first answer: some lie before the first
    // record, some behind it, however busy the machine is
    private static void KillAtRandomMoments(int seed, int kills, double longest)
    {
        using Scratch scratch = new();
        string data = scratch["live"];
        int startMs = StartMs(data);
        Random random = new(seed);
        int acknowledging = 0, resumed = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            int afterMs = (int)(startMs * (0.2 + (random.NextDouble() * (longest - 0.2))));
            string layout = kill / 2 % 2 == 0 ? "fused" : "split";
            string context = $"seed {seed}, kill {kill} ({layout}) after {afterMs} ms";
            IReadOnlyList<string> lines = RunAndKill(data, afterMs, isAnswered: kill % 2 == 1, layout);
            string journal = Path.Combine(data, "journal");
            if (!Directory.Exists(journal) || !RunSource.IsJournal(journal))
                continue;
            VerifyReport report = JournalVerifier.Run(journal, LogFormat.Journal);
            Assert.That(report.Verdict, Is.Not.EqualTo(JournalVerdict.Damaged), $"{context}: {report.Problem}");
            acknowledging += CheckAcknowledged(lines, journal, report.LastSequence, context) ? 1 : 0;
            resumed += CheckResumed(lines, journal, context) ? 1 : 0;
        }
        TestContext.Out.WriteLine($"{acknowledging} of {kills} had acknowledged something, {resumed} had recovered an earlier one's journal; a start takes {startMs} ms");
        Assert.That(acknowledging, Is.GreaterThan(2), "the control: too few were killed while they ran");
        Assert.That(resumed, Is.GreaterThan(2), "the control: too few came to go on");
        ObsRun last = ObsRun.Of("up", "--data", data, "--duration", "1", "--json");
        ObsRun replay = ObsRun.Of("replay", "--run", data, "--json");
        Assert.That(replay.Json.GetProperty("stateHash").GetString(), Is.EqualTo(last.Json.GetProperty("stateHash").GetString()));
    }

    private static int StartMs(string data)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using LiveObs first = new("--data", data);
        first.Say("kill");
        first.WaitFor("kill accepted");
        first.KillAfter(0);
        return (int)watch.ElapsedMilliseconds;
    }

    private static IReadOnlyList<string> RunAndKill(string data, int afterMs, bool isAnswered, string layout)
    {
        using LiveObs live = new("--data", data, "--layout", layout, "--frames-per-second", "400", "--snapshot-every", "150", "--segment-mb", "1");
        for (int command = 0; command < 100; command++)
            live.Say(command % 2 == 0 ? "kill" : "release");
        if (isAnswered)
            live.WaitFor("accepted, sequence");
        live.KillAfter(isAnswered ? afterMs / 2 : afterMs);
        return live.Lines;
    }

    // an answer to a command says where its record stands, a live line how far the journal is on disk
    private static bool CheckAcknowledged(IReadOnlyList<string> lines, string journal, long lastSequence, string context)
    {
        long[] commands = [.. Numbers(lines, "accepted, sequence ([0-9]+)")];
        long[] onDisk = [.. Numbers(lines, "on disk to ([0-9]+)")];
        long highest = commands.Concat(onDisk).DefaultIfEmpty(0).Max();
        Assert.That(lastSequence, Is.AtLeast(highest), $"{context}: an acknowledged record is gone");
        foreach (long sequence in commands.TakeLast(3))
        {
            using JournalReader reader = new(journal, new JournalReaderOptions { FromSequence = sequence });
            Assert.That(reader.TryRead(out RecordHeader header, out _) && header.Kind == RecordKind.Command, Is.True, $"{context}: sequence {sequence} is no command");
        }
        return highest > 0;
    }

    // what a start says it recovered to (snapshot and tail) is what a replay from the beginning gives
    private static bool CheckResumed(IReadOnlyList<string> lines, string journal, string context)
    {
        Match? recovered = lines.Select(static line => Regex.Match(line, "to sequence ([0-9]+), state ([0-9a-f]{16})")).FirstOrDefault(static match => match.Success);
        if (recovered is null)
            return false;
        RunSettings settings = new() { Journal = journal, UntilSequence = long.Parse(recovered.Groups[1].Value, CultureInfo.InvariantCulture), Json = true };
        ulong hash = ReplayRun.Execute(settings).StateHash;
        Assert.That(hash.ToString("x16", CultureInfo.InvariantCulture), Is.EqualTo(recovered.Groups[2].Value), $"{context}: {recovered.Value}");
        return true;
    }

    private static IEnumerable<long> Numbers(IReadOnlyList<string> lines, string pattern) =>
        lines.Select(line => Regex.Match(line, pattern)).Where(static match => match.Success).Select(static match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
}
