using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Obs.House.Tests;

/// <summary>One C# file of the repository: where it stands, its text, and its syntax tree (parsed once, on first use).</summary>
internal sealed class SourceFile(string path, string text)
{
    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Preview)
        .WithDocumentationMode(DocumentationMode.Parse)
        .WithPreprocessorSymbols("DEBUG", "NET", "NET10_0", "NET10_0_OR_GREATER");

    private readonly Lazy<SyntaxTree> _tree =
        new(() => CSharpSyntaxTree.ParseText(text, Options, path), LazyThreadSafetyMode.ExecutionAndPublication);

    private string[]? _codeLines;

    /// <summary>Path below the repository root, with slashes.</summary>
    public string Path { get; } = path;

    /// <summary>The whole text, line ends as in the file.</summary>
    public string Text { get; } = text;

    /// <summary>The parsed file.</summary>
    public SyntaxTree Tree => _tree.Value;

    /// <summary>The lines with comments and the insides of strings blanked, made on first use.</summary>
    public IReadOnlyList<string> CodeLines => _codeLines ??= BlankText();

    /// <summary>Number of lines; a final newline does not begin another.</summary>
    public int Lines => Text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    /// <summary>A sample written in a test, as if it stood at a path.</summary>
    public static SourceFile Sample(string text, string path = "src/Obs.Core/Market/Sample.cs") => new(path, text);

    /// <summary>Where a node begins, as <c>path:line</c>.</summary>
    public string Where(SyntaxNode node) => $"{Path}:{Tree.GetLineSpan(node.Span).StartLinePosition.Line + 1}";

    /// <summary>Reads a file of the repository.</summary>
    public static SourceFile Read(string root, string path) => new(path, File.ReadAllText(System.IO.Path.Combine(root, path)));

    private string[] BlankText()
    {
        char[] code = Text.ToCharArray();
        SyntaxNode root = Tree.GetRoot();
        foreach (SyntaxTrivia trivia in root.DescendantTrivia().Where(static (SyntaxTrivia t) => t.Kind() is not SyntaxKind.WhitespaceTrivia and not SyntaxKind.EndOfLineTrivia))
            Blank(code, trivia.FullSpan.Start, trivia.FullSpan.End);
        foreach (SyntaxToken token in root.DescendantTokens().Where(static (SyntaxToken t) => IsText(t.Kind())))
            Blank(code, token.SpanStart, token.Span.End);
        return new string(code).Split('\n');
    }

    private static bool IsText(SyntaxKind kind) => kind is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
        or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken;

    private static void Blank(char[] code, int from, int to)
    {
        for (int index = from; index < to; index++)
            code[index] = code[index] == '\n' ? '\n' : ' ';
    }
}
