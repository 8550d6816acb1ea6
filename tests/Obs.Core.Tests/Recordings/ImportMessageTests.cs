using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using NUnit.Framework;
using Obs.Core.Recordings;
using Obs.Core.Recordings.Cache;

namespace Obs.Core.Tests.Recordings;

/// <summary>Each way an import ends names the file and says what to do.</summary>
internal sealed class ImportMessageTests
{
    private static IEnumerable<TestCaseData> Endings()
    {
        IOException cause = new("the disk is full");
        yield return Ending(nameof(ImportThrow.Missing), static () => ImportThrow.Missing("a.gz"), ImportProblem.Missing, "check the path");
        yield return Ending(nameof(ImportThrow.IsDirectory), static () => ImportThrow.IsDirectory("a.gz"), ImportProblem.Directory, "name the files in it");
        yield return Ending(nameof(ImportThrow.NotReadable), () => ImportThrow.NotReadable("a.gz", cause), ImportProblem.NotPermitted, "check its permissions");
        yield return Ending(nameof(ImportThrow.QuarantineNotWritable), () => ImportThrow.QuarantineNotWritable("a.gz", cause), ImportProblem.NotPermitted, "choose a folder");
        yield return Ending(nameof(ImportThrow.Empty), static () => ImportThrow.Empty("a.gz"), ImportProblem.Empty, "nothing to read");
        yield return Ending(nameof(ImportThrow.Damaged), () => ImportThrow.Damaged("a.gz", 12, cause, cause.Message), ImportProblem.Damaged, "behind line 12");
        yield return Ending(nameof(ImportThrow.WrongEncoding), static () => ImportThrow.WrongEncoding("a.gz", "UTF-16"), ImportProblem.WrongEncoding, "save it as UTF-8");
        yield return Ending(nameof(ImportThrow.UnknownFormat), static () => ImportThrow.UnknownFormat("a.gz", "abc"), ImportProblem.UnknownFormat, "--format");
        yield return Ending(nameof(ImportThrow.NotSupported), static () => ImportThrow.NotSupported("a.gz", 1, "import trades instead."), ImportProblem.NotSupported, "instead");
        yield return Ending(nameof(ImportThrow.SymbolNeeded), static () => ImportThrow.SymbolNeeded("a.gz"), ImportProblem.SymbolNeeded, "--symbol");
        yield return Ending(nameof(ImportThrow.SymbolUnknown), static () => ImportThrow.SymbolUnknown("a.gz", "X"), ImportProblem.SymbolNeeded, "--tick");
        yield return Ending(nameof(ImportThrow.BadLine), static () => ImportThrow.BadLine("a.gz", 3, new LineFault(BadLineReason.BadPrice, "px")), ImportProblem.BadLine, "a.gz:3: BadPrice (px); mend the line");
        yield return Ending(nameof(ImportThrow.CacheDamaged), static () => ImportThrow.CacheDamaged("a.gz", "cut off"), ImportProblem.Damaged, "make it again");
        yield return Ending(nameof(ImportThrow.CacheStale), static () => ImportThrow.CacheStale("a.gz", new SourceStamp(1, 2), new SourceStamp(3, 4)), ImportProblem.Stale, "make it again");
    }

    [TestCaseSource(nameof(Endings))]
    public void Message(Action end, ImportProblem problem, string remedy)
    {
        ImportException failure = Assert.Throws<ImportException>(() => end())!;
        Assert.That((failure.Problem, failure.File), Is.EqualTo((problem, "a.gz")));
        Assert.That(failure.Message, Does.StartWith("a.gz").And.Contain(remedy));
        Assert.That(failure.InnerException is null || failure.Message.Contains(failure.InnerException.Message, StringComparison.Ordinal), Is.True);
    }

    [Test]
    public void Every_ending_has_its_case()
    {
        IEnumerable<string> endings = typeof(ImportThrow).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(static method => method.Name);
        IEnumerable<string> tested = Endings().Select(static test => test.TestName!.Split(' ')[1]).Append(nameof(ImportThrow.OtherMarket));
        Assert.That(endings, Is.EquivalentTo(tested), "OtherMarket is no import: RecordingConfigurationTests has it");
    }

    [Test]
    public void A_result_counts_each_reason_and_notes_a_remark_once()
    {
        ImportCounts counts = new() { Lines = 5, Records = 2 };
        counts.Bad(BadLineReason.BadPrice);
        counts.Bad(BadLineReason.BadPrice);
        counts.Bad(BadLineReason.NoTime);
        counts.Note("assumed");
        counts.Note("assumed");
        ImportResult result = counts.ToResult();
        Assert.That((result.Lines, result.Records, result.BadLines, result.Notes.Count), Is.EqualTo((5L, 2L, 3L, 1)));
        Assert.That(result.Reasons, Is.EqualTo(new Dictionary<BadLineReason, long> { [BadLineReason.BadPrice] = 2, [BadLineReason.NoTime] = 1 }));
    }

    [Test]
    public void An_importer_that_did_not_run_has_an_empty_result() =>
        Assert.That(new Importer(Recorded.Options(), new CollectingSink()).Result.Records, Is.Zero);

    private static TestCaseData Ending(string name, Action end, ImportProblem problem, string remedy) => new TestCaseData(end, problem, remedy).SetName($"Ending: {name}");
}
