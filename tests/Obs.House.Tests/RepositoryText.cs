using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Obs.House.Tests;

/// <summary>Checks on tracked text that is not code alone: paths of somebody's machine, registry hosts, links between pages.</summary>
internal static partial class RepositoryText
{
    /// <summary>Lines that name a folder of one machine.</summary>
    public static IEnumerable<string> MachinePaths(string path, string text) =>
        Lines(text).Where(static ((string Line, int) at) => MachinePath().IsMatch(at.Line)).Select(((string, int Number) at) => $"{path}:{at.Number}");

    /// <summary>Lines of a lock file or package settings that name a host: where packages come from is the machine's business.</summary>
    public static IEnumerable<string> RegistryHosts(string path, string text) =>
        Lines(text).Where(static ((string Line, int) at) => Host().IsMatch(at.Line)).Select(((string, int Number) at) => $"{path}:{at.Number}");

    /// <summary>Relative links of a Markdown page that lead nowhere.</summary>
    public static IEnumerable<string> DeadLinks(string path, string text, Func<string, bool> exists)
    {
        string folder = Path.GetDirectoryName(path) ?? "";
        string prose = Code().Replace(text, static (Match m) => new string('\n', m.Value.Count(static (char c) => c == '\n')));
        foreach (Match link in Link().Matches(prose))
        {
            string target = link.Groups["target"].Value.Split('#')[0];
            if (target.Length == 0 || target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
                continue;
            string wanted = target.StartsWith('/') ? target[1..] : Path.Combine(folder, Uri.UnescapeDataString(target));
            if (!exists(wanted))
                yield return $"{path}: {target}";
        }
    }

    /// <summary>Lines that cite what a reader of the repository does not have: papers beside it, numbers of tickets, sections without a document.</summary>
    public static IEnumerable<string> OutsideCitations(string path, string text) =>
        Lines(text).Where(static ((string Line, int) at) => OutsideCitation().IsMatch(at.Line)).Select(((string Line, int Number) at) => $"{path}:{at.Number}: {at.Line.Trim()}");

    private static IEnumerable<(string Line, int Number)> Lines(string text) => text.Split('\n').Select(static (string line, int index) => (line, index + 1));

    [GeneratedRegex(@"(?<![\w.])/(work|root|home/\w+|Users/\w+|tmp/\w+)/")]
    private static partial Regex MachinePath();

    // a section sign is fine behind a public document (RFC 8259, a paper and its year)
    [GeneratedRegex(@"\bDESIGN\b|\bSTYLE[.]md|\bREQUIREMENTS\b|\bPACKAGES[.]md|\bfacts[/]|\b[Ii]ssues? #?[0-9]|(?<!RFC [0-9]+ |[12][0-9]{3}, )\u00a7|\bR[1-9]'s\b")]
    private static partial Regex OutsideCitation();

    [GeneratedRegex("https?://", RegexOptions.IgnoreCase)]
    private static partial Regex Host();

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\[[^\]]*\]\(\s*<?(?<target>[^)\s>]+)>?[^)]*\)")]
    private static partial Regex Link();
}
