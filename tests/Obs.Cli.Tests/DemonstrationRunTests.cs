using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary>What <c>obs up</c> shows without arguments, repeated from its own folder, and the rows a model is trained on.</summary>
internal sealed class DemonstrationRunTests
{
    [Test]
    public void A_live_run_says_that_it_takes_no_fee_and_is_repeated_from_its_folder()
    {
        using Scratch scratch = new();
        ObsRun live = ObsRun.Of("up", "--duration", "4", "--data", scratch["live"], "--json");
        Assert.That(live.Json.GetProperty("books").GetInt64(), Is.Positive);
        ObsRun again = ObsRun.Of("replay", "--run", scratch["live"], "--json");
        Assert.Multiple(() =>
        {
            Assert.That(again.Json.GetProperty("stateHash").GetString(), Is.EqualTo(live.Json.GetProperty("stateHash").GetString()));
            Assert.That(live.Errors, Does.Contain("fees are 0 in this demonstration"));
        });
    }

    [Test]
    public void A_fee_that_is_given_is_taken_without_a_word()
    {
        using Scratch scratch = new();
        ObsRun live = ObsRun.Of("up", "--duration", "1", "--fee", "0.0005", "--data", scratch["live"], "--json");
        Assert.That(live.Json.GetProperty("orders").GetInt64(), Is.Not.Negative);
        Assert.That(live.Errors, Does.Not.Contain("fees are 0"));
        Assert.That(File.ReadAllText(Path.Combine(scratch["live"], "run.json")), Does.Contain("\"takerFee\": 0.0005"));
    }

    [Test]
    public void All_features_stand_in_a_file_of_their_own_and_the_six_stay_as_they_are()
    {
        using Scratch scratch = new();
        string recording = MadeRecording.Write(scratch["made.frames"], 1_000);
        ObsRun.Of("replay", "--venue", "upbit", "--input", recording, "--out", scratch["six"], "--json");
        ObsRun.Of("replay", "--venue", "upbit", "--input", recording, "--out", scratch["all"], "--all-features", "--json");
        string[] six = File.ReadAllLines(Path.Combine(scratch["six"], "features.csv"));
        string[] all = File.ReadAllLines(Path.Combine(scratch["all"], "features_all.csv"));
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllLines(Path.Combine(scratch["all"], "features.csv")), Is.EqualTo(six));
            Assert.That(File.Exists(Path.Combine(scratch["six"], "features_all.csv")), Is.False);
            Assert.That(all.Select(static line => line.Split(',').Length), Is.All.EqualTo(2 + 19));
            Assert.That(all.Select(static line => string.Join(',', line.Split(',')[..8])), Is.EqualTo(six), "its first columns are those of features.csv");
        });
    }

    [Test]
    public void All_features_without_a_folder_are_refused()
    {
        using Scratch scratch = new();
        string recording = MadeRecording.Write(scratch["made.frames"], 10);
        ObsRun refused = ObsRun.Of("replay", "--venue", "upbit", "--input", recording, "--all-features");
        Assert.That(refused.ExitCode, Is.EqualTo(Cli.ExitCode.Usage));
        Assert.That(refused.Errors, Does.Contain("give --out DIR"));
    }
}
