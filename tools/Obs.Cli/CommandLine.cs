using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Obs.Cli;

/// <summary>From words to a command: a line that cannot be understood ends with one message on stderr, never with a help page on stdout.</summary>
internal static partial class CommandLine
{
    private const int TypoDistance = 3;

    /// <summary>Runs a command line; no words at all show the help.</summary>
    /// <exception cref="CliException">The line is wrong; the message says where and what is possible.</exception>
    public static int Run(string[] args)
    {
        ParseResult parsed = CommandTree.Build().Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Action is ParseErrorAction)
            throw new CliException(ExitCode.Usage, Problem(parsed));
        using StringWriter help = new();
        int code = parsed.Invoke(new InvocationConfiguration { Output = help, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
        Console.Out.Write(CommandName.In(help.ToString()));
        return code;
    }

    /// <summary>What is wrong with a line, with the nearest known word for each unknown one.</summary>
    public static string Problem(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        List<string> problems = [.. parsed.Errors.Select(static error => Plain(error.Message)).Distinct()];
        foreach (string word in parsed.UnmatchedTokens)
        {
            if (Nearest(word, command) is { } known)
                problems.Add($"Did you mean {known}?");
        }
        return $"{string.Join(" ", problems)} {PathOf(parsed.CommandResult)} --help shows what there is.";
    }

    private static string PathOf(CommandResult result) => result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "obs";

    // the parser names types of .NET; a person wants to know what to write
    private static string Plain(string message) => ExpectedType().Replace(message, static match =>
    {
        string type = match.Groups[1].Value;
        if (type.Contains("UInt", StringComparison.Ordinal))
            return "; give a whole number from 0.";
        return type.Contains("Int", StringComparison.Ordinal) ? "; give a whole number." : "; give a plain number such as 0.0005.";
    });

    private static string? Nearest(string word, Command command)
    {
        IEnumerable<string> known = command.Subcommands.Select(static sub => sub.Name).Concat(command.Options.Select(static option => option.Name));
        string? nearest = known.MinBy(name => Distance(word, name));
        return nearest is not null && Distance(word, nearest) <= Math.Min(TypoDistance, word.Length / 2) ? nearest : null;
    }

    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }

    [GeneratedRegex(@" as expected type '([^']*)'\.")]
    private static partial Regex ExpectedType();
}
