using System.Globalization;

namespace Obs.Cli.Output;

/// <summary>Numbers of things in a sentence.</summary>
internal static class Counted
{
    /// <summary>1 frame, 2 frames.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">The word for one; its plural ends in s.</param>
    public static string Of(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
