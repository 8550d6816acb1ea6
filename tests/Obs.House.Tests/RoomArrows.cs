using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Obs.House.Tests;

/// <summary>Reads the symbols the compiler bound and lists every use of a room that is not above its user.</summary>
/// <remarks>Names alone are not enough: a value can be passed on without its type being written, so the type of every expression counts too.</remarks>
internal static class RoomArrows
{
    /// <summary>Compiles sources against the framework this test runs on (Core knows nothing else).</summary>
    public static CSharpCompilation Compile(IEnumerable<SourceFile> files)
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<MetadataReference> references = trusted.Split(Path.PathSeparator)
            .Where((string path) => Path.GetDirectoryName(path) == framework)
            .Select(static (string path) => (MetadataReference)MetadataReference.CreateFromFile(path));
        CSharpCompilationOptions options = new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create("Obs.Core", files.Select(static (SourceFile f) => f.Tree), references, options);
    }

    /// <summary>Errors that would leave symbols unbound. Parts that source generators write (CS8795) are not among them.</summary>
    public static IReadOnlyList<string> Errors(CSharpCompilation compilation) =>
        [.. compilation.GetDiagnostics().Where(static (Diagnostic d) => d.Severity == DiagnosticSeverity.Error && d.Id != "CS8795").Select(static (Diagnostic d) => d.ToString())];

    /// <summary>One line per place and forbidden target, e.g. <c>Market/Book.cs:12: Market uses Engine (Pipeline)</c>.</summary>
    public static IReadOnlyList<string> Objections(CSharpCompilation compilation)
    {
        INamedTypeSymbol? venueId = compilation.GetTypeByMetadataName("Obs.Core.Market.VenueId");
        RoomTable rooms = new(venueId is null ? [] : [.. venueId.MemberNames]);
        return
        [
            .. compilation.SyntaxTrees.AsParallel().SelectMany((SyntaxTree tree) => ObjectionsOf(tree, compilation, rooms))
                .Distinct().Order(StringComparer.Ordinal),
        ];
    }

    private static HashSet<string> ObjectionsOf(SyntaxTree tree, CSharpCompilation compilation, RoomTable rooms)
    {
        HashSet<string> objections = [];
        SemanticModel model = compilation.GetSemanticModel(tree);
        foreach (ExpressionSyntax node in tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>())
            AddObjections(objections, rooms, compilation.Assembly, model, node);
        return objections;
    }

    private static void AddObjections(HashSet<string> objections, RoomTable rooms, IAssemblySymbol core, SemanticModel model, ExpressionSyntax node)
    {
        BaseNamespaceDeclarationSyntax? place = node.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>();
        if (place is null || place.Name == node || place.Name.Contains(node))
            return;
        string? from = rooms.RoomOf(place.Name.ToString());
        FileLinePositionSpan at = node.SyntaxTree.GetLineSpan(node.Span);
        if (from is null)
        {
            objections.Add($"{at.Path}: namespace {place.Name} is no room; {nameof(RoomTable)} lists them");
            return;
        }
        foreach (INamedTypeSymbol used in UsedTypes(model, node).Where((INamedTypeSymbol t) => SymbolEqualityComparer.Default.Equals(t.ContainingAssembly, core)))
        {
            string? to = rooms.RoomOf(used.ContainingNamespace.ToDisplayString());
            if (to is not null && !RoomTable.MayUse(from, to))
                objections.Add($"{at.Path}:{at.StartLinePosition.Line + 1}: {from} uses {to} ({used.Name})");
        }
    }

    private static IEnumerable<INamedTypeSymbol> UsedTypes(SemanticModel model, ExpressionSyntax node)
    {
        ISymbol? symbol = model.GetSymbolInfo(node).Symbol;
        TypeInfo type = model.GetTypeInfo(node);
        return Named(symbol as ITypeSymbol ?? symbol?.ContainingType).Concat(Named(type.Type)).Concat(Named(type.ConvertedType));
    }

    private static IEnumerable<INamedTypeSymbol> Named(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => Named(array.ElementType),
        IPointerTypeSymbol pointer => Named(pointer.PointedAtType),
        INamedTypeSymbol named => named.TypeArguments.SelectMany(Named).Prepend(named),
        _ => [],
    };
}
