using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Obs.House.Tests;

/// <summary>Text that may not stand in a room, and what to write instead. Comments and strings are not code and don't count.</summary>
/// <param name="Rooms">Path prefixes the rule holds in.</param>
/// <param name="Pattern">Regular expression over the code of one line.</param>
/// <param name="Instead">The replacement, named in the message.</param>
/// <param name="Doors">Regular expression of paths where the thing has its one door; null = nowhere.</param>
internal sealed record BannedRule(string[] Rooms, string Pattern, string Instead, string? Doors = null)
{
    /// <summary>Places that break the rule, as <c>path:line: text</c>.</summary>
    public IEnumerable<string> Breaches(IEnumerable<SourceFile> files)
    {
        Regex pattern = new(Pattern, RegexOptions.CultureInvariant);
        return files.Where(HoldsIn).SelectMany((SourceFile file) => CodeLinesOf(file)
            .Select(static (string code, int index) => (code, line: index + 1))
            .Where(((string Code, int) at) => pattern.IsMatch(at.Code))
            .Select(((string Code, int Line) at) => $"{file.Path}:{at.Line}: {at.Code.Trim()}"));
    }

    private bool HoldsIn(SourceFile file) =>
        Rooms.Any((string room) => file.Path.StartsWith(room, StringComparison.Ordinal)) && (Doors is null || !Regex.IsMatch(file.Path, Doors));

    private static string[] CodeLinesOf(SourceFile file)
    {
        char[] code = file.Text.ToCharArray();
        foreach (SyntaxTrivia trivia in file.Tree.GetRoot().DescendantTrivia().Where(static (SyntaxTrivia t) => t.Kind() is not SyntaxKind.WhitespaceTrivia and not SyntaxKind.EndOfLineTrivia))
            Blank(code, trivia.FullSpan.Start, trivia.FullSpan.End);
        foreach (SyntaxToken token in file.Tree.GetRoot().DescendantTokens().Where(static (SyntaxToken t) => t.IsKind(SyntaxKind.StringLiteralToken)
            || t.Kind() is SyntaxKind.InterpolatedStringTextToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken))
        {
            Blank(code, token.SpanStart, token.Span.End);
        }
        return new string(code).Split('\n');
    }

    private static void Blank(char[] code, int from, int to)
    {
        for (int index = from; index < to; index++)
            code[index] = code[index] == '\n' ? '\n' : ' ';
    }
}
