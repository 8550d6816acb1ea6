using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Cli.Tests;

/// <summary>A live run's folder that lost whole segment files: <c>up</c> refuses to start, <c>journal repair</c> gives a way out, nothing is deleted.</summary>
internal sealed class LostSegmentsTests
{
    private static readonly string[] Line = ["--frames-per-second", "3000", "--duration", "2", "--segment-mb", "1", "--snapshot-every", "1000", "--json"];

    [TestCase("newest", "was on disk"), TestCase("oldest", "were ever pruned"), TestCase("middle", "a segment is missing before it"), TestCase("all", "was on disk")]
    public void Up_refuses_to_start_and_repair_gives_a_way_out(string lost, string told)
    {
        using Scratch scratch = Lived(out string journal);
        SegmentFile[] segments = [.. SegmentCatalog.List(journal, LogFormat.Journal)];
        Assert.That(segments, Has.Length.GreaterThanOrEqualTo(3), "the run must fill three segments");
        foreach (SegmentFile gone in lost switch { "newest" => segments[^1..], "oldest" => segments[..1], "middle" => segments[1..2], _ => segments })
            File.Move(gone.Path, Path.Combine(scratch.Folder, Path.GetFileName(gone.Path)));
        string settings = File.ReadAllText(Path.Combine(scratch["live"], "run.json"));
        ObsRun refused = Up(scratch, "--threshold", "0.5");
        Assert.Multiple(() =>
        {
            Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.BadInput), refused.Errors);
            Assert.That(refused.Errors, Does.Contain(told).And.Contain("journal repair").And.Contain(journal));
            Assert.That(File.ReadAllText(Path.Combine(scratch["live"], "run.json")), Is.EqualTo(settings), "a start that was refused leaves the settings");
            Assert.That(ObsRun.Of("journal", "verify", journal).ExitCode, Is.EqualTo(ExitCode.Negative));
        });
        int files = Files(scratch);
        ObsRun repaired = ObsRun.Of("journal", "repair", journal);
        Assert.That(repaired.ExitCode, Is.EqualTo(ExitCode.Done), repaired.Errors);
        Assert.That(Files(scratch), Is.GreaterThanOrEqualTo(files), "nothing is deleted");
        ObsRun again = Up(scratch);
        Assert.That(again.ExitCode, Is.EqualTo(ExitCode.Done), again.Errors);
    }

    [Test]
    public void Behind_a_lost_segment_the_newer_part_goes_on_from_its_snapshot()
    {
        using Scratch scratch = Lived(out string journal);
        SegmentFile[] segments = [.. SegmentCatalog.List(journal, LogFormat.Journal)];
        long last = JournalVerifier.Run(journal, LogFormat.Journal).LastSequence;
        File.Delete(segments[1].Path);
        ObsRun repaired = ObsRun.Of("journal", "repair", journal, "--keep", "newer", "--json");
        Assert.That(repaired.Json.GetProperty("lastSequence").GetString(), Is.EqualTo($"{last}"));
        ObsRun again = Up(scratch);
        Assert.That(again.Json.GetProperty("restoredSequence").GetInt64(), Is.EqualTo(last), again.Errors);
    }

    [Test]
    public void A_folder_that_lost_nothing_starts()
    {
        using Scratch scratch = Lived(out string journal);
        Assert.That(Up(scratch).ExitCode, Is.EqualTo(ExitCode.Done));
        Assert.That(ObsRun.Of("journal", "verify", journal).ExitCode, Is.EqualTo(ExitCode.Done));
    }

    private static Scratch Lived(out string journal)
    {
        Scratch scratch = new();
        ObsRun first = Up(scratch);
        Assert.That(first.ExitCode, Is.EqualTo(ExitCode.Done), first.Errors);
        journal = Path.Combine(scratch["live"], "journal");
        return scratch;
    }

    private static ObsRun Up(Scratch scratch, params string[] more) => ObsRun.Of(["up", "--data", scratch["live"], .. Line, .. more]);

    private static int Files(Scratch scratch) =>
        Directory.GetFiles(scratch["live"], "*", SearchOption.AllDirectories).Count(static path => !path.EndsWith(".spare", StringComparison.Ordinal));
}
