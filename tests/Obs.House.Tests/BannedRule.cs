using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

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
        return files.Where(HoldsIn).SelectMany((SourceFile file) => file.CodeLines
            .Select(static (string code, int index) => (code, line: index + 1))
            .Where(((string Code, int) at) => pattern.IsMatch(at.Code))
            .Select(((string Code, int Line) at) => $"{file.Path}:{at.Line}: {at.Code.Trim()}"));
    }

    private bool HoldsIn(SourceFile file) =>
        Rooms.Any((string room) => file.Path.StartsWith(room, StringComparison.Ordinal)) && (Doors is null || !Regex.IsMatch(file.Path, Doors));
}
