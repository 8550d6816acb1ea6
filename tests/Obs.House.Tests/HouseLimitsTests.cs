using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Obs.House.Tests;

/// <summary>The limits of STYLE.md §1. Shipped code is src and tools; the two hard sizes hold for tests and benchmarks too.</summary>
internal sealed class HouseLimitsTests
{
    private static int CoreLines => SourceTree.CSharp("src/Obs.Core/").Sum(static (SourceFile f) => f.Lines);

    [TestCase(0.5, 120)]
    [TestCase(0.9, 300)]
    public void Files_are_read_in_one_sitting(double share, int limit) =>
        Assert.That(Counters.Percentile(SourceTree.Shipped.Select(static (SourceFile f) => f.Lines), share), Is.AtMost(limit));

    [Test]
    public void No_file_is_longer_than_600_lines() => Assert.That(LongFiles(SourceTree.CSharp()), Is.Empty, "split it by idea into files with two names");

    [Test]
    public void Nearly_all_methods_fit_50_lines() =>
        Assert.That(Counters.Percentile(SourceTree.Shipped.SelectMany(Counters.MethodLines).Select(static ((int Lines, string) m) => m.Lines), 0.99), Is.AtMost(50));

    [Test]
    public void No_method_is_longer_than_70_lines() => Assert.That(LongMethods(SourceTree.CSharp()), Is.Empty, "name its parts");

    [Test]
    public void Members_of_Core_are_documented()
    {
        (bool Documented, string Where)[] members = [.. SourceTree.CSharp("src/Obs.Core/").SelectMany(Counters.VisibleMembers)];
        IEnumerable<string> bare = members.Where(static ((bool Documented, string) m) => !m.Documented).Select(static ((bool, string Where) m) => m.Where);
        Assert.That(members.Count(static ((bool Documented, string) m) => m.Documented), Is.AtLeast(0.95 * members.Length), $"without docs: {string.Join(", ", bare)}");
    }

    [Test]
    public void Core_has_a_line_of_test_for_each_line() =>
        Assert.That(SourceTree.CSharp("tests/Obs.Core.Tests/").Sum(static (SourceFile f) => f.Lines), Is.AtLeast(CoreLines));

    [Test]
    public void Core_asserts_what_it_believes()
    {
        IReadOnlyList<SourceFile> core = SourceTree.CSharp("src/Obs.Core/");
        Assert.That(PerThousand(core.Sum(Counters.Assertions), core.Sum(Counters.CodeLines)), Is.AtLeast(10.0), "assert each link of the chains you rely on (STYLE.md 3.2)");
    }

    [Test]
    public void At_most_two_types_of_five_are_public() =>
        Assert.That(SourceTree.Shipped.SelectMany(Counters.Types).Count(Counters.IsPublic), Is.AtMost(0.4 * SourceTree.Shipped.SelectMany(Counters.Types).Count()));

    [Test]
    public void Nine_classes_of_ten_are_closed() =>
        Assert.That(SourceTree.Shipped.SelectMany(Counters.Classes).Count(Counters.IsClosed), Is.AtLeast(0.9 * SourceTree.Shipped.SelectMany(Counters.Classes).Count()));

    [Test]
    public void There_are_no_regions() => Assert.That(SourceTree.CSharp().SelectMany(Counters.Regions), Is.Empty, "two files with two names");

    [Test]
    public void Names_say_the_job() => Assert.That(SourceTree.CSharp().SelectMany(Counters.VagueNames), Is.Empty, "OrderLedger, TickRounding: the field's noun instead");

    [Test]
    public void No_static_state_changes() => Assert.That(SourceTree.Shipped.SelectMany(Counters.StaticMutables), Is.Empty, "give it an owner that is passed on");

    [Test]
    public void Nothing_is_put_off() => Assert.That(SourceTree.CSharp().SelectMany(Counters.PutOff), Is.Empty, "open an issue and link it where it will be missed");

    [Test]
    public void One_top_level_type_a_file() =>
        Assert.That(SourceTree.CSharp("src/", "tools/", "bench/").Where(static (SourceFile f) => Counters.TopLevelTypes(f) > 1).Select(static (SourceFile f) => f.Path), Is.Empty, "a file of its own, or a file-local companion");

    /// <summary>Files above the hard limit.</summary>
    internal static IEnumerable<string> LongFiles(IEnumerable<SourceFile> files) =>
        files.Where(static (SourceFile f) => f.Lines > 600).Select(static (SourceFile f) => $"{f.Path}: {f.Lines} lines");

    /// <summary>Methods above the hard limit.</summary>
    internal static IEnumerable<string> LongMethods(IEnumerable<SourceFile> files) =>
        files.SelectMany(Counters.MethodLines).Where(static ((int Lines, string) m) => m.Lines > 70).Select(static ((int Lines, string Where) m) => $"{m.Where}: {m.Lines} lines");

    /// <summary>A count as a rate.</summary>
    internal static double PerThousand(int count, int lines) => lines == 0 ? 0 : 1000.0 * count / lines;
}
