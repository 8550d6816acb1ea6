using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Cli.Runs;
using Obs.Core.Journal;

namespace Obs.Cli.Tests;

/// <summary>An import killed at a random moment leaves a journal that opens, verifies and holds the beginning of the whole one.</summary>
internal sealed class KilledImportTests
{
    private const int Frames = 20_000;
    private const int Repeats = 8;

    [Test]
    public void A_killed_import_leaves_a_good_beginning() => KillAtRandomMoments(seed: 1, kills: 20);

    [Test, Category("Soak")]
    public void Two_hundred_killed_imports_leave_good_beginnings() => KillAtRandomMoments(seed: 2, kills: 200);

    private static void KillAtRandomMoments(int seed, int kills)
    {
        using Scratch scratch = new();
        string recording = MadeRecording.Write(scratch["made.frames"], Frames);
        string[] line = ["import", "--venue", "upbit", .. Enumerable.Repeat(new[] { "--input", recording }, Repeats).SelectMany(static pair => pair), "--out"];
        string whole = scratch["whole"];
        Stopwatch watch = Stopwatch.StartNew();
        Assert.That(ObsRun.Of([.. line, whole]).ExitCode, Is.Zero);
        int wholeMs = (int)watch.ElapsedMilliseconds;
        Random random = new(seed);
        int withRecords = 0, interrupted = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            string folder = scratch[$"killed-{kill}"];
            int afterMs = random.Next(wholeMs / 4, kill == kills - 1 ? wholeMs / 2 : wholeMs);
            interrupted += Kill([.. line, folder], afterMs) ? 1 : 0;
            if (Directory.Exists(folder) && CheckBeginning(folder, whole, $"seed {seed}, kill {kill} after {afterMs} ms"))
                withRecords++;
        }
        string last = scratch[$"killed-{kills - 1}"];
        ObsRun again = ObsRun.Of([.. line, last]);
        Assert.That(again.ExitCode, Is.Zero, $"seed {seed}: the same import begins anew; {again.Errors}");
        Assert.That(JournalDiff.First(last, whole), Is.Null, $"seed {seed}: and ends as the whole one");
        TestContext.Out.WriteLine($"{interrupted} of {kills} imports were interrupted, {withRecords} had stored records; a whole one takes {wholeMs} ms");
        Assert.That(interrupted, Is.Positive, "the control: none was killed while it ran");
        Assert.That(withRecords, Is.Positive, "the control: none had come to a record");
    }

    private static bool Kill(string[] line, int afterMs)
    {
        using Process import = ObsRun.Start(line);
        bool ended = import.WaitForExit(afterMs);
        if (!ended)
            import.Kill();
        import.WaitForExit();
        return !ended;
    }

    private static bool CheckBeginning(string folder, string whole, string context)
    {
        VerifyReport before = JournalVerifier.Run(folder, LogFormat.Journal);
        Assert.That(before.Verdict, Is.Not.EqualTo(JournalVerdict.Damaged), $"{context}: {before.Problem}");
        using (JournalWriter.Open(new JournalOptions { Directory = folder, IsRecording = true, TrimOnClose = true, SparesAhead = 1 }))
        {
        }
        VerifyReport after = JournalVerifier.Run(folder, LogFormat.Journal);
        Assert.That(after.Verdict, Is.EqualTo(JournalVerdict.Clean).Or.EqualTo(JournalVerdict.Empty), $"{context}: {after.Problem}");
        Assert.That(after.LastSequence, Is.AtLeast(before.LastSequence), $"{context}: opening lost records");
        if (after.Verdict == JournalVerdict.Empty || after.LastSequence < after.FirstSequence)
            return false;
        Difference? difference = JournalDiff.First(folder, whole);
        Assert.That(difference is null || difference.Left == "(ends)", Is.True, $"{context}: {difference}");
        return true;
    }
}
