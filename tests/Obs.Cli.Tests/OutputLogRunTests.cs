using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Cli.Tests;

/// <summary>The output log as a person meets it: beside the journal of a live run, in the folder of a replay, compared, rebuilt, refused.</summary>
internal sealed class OutputLogRunTests
{
    [Test]
    public void A_live_run_writes_its_outputs_and_they_are_rebuilt_to_the_byte()
    {
        using Scratch scratch = new();
        ObsRun live = ObsRun.Of("up", "--duration", "5", "--frames-per-second", "1000", "--data", scratch["live"], "--json");
        Assert.That(live.Json.GetProperty("predictions").GetInt64(), Is.Positive);
        ExpectRebuilt(scratch, "live", "rebuilt");
        ObsRun verified = ObsRun.Of("journal", "verify", scratch["live/outputs"], "--json");
        Assert.That(verified.Json.GetProperty("verdict").GetString(), Is.EqualTo("Clean"));
        ObsRun dumped = ObsRun.Of("journal", "dump", scratch["live/outputs"]);
        foreach (OutputKind kind in new[] { OutputKind.Market, OutputKind.BookChange, OutputKind.Trade, OutputKind.Feature, OutputKind.Prediction })
            Assert.That(dumped.Output, Does.Contain($" {kind} market 0 "), "every line says journal sequence, kind and market");
        Assert.That(ObsRun.Of("diff", scratch["live/outputs"], scratch["rebuilt"]).Output, Does.StartWith("equal"));
    }

    [Test]
    public void Both_layouts_go_on_from_each_other()
    {
        using Scratch scratch = new();
        foreach (string layout in new[] { "split", "fused", "split" })
            Assert.That(ObsRun.Of("up", "--duration", "2", "--frames-per-second", "200", "--layout", layout, "--data", scratch["live"], "--json").ExitCode, Is.Zero, layout);
        ExpectRebuilt(scratch, "live", "rebuilt");
    }

    [Test]
    public void A_run_killed_at_random_moments_goes_on_with_its_outputs() => KillAtRandomMoments(seed: 1, kills: 3);

    [Test, Category("Soak")]
    public void A_run_killed_at_many_moments_goes_on_with_its_outputs() => KillAtRandomMoments(seed: 2, kills: 60);

    [Test]
    public void A_log_that_differs_is_refused_by_name_and_sequence()
    {
        using Scratch scratch = new();
        Assert.That(ObsRun.Of("up", "--duration", "2", "--data", scratch["live"], "--json").ExitCode, Is.Zero);
        Directory.Delete(scratch["live/journal/snapshots"], recursive: true);
        using (OutputLogWriter log = OutputLogWriter.Open(OutputLogWriter.OptionsFor(scratch["live/outputs"]) with { SparesAhead = 1 }))
            log.Append(OutputKind.Prediction, 1, 1_000_000_000, 1, new byte[24]);
        ObsRun cut = ObsRun.Of("up", "--duration", "1", "--data", scratch["live"], "--json");
        Assert.That((cut.ExitCode, cut.Errors.Contains("set aside", StringComparison.Ordinal)), Is.EqualTo((0, true)), "what goes beyond the journal is cut off");
        SwapOneByte(scratch["live/outputs"]);
        Directory.Delete(scratch["live/journal/snapshots"], recursive: true);
        ObsRun refused = ObsRun.Of("up", "--duration", "1", "--data", scratch["live"], "--json");
        Assert.That(refused.ExitCode, Is.Not.Zero);
        Assert.That(refused.Errors, Does.Match(@"record \d+ differs from what the journal gives at sequence \d+ \(Feature\)"));
    }

    [Test]
    public void A_replay_writes_the_same_outputs_in_either_layout_and_a_difference_is_named()
    {
        using Scratch scratch = new();
        string recording = MadeRecording.Write(scratch["made.frames"], 1_500);
        foreach ((string layout, string threshold) in new[] { ("fused", "0.6"), ("split", "0.6"), ("fused", "0.5") })
        {
            string[] line = ["replay", "--venue", "upbit", "--input", recording, "--strategy", "imbalance", "--threshold", threshold, "--layout", layout, "--output-log", "--out", scratch[layout + threshold], "--json"];
            Assert.That(ObsRun.Of(line).ExitCode, Is.Zero, layout);
        }
        Assert.That(Content(scratch["split0.6/outputs"]), Is.EqualTo(Content(scratch["fused0.6/outputs"])));
        Assert.That(ObsRun.Of("diff", scratch["fused0.6"], scratch["split0.6"]).ExitCode, Is.Zero);
        ObsRun differs = ObsRun.Of("diff", scratch["fused0.6/outputs"], scratch["fused0.5/outputs"]);
        Assert.That((differs.ExitCode, differs.Output), Is.EqualTo((1, differs.Output)));
        Assert.That(differs.Output, Does.StartWith("sequence ").And.Contain("of journal sequence"));
        ExpectRebuilt(scratch, "fused0.6", "rebuilt");
        Assert.That(ObsRun.Of("journal", "rebuild-outputs", scratch["fused0.6"]).ExitCode, Is.EqualTo(ExitCode.BadInput), "a log that stands is not written over");
        Assert.That(ObsRun.Of("replay", "--venue", "upbit", "--input", recording, "--output-log", "--json").ExitCode, Is.EqualTo(ExitCode.Usage), "without --out there is no place for it");
    }

    [Test]
    public void Doctor_states_the_plan_of_the_threads()
    {
        ObsRun doctor = ObsRun.Of("doctor");
        Assert.That(doctor.Output, Does.Contain("threads").And.Contain("model background"));
    }

    private static void KillAtRandomMoments(int seed, int kills)
    {
        using Scratch scratch = new();
        Random random = new(seed);
        for (int kill = 0; kill < kills; kill++)
        {
            string layout = random.Next(2) == 0 ? "fused" : "split";
            using Process run = ObsRun.Start("up", "--duration", "30", "--frames-per-second", "500", "--layout", layout, "--data", scratch["live"], "--json");
            bool ended = run.WaitForExit(random.Next(1_500, 4_000));
            Assert.That(ended, Is.False, $"seed {seed}, kill {kill}: it ended by itself: {(ended ? run.StandardError.ReadToEnd() : "")}");
            run.Kill();
            run.WaitForExit();
        }
        ObsRun last = ObsRun.Of("up", "--duration", "2", "--data", scratch["live"], "--json");
        Assert.That(last.ExitCode, Is.Zero, last.Errors);
        Assert.That(last.Json.GetProperty("frames").GetInt64(), Is.GreaterThan(20), "the control: the killed runs had come to frames");
        ExpectRebuilt(scratch, "live", "rebuilt");
    }

    private static void ExpectRebuilt(Scratch scratch, string run, string target)
    {
        ObsRun rebuilt = ObsRun.Of("journal", "rebuild-outputs", scratch[run], "--out", scratch[target], "--json");
        Assert.That(long.Parse(rebuilt.Json.GetProperty("records").GetString()!, System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThan(20));
        byte[] live = Content(scratch[Path.Combine(run, "outputs")]);
        Assert.That(Content(scratch[target]).AsSpan().SequenceEqual(live), Is.True, "the rebuilt log differs from the live one");
    }

    // the records of all segments; their header pages count commits
    private static byte[] Content(string folder)
    {
        List<byte> content = [];
        foreach (SegmentReport segment in JournalScan.Run(folder, LogFormat.Output, ScanDepth.Everything).Segments)
            content.AddRange(File.ReadAllBytes(segment.Path)[SegmentHeaderPage.SizeBytes..(int)segment.UsedBytes]);
        return [.. content];
    }

    // the log anew, with one value of its last feature row changed: whole records, right checksums, another content
    private static void SwapOneByte(string folder)
    {
        List<(RecordHeader Header, long Sequence, byte[] Payload)> records = [];
        using (OutputLogReader reader = new(folder))
        {
            while (reader.TryRead(out OutputRecord record))
                records.Add((record.Header, record.JournalSequence, record.Payload.ToArray()));
        }
        records.Last(static record => (OutputKind)record.Header.KindNumber == OutputKind.Feature).Payload[^1] ^= 1;
        Directory.Delete(folder, recursive: true);
        using OutputLogWriter log = OutputLogWriter.Open(OutputLogWriter.OptionsFor(folder) with { SparesAhead = 1 });
        foreach ((RecordHeader header, long sequence, byte[] payload) in records)
        {
            payload.CopyTo(log.Reserve(sequence, header.ReceiveNs, payload.Length));
            _ = log.Publish((OutputKind)header.KindNumber, header.Source, header.Flags);
        }
    }
}
