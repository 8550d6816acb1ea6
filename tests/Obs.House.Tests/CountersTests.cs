using System.Linq;
using NUnit.Framework;

namespace Obs.House.Tests;

/// <summary>Control cases: each counter reads a bad sample and must object, and a good one where it must not.</summary>
internal sealed class CountersTests
{
    private const string Good = """
        namespace Obs.Core.Market;

        /// <summary>A book.</summary>
        internal sealed class Book
        {
            private static readonly string Brace = "{ no brace // TODO not a comment }";

            /// <summary>Adds.</summary>
            [System.Obsolete("x")]
            public void Add(long priceTicks)
            {
                System.Diagnostics.Debug.Assert(priceTicks > 0);
                System.Console.Write(Brace);
            }

            /// <summary>Ten.</summary>
            public int Ten => 10;
        }
        """;

    private static SourceFile GoodFile => SourceFile.Sample(Good);

    [Test]
    public void A_good_file_is_left_alone()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Counters.VisibleMembers(GoodFile).Where(static ((bool Documented, string) m) => !m.Documented), Is.Empty);
            Assert.That(Counters.VisibleMembers(GoodFile).Count(), Is.EqualTo(3));
            Assert.That(Counters.MethodLines(GoodFile).Select(static ((int Lines, string) m) => m.Lines), Is.EqualTo(new[] { 5 }));
            Assert.That(Counters.CodeLines(GoodFile), Is.EqualTo(12));
            Assert.That(Counters.Assertions(GoodFile), Is.EqualTo(1));
            Assert.That(Counters.VagueNames(GoodFile).Concat(Counters.StaticMutables(GoodFile)).Concat(Counters.Regions(GoodFile)).Concat(Counters.PutOff(GoodFile)), Is.Empty);
            Assert.That(Counters.TopLevelTypes(GoodFile), Is.EqualTo(1));
            Assert.That(Counters.Types(GoodFile).Any(Counters.IsPublic), Is.False);
            Assert.That(Counters.Classes(GoodFile).All(Counters.IsClosed), Is.True);
        }
    }

    [Test]
    public void A_missing_comment_is_seen() =>
        Assert.That(Bare(Good.Replace("/// <summary>Adds.</summary>", "// adds", System.StringComparison.Ordinal)), Has.Length.EqualTo(1));

    [TestCase("internal interface IBook { int Depth { get; } }", 2)]
    [TestCase("internal enum Side { Bid }", 2)]
    [TestCase("internal sealed class Book { private sealed class Level { public int Price; } }", 1)]
    [TestCase("internal sealed class Book { public override string ToString() => string.Empty; }", 1)]
    public void Only_what_others_see_needs_docs(string sample, int bare) => Assert.That(Bare(sample), Has.Length.EqualTo(bare));

    [Test]
    public void A_long_file_and_a_long_method_are_seen()
    {
        SourceFile method = SourceFile.Sample($"class A {{ void B()\n{{\n{string.Concat(Enumerable.Repeat("C();\n", 68))}}}\n }}");
        Assert.That(HouseLimitsTests.LongMethods([method]), Has.Exactly(1).Contains("71 lines"));
        Assert.That(HouseLimitsTests.LongFiles([SourceFile.Sample(new string('\n', 600) + "class A { }")]), Has.Exactly(1).Items);
        Assert.That(HouseLimitsTests.LongFiles([SourceFile.Sample(new string('\n', 599) + "class A { }\n")]), Is.Empty, "600 is still allowed");
    }

    [Test]
    public void A_long_expression_body_is_a_method() =>
        Assert.That(HouseLimitsTests.LongMethods([SourceFile.Sample($"class A {{ int B() =>{string.Concat(Enumerable.Repeat("\n1 +", 71))} 1; }}")]), Has.Exactly(1).Items);

    [TestCase("class OrderManager { }")]
    [TestCase("static class PriceUtils { }")]
    [TestCase("class RiskHelper { }")]
    public void A_vague_name_is_seen(string sample) => Assert.That(Counters.VagueNames(SourceFile.Sample(sample)), Is.Not.Empty);

    [Test]
    public void The_one_allowed_name_is_allowed() => Assert.That(Counters.VagueNames(SourceFile.Sample("static class ThrowHelper { }")), Is.Empty);

    [TestCase("class A { private static int _count; }")]
    [TestCase("class A { internal static int Depth { get; set; } }")]
    [TestCase("class A { [System.ThreadStatic] private static int _count; }")]
    public void Static_state_is_seen(string sample) => Assert.That(Counters.StaticMutables(SourceFile.Sample(sample)), Is.Not.Empty);

    [Test]
    public void A_region_is_seen() => Assert.That(Counters.Regions(SourceFile.Sample("#region walls\nclass A { }\n#endregion")), Is.Not.Empty);

    [TestCase("class A { } // TODO later")]
    [TestCase("/* FIXME */ class A { }")]
    [TestCase("/// <summary>TODO</summary>\nclass A { }")]
    public void Work_put_off_is_seen(string sample) => Assert.That(Counters.PutOff(SourceFile.Sample(sample)), Is.Not.Empty);

    [TestCase("namespace A; class B { } class C { }", 2)]
    [TestCase("namespace A; class B { class C { } } file class D { }", 1)]
    public void Types_of_a_file_are_counted(string sample, int types) => Assert.That(Counters.TopLevelTypes(SourceFile.Sample(sample)), Is.EqualTo(types));

    [Test]
    public void Open_and_public_types_are_seen()
    {
        SourceFile open = SourceFile.Sample("public class A { } public record B; internal sealed record C; abstract class D { } record struct E;");
        Assert.That(Counters.Types(open).Count(Counters.IsPublic), Is.EqualTo(2));
        Assert.That(Counters.Classes(open).Count(Counters.IsClosed), Is.EqualTo(2));
        Assert.That(Counters.Classes(open).Count(), Is.EqualTo(4), "a struct cannot be inherited from");
    }

    [TestCase(9, 1000, 9.0)]
    [TestCase(0, 0, 0.0)]
    public void Rates_are_per_thousand(int count, int lines, double rate) => Assert.That(HouseLimitsTests.PerThousand(count, lines), Is.EqualTo(rate));

    [Test]
    public void Percentiles_take_the_upper_neighbour() => Assert.That(Counters.Percentile([4, 1, 3, 2], 0.5), Is.EqualTo(3));

    private static string[] Bare(string sample) =>
        [.. Counters.VisibleMembers(SourceFile.Sample(sample)).Where(static ((bool Documented, string) m) => !m.Documented).Select(static ((bool, string Where) m) => m.Where)];
}
