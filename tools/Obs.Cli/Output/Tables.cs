using System;
using Spectre.Console;

namespace Obs.Cli.Output;

/// <summary>Tables of figures for a person.</summary>
internal static class Tables
{
    private const int WidthMin = 160;       // a redirected stdout counts as 80 columns, which breaks prices in the middle

    /// <summary>Prints a table as wide as its cells need, up to 160 columns; a narrower terminal wraps whole lines, never the digits of a cell.</summary>
    public static void Print(Table table)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, WidthMin);
        AnsiConsole.Write(table);
    }
}
