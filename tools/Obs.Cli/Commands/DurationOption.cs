using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Obs.Cli.Commands;

/// <summary>Options whose value is a length of time, read by <see cref="DurationText"/>; the value is in the option's own unit.</summary>
internal static class DurationOption
{
    /// <summary>ns in a second.</summary>
    public const long Seconds = 1_000_000_000;

    /// <summary>ns in a millisecond.</summary>
    public const long Milliseconds = 1_000_000;

    /// <summary>ns in a day.</summary>
    public const long Days = 86_400_000_000_000;

    /// <summary>An option with a default.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="unitNs">Its unit, ns.</param>
    /// <param name="otherwise">The default, in its unit.</param>
    /// <param name="description">What it means.</param>
    public static Option<double> Create(string name, long unitNs, double otherwise, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => otherwise,
        CustomParser = argument => Read(argument, name, unitNs) ?? 0,
    };

    /// <summary>An option without a default.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="unitNs">Its unit, ns.</param>
    /// <param name="description">What it means.</param>
    public static Option<double?> CreateOptional(string name, long unitNs, string description) => new(name)
    {
        Description = description,
        CustomParser = argument => Read(argument, name, unitNs),
    };

    /// <summary>An option in whole ns, exact over the whole range; 0 when left out.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it means.</param>
    public static Option<long> CreateExactNs(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = argument => ReadExactNs(argument, name),
    };

    private static double? Read(ArgumentResult argument, string name, long unitNs)
    {
        if (DurationText.TryParse(argument.Tokens[0].Value, unitNs, out double value))
            return value;
        argument.AddError($"{name} is '{argument.Tokens[0].Value}'; give a number of {Word(unitNs)}, or one with its unit: {DurationText.Examples}.");
        return null;
    }

    private static long ReadExactNs(ArgumentResult argument, string name)
    {
        string text = argument.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long bare))
            return bare;
        if (DurationText.TryParseNs(text, out decimal ns) && ns == decimal.Truncate(ns) && ns is >= long.MinValue and <= long.MaxValue)
            return (long)ns;
        argument.AddError($"{name} is '{text}'; give a whole number of ns, or a number with its unit: 250us, -3ms, 1.5s.");
        return 0;
    }

    private static string Word(long unitNs) => unitNs switch
    {
        Milliseconds => "ms",
        Days => "days",
        _ => "seconds",
    };
}
