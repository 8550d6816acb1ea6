using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary>Every command says what it does, shows an example and can answer in JSON.</summary>
internal sealed class CommandTreeTests
{
    private static IEnumerable<string> Commands => Walk(CommandTree.Build(), "");

    private static IEnumerable<string> Leaves => Commands.Where(static path => Find(path).Subcommands.Count == 0);

    [TestCaseSource(nameof(Commands))]
    public void Help_of_a_command_shows_an_example(string path)
    {
        string help = HelpOf(path);
        Assert.That(help, Does.Match($@"Example:\s+obs {path}\b"));
    }

    [TestCaseSource(nameof(Leaves))]
    public void A_command_can_answer_in_json(string path) => Assert.That(HelpOf(path), Does.Contain("--json"));

    [TestCase("import")]
    [TestCase("replay")]
    [TestCase("predict")]
    [TestCase("explain")]
    [TestCase("diff")]
    [TestCase("journal verify")]
    [TestCase("journal dump")]
    [TestCase("journal repair")]
    [TestCase("doctor")]
    public void A_promised_command_is_there(string path) => Assert.That(Leaves, Does.Contain(path));

    [TestCase("replay", "--venue", "--input", "--symbol", "--from", "--to", "--until-seq", "--model", "--strategy", "--threshold", "--fee", "--cost", "--layout", "--pin", "--speed", "--out", "--json")]
    [TestCase("replay", "--orders", "--compatible", "--queue", "--exchange", "--entry-ms", "--response-ms", "--maker", "--taker", "--clock-offset-ns", "--journal", "--snapshot", "--obi-levels", "--cash", "--order-size")]
    [TestCase("predict", "--model", "--input", "--path")]
    [TestCase("import", "--decoded", "--strict", "--tick", "--lot")]
    public void A_promised_option_is_there(string path, params string[] options) =>
        Assert.That(options.Except(Find(path).Options.Select(static option => option.Name)), Is.Empty);

    [Test]
    public void An_unknown_command_and_an_unknown_option_are_refused()
    {
        Assert.That(CommandTree.Build().Parse(["repaly"]).Errors, Is.Not.Empty);
        Assert.That(CommandTree.Build().Parse(["replay", "--spede", "1"]).Errors, Is.Not.Empty);
        Assert.That(CommandTree.Build().Parse(["replay", "--speed", "1"]).Errors, Is.Empty, "the control");
    }

    private static string HelpOf(string path)
    {
        using StringWriter output = new();
        int code = CommandTree.Build().Parse([.. path.Split(' '), "--help"]).Invoke(new InvocationConfiguration { Output = output });
        Assert.That(code, Is.Zero);
        return output.ToString();
    }

    private static Command Find(string path) =>
        path.Split(' ').Aggregate((Command)CommandTree.Build(), static (command, word) => command.Subcommands.Single(sub => sub.Name == word));

    private static IEnumerable<string> Walk(Command command, string prefix) =>
        command.Subcommands.SelectMany(sub => Walk(sub, prefix + sub.Name + " ").Prepend(prefix + sub.Name));
}
