using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models;

/// <summary>The committed model and what PyTorch says about it; runs without any shared data.</summary>
[TestFixture]
internal sealed class DemoModelTests
{
    private const int BytesMax = 60_000;

    /// <summary>Where the committed model lies.</summary>
    internal static string Folder => Path.Combine(RepositoryRoot(), "models");

    [Test]
    public void It_is_small_and_says_all_about_itself()
    {
        SequenceModel model = ModelFile.Load(Path.Combine(Folder, "demo.safetensors"));
        Assert.Multiple(() =>
        {
            Assert.That(new FileInfo(Path.Combine(Folder, "demo.safetensors")).Length, Is.LessThan(BytesMax));
            Assert.That(model.Metadata.TrainingSpan, Is.Not.Empty);
            Assert.That(model.Metadata.Skill, Does.Contain("skill"));
            Assert.That(model.Metadata.Seed, Is.Not.Empty);
            Assert.That(model.Metadata.Hash, Has.Length.EqualTo(64));
            Assert.That(
                SafetensorsFile.Load(Path.Combine(Folder, "demo.safetensors")).Metadata["obs.hash"],
                Is.EqualTo(model.Metadata.Hash));
        });
    }

    [Test]
    public void It_reads_features_that_lead_and_that_the_engine_computes() =>
        Assert.That(
            ModelFile.Load(Path.Combine(Folder, "demo.safetensors")).Metadata.Features,
            Is.EqualTo(new[] { "imb1", "depthskew5", "ofi1_5s", "ret1s", "ret5s", "tfi5s", "buy_sell_ratio" }));

    [Test]
    public void Its_predictions_are_those_of_the_library_that_trained_it([Values] SequencePath path)
    {
        SequenceModel model = ModelFile.Load(Path.Combine(Folder, "demo.safetensors"));
        Dictionary<long, double> actual = [];
        using StreamReader rows = new(Path.Combine(Folder, "demo.windows.csv"));
        ModelRunner.Run(model, rows, "demo.windows.csv", path, actual.Add);
        string[][] expected = [.. File.ReadLines(Path.Combine(Folder, "demo.expected.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.That(actual, Has.Count.EqualTo(expected.Length));
        foreach (string[] cells in expected)
        {
            double value = double.Parse(cells[1], CultureInfo.InvariantCulture);
            Assert.That(
                actual[long.Parse(cells[0], CultureInfo.InvariantCulture)],
                Is.EqualTo(value).Within(1e-5 * model.Metadata.Target.Scale),
                $"row {cells[0]}");
        }
    }

    [Test]
    public void One_flipped_bit_of_its_weights_is_refused()
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Folder, "demo.safetensors"));
        file[^1] ^= 1;
        Assert.That(
            Assert.Throws<ModelException>(() => ModelFile.Read(SafetensorsFile.Parse(file, "demo")))!.Message,
            Does.Contain("obs.hash").And.Contain("changed after training"));
    }

    private static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Obs.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("Run the tests from a checkout: no folder above holds Obs.sln.");
    }
}
