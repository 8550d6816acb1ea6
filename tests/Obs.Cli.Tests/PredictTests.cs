using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;
using Obs.Core.Models;

namespace Obs.Cli.Tests;

/// <summary><c>obs predict</c> over feature rows, against what PyTorch gave for the same model and rows.</summary>
internal sealed class PredictTests
{
    [TestCase("lstm_h32_l2_f6_t30_logReturn", "staggered")]
    [TestCase("lstm_h32_l2_f6_t30_logReturn", "window")]
    [TestCase("gru_h64_l1_f6_t60_return", "staggered")]
    [TestCase("lstm_h50_l1_f5_t60_return", "window")]
    public void Rows_are_those_of_the_reference(string model, string path)
    {
        ObsRun run = Predict(model, "--path", path);
        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        string[] rows = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] reference = File.ReadAllLines(SharedData.Path($"data/models/{model}.expected.csv"));
        Assert.That(rows, Has.Length.EqualTo(reference.Length));
        Assert.That(rows[0], Is.EqualTo("row,prediction"));
        double scale = TargetScale(model);
        for (int row = 1; row < rows.Length; row++)
        {
            Assert.That(rows[row].Split(',')[0], Is.EqualTo(reference[row].Split(',')[0]));
            Assert.That(Value(rows[row]), Is.EqualTo(Value(reference[row])).Within(1e-5 * scale), $"row {row}");
        }
    }

    [TestCase("lstm_h32_l2_f6_t30_logReturn")]
    [TestCase("gru_h50_l2_f6_t60_logReturn")]
    [TestCase("lstm_h100_l1_f6_t90_price")]
    public void Both_paths_agree(string model)
    {
        double[][] paths = [.. new[] { "staggered", "window" }.Select(path => Predict(model, "--path", path).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(Value).ToArray())];
        Assert.That(paths[0], Is.EqualTo(paths[1]).Within(1e-6 * TargetScale(model)).And.Not.Empty);
    }

    [Test]
    public void Json_says_the_same_as_the_table()
    {
        JsonElement json = Predict("lstm_h32_l2_f6_t30_logReturn", "--json").Json;
        string[] rows = Predict("lstm_h32_l2_f6_t30_logReturn").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.That(json.GetProperty("predictions").EnumerateArray().Select(static p => p.GetProperty("prediction").GetDouble()), Is.EqualTo(rows.Select(Value)));
    }

    [Test]
    public void Rows_without_a_feature_of_the_model_are_refused()
    {
        using Scratch scratch = new();
        string model = Path.Combine(SharedData.Root, "models", "demo.safetensors");
        Assert.That(File.Exists(model), Is.True);
        ObsRun run = ObsRun.Of("predict", "--model", model, "--input", scratch.File("rows.csv", "spread,mid_price\n1000,100000000\n"));
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.BadInput), "the model wants features that this file lacks");
        Assert.That(run.Errors, Does.Contain("rows.csv").And.Contain("line 1"));
    }

    private static double TargetScale(string model)
    {
        string scale = SafetensorsFile.Load(SharedData.Path($"data/models/{model}.safetensors")).Metadata["obs.target.scale"];
        return double.Parse(scale.Trim('[', ']'), CultureInfo.InvariantCulture);
    }

    private static double Value(string row) => double.Parse(row.Split(',')[1], CultureInfo.InvariantCulture);

    private static ObsRun Predict(string model, params string[] more) =>
        ObsRun.Of(["predict", "--model", SharedData.Path($"data/models/{model}.safetensors"), "--input", SharedData.Path($"data/models/{model}.windows.csv"), .. more]);
}
