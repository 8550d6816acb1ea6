using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary>Lengths of time are written in one way, whichever command and option they are for.</summary>
internal sealed class DurationTests
{
    private const long SecondNs = 1_000_000_000;

    private static readonly string[] Required = ["--out", "x", "--model", "x", "--input", "x"];

    [TestCase("8", 8), TestCase("8s", 8), TestCase("8000ms", 8), TestCase("0.5", 0.5), TestCase("500ms", 0.5), TestCase(".5s", 0.5)]
    [TestCase("2m", 120), TestCase("2min", 120), TestCase("1.5h", 5400), TestCase("3d", 259_200), TestCase("250us", 0.00025), TestCase("250µs", 0.00025)]
    [TestCase("7ns", 7e-9), TestCase("-1", -1), TestCase("-1s", -1), TestCase("0s", 0), TestCase("1e3", 1000), TestCase("nan", double.NaN), TestCase("1e308", 1e308)]
    public void A_bare_number_is_in_the_options_unit_and_a_unit_says_otherwise(string text, double seconds)
    {
        Assert.That(DurationText.TryParse(text, SecondNs, out double value), Is.True);
        Assert.That(value, Is.EqualTo(seconds).Within(1e-12).Percent);
    }

    [TestCase(""), TestCase("s"), TestCase("8 s"), TestCase("8x"), TestCase("8S"), TestCase("1,5s"), TestCase("1,000"), TestCase("1e3s"), TestCase("5m30s"), TestCase("--1s"), TestCase("1.2.3s"), TestCase("99999999999999d")]
    public void What_is_no_length_of_time_is_refused(string text) => Assert.That(DurationText.TryParse(text, SecondNs, out _), Is.False);

    [TestCase("1h", 1), TestCase("8", 8)]
    public void The_same_text_serves_options_of_other_units(string text, double hours)
    {
        Assert.That(DurationText.TryParse(text, 3_600 * SecondNs, out double value), Is.True);
        Assert.That(value, Is.EqualTo(hours));
    }

    [TestCaseSource(nameof(DurationOptions))]
    public void Every_option_of_every_command_takes_both_forms(string[] command, string option)
    {
        Assert.That(Problems(command, option, "8"), Is.Empty, "a bare number");
        Assert.That(Problems(command, option, "8s"), Is.Empty, "a number with its unit");
        Assert.That(Problems(command, option, "8x").Single(), Does.StartWith($"{option} is '8x'; give").And.Contain("with its unit"), "the control");
    }

    [Test]
    public void The_options_that_name_a_time_are_all_found() =>
        Assert.That(DurationOptions().Select(static test => (string)test.Arguments[1]!).Distinct().Order(),
            Is.EqualTo(new[] { "--clock-offset-ns", "--duration", "--entry-ms", "--keep-days", "--response-ms", "--seconds", "--stale-ms" }));

    private static IEnumerable<TestCaseData> DurationOptions() =>
        from command in Commands(CommandTree.Build(), [])
        from option in command.Command.Options
        where option.Name is "--duration" or "--seconds" || option.Name.Split('-')[^1] is "ms" or "ns" or "days"
        select new TestCaseData(command.Path, option.Name).SetArgDisplayNames(string.Join(' ', command.Path), option.Name);

    private static IEnumerable<(Command Command, string[] Path)> Commands(Command command, string[] path) =>
        command.Subcommands.SelectMany(sub => Commands(sub, [.. path, sub.Name])).Prepend((command, path));

    private static string[] Problems(string[] command, string option, string value)
    {
        ParseResult parsed = CommandTree.Build().Parse([.. command, option, value, .. Required]);
        return [.. parsed.Errors.Select(static error => error.Message).Where(message => message.Contains(option, System.StringComparison.Ordinal))];
    }
}
