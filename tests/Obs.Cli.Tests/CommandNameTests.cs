using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary>A message names the program as its reader started it.</summary>
internal sealed class CommandNameTests
{
    [TestCase("run `obs journal repair data`", "run `./obs journal repair data`")]
    [TestCase("obs import --decoded, or obs up", "./obs import --decoded, or ./obs up")]
    [TestCase("Usage:\n  obs [command] [options]", "Usage:\n  ./obs [command] [options]")]
    [TestCase("obs --help shows what there is.", "./obs --help shows what there is.")]
    public void The_launchers_word_stands_in_what_can_be_typed(string text, string expected) =>
        Assert.That(CommandName.In(text, "./obs"), Is.EqualTo(expected));

    [TestCase("./obs docs write")]
    [TestCase("a fault of obs itself")]
    [TestCase("/usr/bin/obs up")]
    [TestCase("two jobs up")]
    [TestCase(".obs/up")]
    public void Other_text_stays(string text) => Assert.That(CommandName.In(text, "/opt/obs/obs"), Is.EqualTo(text));

    [TestCase(null), TestCase(""), TestCase("a\nb")]
    public void Without_a_word_the_text_stays(string? word) => Assert.That(CommandName.In("obs up", word), Is.EqualTo("obs up"));
}
