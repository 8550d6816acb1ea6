using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Obs.House.Tests;

/// <summary>The counters behind the house limits. Each reads one parsed file; a finding names its place.</summary>
internal static partial class Counters
{
    /// <summary>Lines of each member with a body, from its first modifier to its last brace; one-line expression bodies are no bodies.</summary>
    public static IEnumerable<(int Lines, string Where)> MethodLines(SourceFile file)
    {
        foreach (SyntaxNode node in file.Tree.GetRoot().DescendantNodes())
        {
            SyntaxNode? body = node switch
            {
                BaseMethodDeclarationSyntax method => method.Body ?? (SyntaxNode?)method.ExpressionBody,
                LocalFunctionStatementSyntax local => local.Body ?? (SyntaxNode?)local.ExpressionBody,
                AccessorDeclarationSyntax accessor => accessor.Body ?? (SyntaxNode?)accessor.ExpressionBody,
                PropertyDeclarationSyntax property => property.ExpressionBody,
                _ => null,
            };
            if (body is null)
                continue;
            SyntaxToken last = node.GetLastToken();
            SyntaxToken first = node.ChildTokens().FirstOrDefault(body.GetFirstToken());
            SyntaxToken named = node.DescendantNodesAndTokens(static (SyntaxNode n) => n is not AttributeListSyntax)
                .Where(static (SyntaxNodeOrToken part) => part.IsToken && part.Parent?.FirstAncestorOrSelf<AttributeListSyntax>() is null).Select(static (SyntaxNodeOrToken part) => part.AsToken()).FirstOrDefault(first);
            int lines = LineOf(file, last.Span.End) - LineOf(file, named.SpanStart) + 1;
            if (body is BlockSyntax || lines > 1)
                yield return (lines, file.Where(node));
        }
    }

    /// <summary>Members that another file can see, with the question whether a documentation comment stands above them.</summary>
    public static IEnumerable<(bool Documented, string Where)> VisibleMembers(SourceFile file) =>
        from node in file.Tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>()
        where node is not BaseNamespaceDeclarationSyntax and not IncompleteMemberSyntax and not GlobalStatementSyntax && IsVisible(node)
        select (node.GetLeadingTrivia().Any(static (SyntaxTrivia t) => t.HasStructure && t.GetStructure() is DocumentationCommentTriviaSyntax), file.Where(node));

    /// <summary>Lines that hold at least one token: neither empty nor comment only.</summary>
    public static int CodeLines(SourceFile file)
    {
        HashSet<int> lines = [];
        foreach (SyntaxToken token in file.Tree.GetRoot().DescendantTokens().Where(static (SyntaxToken t) => t.Span.Length > 0))
        {
            for (int line = LineOf(file, token.SpanStart); line <= LineOf(file, token.Span.End); line++)
                lines.Add(line);
        }
        return lines.Count;
    }

    /// <summary>Calls whose name holds "assert".</summary>
    public static int Assertions(SourceFile file) =>
        file.Tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Count(static (InvocationExpressionSyntax call) =>
            call.Expression.ToString().Split('.')[^1].Contains("assert", StringComparison.OrdinalIgnoreCase));

    /// <summary>Types of every kind, nested ones too.</summary>
    public static IEnumerable<BaseTypeDeclarationSyntax> Types(SourceFile file) =>
        file.Tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>();

    /// <summary>Classes and record classes: the types that could be inherited from.</summary>
    public static IEnumerable<TypeDeclarationSyntax> Classes(SourceFile file) =>
        Types(file).OfType<TypeDeclarationSyntax>().Where(static (TypeDeclarationSyntax t) => t.Kind() is SyntaxKind.ClassDeclaration or SyntaxKind.RecordDeclaration);

    /// <summary>True when nobody can inherit by accident.</summary>
    public static bool IsClosed(TypeDeclarationSyntax type) =>
        type.Modifiers.Any(static (SyntaxToken m) => m.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword);

    /// <summary>True for a type written public.</summary>
    public static bool IsPublic(BaseTypeDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PublicKeyword);

    /// <summary>Names that hide the job.</summary>
    public static IEnumerable<string> VagueNames(SourceFile file) =>
        Types(file).Where(static (BaseTypeDeclarationSyntax t) => VagueEnding().IsMatch(t.Identifier.Text)).Select((BaseTypeDeclarationSyntax t) => $"{file.Where(t)} {t.Identifier.Text}");

    /// <summary>Static state that can change: fields without readonly, properties with a setter.</summary>
    public static IEnumerable<string> StaticMutables(SourceFile file)
    {
        foreach (MemberDeclarationSyntax member in file.Tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>().Where(static (MemberDeclarationSyntax m) => m.Modifiers.Any(SyntaxKind.StaticKeyword)))
        {
            bool mutable = member switch
            {
                FieldDeclarationSyntax field => !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword),
                PropertyDeclarationSyntax property => property.AccessorList?.Accessors.Any(SyntaxKind.SetAccessorDeclaration) == true
                    && !property.Modifiers.Any(SyntaxKind.AbstractKeyword),
                _ => false,
            };
            if (mutable)
                yield return $"{file.Where(member)} {member.ToString().Split('\n')[0]}";
        }
    }

    /// <summary>#region walls.</summary>
    public static IEnumerable<string> Regions(SourceFile file) =>
        file.Tree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<RegionDirectiveTriviaSyntax>().Select((RegionDirectiveTriviaSyntax r) => file.Where(r));

    /// <summary>Comments that put work off.</summary>
    public static IEnumerable<string> PutOff(SourceFile file) =>
        from trivia in file.Tree.GetRoot().DescendantTrivia()
        where trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia
        where PutOffWord().IsMatch(trivia.ToFullString())
        select $"{file.Path}:{LineOf(file, trivia.SpanStart) + 1}";

    /// <summary>Types at the top level of a file, without its file-local companions.</summary>
    public static int TopLevelTypes(SourceFile file) =>
        Types(file).Count(static (BaseTypeDeclarationSyntax t) => t.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax && !t.Modifiers.Any(SyntaxKind.FileKeyword));

    /// <summary>The value below which a share of the values lies (nearest rank from above, as the style counters of other trees were taken).</summary>
    public static int Percentile(IEnumerable<int> values, double share)
    {
        int[] ordered = [.. values.Order()];
        return ordered.Length == 0 ? 0 : ordered[Math.Min(ordered.Length - 1, (int)(share * ordered.Length))];
    }

    private static bool IsVisible(MemberDeclarationSyntax member)
    {
        bool byInterface = member.Parent is InterfaceDeclarationSyntax;
        if (member is not EnumMemberDeclarationSyntax && !byInterface && !HasVisibleModifier(member))
            return false;
        if (member.Modifiers.Any(SyntaxKind.OverrideKeyword) || member.Modifiers.Any(SyntaxKind.PrivateKeyword))
            return false;
        return member.Ancestors().OfType<BaseTypeDeclarationSyntax>().All(HasVisibleModifier);
    }

    private static bool HasVisibleModifier(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(static (SyntaxToken m) => m.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword);

    private static int LineOf(SourceFile file, int position) => file.Tree.GetText().Lines.GetLineFromPosition(position).LineNumber;

    [GeneratedRegex("(?<!Throw)(Helpers?|Managers?|Utils?|Utility|Utilities)$")]
    private static partial Regex VagueEnding();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex PutOffWord();
}
