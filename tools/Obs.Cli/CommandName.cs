using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace Obs.Cli;

/// <summary>How the reader of a message starts this program: the launcher says (OBS_COMMAND), so that what a message advises can be typed as it stands.</summary>
/// <remarks>The code writes <c>obs journal repair</c> everywhere; the last step before a text is shown puts the launcher's word in its place.</remarks>
internal static partial class CommandName
{
    /// <summary>The variable in which the launcher tells its own name.</summary>
    public const string Variable = "OBS_COMMAND";

    private const int LettersMax = 200;

    /// <summary>A text with the program called as it was called.</summary>
    public static string In(string text) => In(text, Environment.GetEnvironmentVariable(Variable));

    /// <summary>A text with the program called by a word; one that is no word leaves the text as it is.</summary>
    public static string In(string text, string? word)
    {
        if (string.IsNullOrWhiteSpace(word) || word.Length > LettersMax || word.Any(char.IsControl))
            return text;
        return Call().Replace(text, _ => word);
    }

    // the program's name, followed by a command, by what stands for one, or by an option
    [GeneratedRegex(@"(?<![\w./-])obs(?= +(?:up|generate|import|replay|predict|explain|diff|journal|doctor|docs|bench|test|\[|--))")]
    private static partial Regex Call();
}
