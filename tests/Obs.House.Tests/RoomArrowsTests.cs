using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NUnit.Framework;

namespace Obs.House.Tests;

/// <summary>A room uses the rooms above it, nothing below; Core knows nothing but .NET.</summary>
internal sealed class RoomArrowsTests
{
    private const string Venues = "namespace Obs.Core.Market { enum VenueId { Upbit, BinanceSpot } }";

    [Test]
    public void Every_arrow_between_rooms_of_Core_points_up()
    {
        CSharpCompilation core = RoomArrows.Compile(SourceTree.CSharp("src/Obs.Core/"));
        Assert.That(RoomArrows.Errors(core), Is.Empty, "an unbound symbol hides an arrow; newer syntax needs a newer Microsoft.CodeAnalysis.CSharp");
        Assert.That(RoomArrows.Objections(core), Is.Empty, "move the type up, or give the upper room an interface of its own");
    }

    [TestCase("namespace Obs.Core.Engine { class Line {} } namespace Obs.Core.Market { class Book { Obs.Core.Engine.Line line; } }", "Market uses Engine")]
    [TestCase("namespace Obs.Core.Market.Upbit { class A {} } namespace Obs.Core.Market.Binance { class B { Upbit.A a; } }", "Market/Binance uses Market/Upbit")]
    [TestCase("namespace Obs.Core.Market.Upbit { class A {} } namespace Obs.Core.Market { class B { Upbit.A[] a; } }", "Market uses Market/Upbit")]
    [TestCase("namespace Obs.Core.Odds { class A { int a = 1; } }", "no room")]
    public void A_forbidden_arrow_is_objected_to(string sample, string objection)
    {
        CSharpCompilation compilation = RoomArrows.Compile([SourceFile.Sample(Venues), SourceFile.Sample(sample)]);
        Assert.That(RoomArrows.Objections(compilation), Has.Some.Contains(objection));
    }

    [Test]
    public void An_arrow_without_a_written_name_is_seen()
    {
        const string sample = "namespace Obs.Core.Trading { class Order {} } namespace Obs.Core.Market { static class Any { public static T Of<T>(T x) => x; } }"
            + " namespace Obs.Core.Engine { class Line { public static Obs.Core.Trading.Order[] All = []; } }"
            + " namespace Obs.Core.Signals { class Row { object row = Obs.Core.Market.Any.Of(Obs.Core.Engine.Line.All); } }";
        IReadOnlyList<string> objections = RoomArrows.Objections(RoomArrows.Compile([SourceFile.Sample(Venues), SourceFile.Sample(sample)]));
        Assert.That(objections, Has.Some.Contains("Signals uses Trading (Order)"), "the type of an expression counts, not only its spelling");
    }

    [Test]
    public void An_allowed_arrow_is_left_alone()
    {
        const string sample = "namespace Obs.Core.Market.Upbit { class A { VenueId venue; } } namespace Obs.Core.Market.Text { class T { VenueId venue; } }"
            + " namespace Obs.Core.Engine { class B { Market.Upbit.A a; Market.Text.T t; } }";
        Assert.That(RoomArrows.Objections(RoomArrows.Compile([SourceFile.Sample(Venues), SourceFile.Sample(sample)])), Is.Empty);
    }

    [Test]
    public void Namespaces_are_folders()
    {
        IEnumerable<string> strangers = SourceTree.CSharp("src/", "tests/", "bench/").Where(static (SourceFile f) => NamespaceOf(f) is string ns && ns != FolderNamespace(f.Path)).Select(static (SourceFile f) => f.Path);
        Assert.That(strangers, Is.Empty, "the folder names the room, so the namespace must say the same");
    }

    [TestCase("src/Obs.Core/Market/Upbit/UpbitDecoder.cs", "Obs.Core.Market.Upbit")]
    [TestCase("tests/Obs.Core.Tests/Market/BookTests.cs", "Obs.Core.Tests.Market")]
    public void A_folder_has_one_namespace(string path, string ns) => Assert.That(FolderNamespace(path), Is.EqualTo(ns));

    private static string? NamespaceOf(SourceFile file) =>
        file.Tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString();

    private static string FolderNamespace(string path)
    {
        string[] parts = path.Split('/');
        return string.Join('.', parts[1..^1]);
    }
}
