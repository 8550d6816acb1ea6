using System.Globalization;

namespace Obs.Cli.Output;

/// <summary>What may reach a terminal of bytes that somebody else wrote.</summary>
internal static class TerminalText
{
    /// <summary>True for letters that only show; false for those that move the cursor, colour, or turn the direction of what follows.</summary>
    public static bool IsHarmless(char letter) => char.GetUnicodeCategory(letter)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
