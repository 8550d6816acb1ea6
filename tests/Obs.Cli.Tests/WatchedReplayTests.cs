using System.IO;
using System.Text.Json;
using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary><c>obs up --replay</c>: a recording at its own pace, with a line a second, is the replay of that recording.</summary>
internal sealed class WatchedReplayTests
{
    private static readonly string[] Strategy = ["--venue", "upbit", "--strategy", "imbalance", "--threshold", "0.1", "--json"];

    [Test]
    public void A_watched_recording_ends_in_the_state_of_its_replay_and_can_be_repeated()
    {
        using Scratch scratch = new();
        string input = scratch.File("made.frames", MadeRecording.Text(600));
        ObsRun watched = ObsRun.Of(["up", "--replay", input, "--speed", "1000", "--out", scratch["watched"], .. Strategy]);
        ObsRun replay = ObsRun.Of(["replay", "--input", input, "--out", scratch["replayed"], .. Strategy]);
        string hash = replay.Json.GetProperty("stateHash").GetString()!;
        Assert.That(watched.Json.GetProperty("stateHash").GetString(), Is.EqualTo(hash));
        Assert.That(watched.Json.GetProperty("fills").GetInt64(), Is.Positive, "control: something happened");
        Assert.That(watched.Errors, Does.Contain("paper trading " + input), "lines for a person stay out of the JSON");
        Assert.That(File.ReadAllText(scratch["watched"] + "/fills.csv"), Is.EqualTo(File.ReadAllText(scratch["replayed"] + "/fills.csv")));
        JsonElement again = ObsRun.Of("replay", "--run", scratch["watched"], "--json").Json;
        Assert.That((again.GetProperty("stateHash").GetString(), again.GetProperty("settings").GetProperty("speed").ToString()), Is.EqualTo((hash, "max")), "a repetition does not wait for the recording's pace");
    }

    [Test]
    public void A_recording_of_another_venue_ends_as_its_replay_does()
    {
        using Scratch scratch = new();
        string input = scratch.File("made.frames", MadeRecording.Text(20));
        string[] other = ["--venue", "binance-spot", "--speed", "1000", "--json"];
        Assert.That(ObsRun.Of(["up", "--replay", input, .. other]).ExitCode, Is.EqualTo(ExitCode.BadInput).And.EqualTo(ObsRun.Of(["replay", "--input", input, .. other]).ExitCode));
    }

    [Test]
    public void A_duration_ends_it_with_the_result_of_what_was_processed()
    {
        using Scratch scratch = new();
        string input = scratch.File("made.frames", MadeRecording.Text(600));
        JsonElement part = ObsRun.Of(["up", "--replay", input, "--speed", "0.01", "--duration", "300ms", .. Strategy]).Json;
        JsonElement all = ObsRun.Of(["replay", "--input", input, .. Strategy]).Json;
        Assert.That(part.GetProperty("frames").GetInt64(), Is.LessThan(all.GetProperty("frames").GetInt64()));
    }
}
