using System;
using NUnit.Framework;
using Obs.Core.Models;

namespace Obs.Core.Tests.Models;

[TestFixture]
internal sealed class ModelFileTests
{
    [TestCase(ModelKind.Lstm, 1), TestCase(ModelKind.Lstm, 3), TestCase(ModelKind.Gru, 2), TestCase(ModelKind.Gru, 8)]
    public void A_complete_file_becomes_a_model(ModelKind kind, int layers)
    {
        SequenceModel model = ModelFixture.Model(kind, hidden: 7, features: 2, window: 9, layers);
        Assert.Multiple(() =>
        {
            Assert.That(
                (model.Metadata.Kind, model.Hidden, model.Features, model.Window, model.Layers.Count),
                Is.EqualTo((kind, 7, 2, 9, layers)));
            Assert.That(model.Metadata.Target, Is.EqualTo(new ModelTarget(TargetKind.LogReturn, 0.0001, 0.0005)));
            Assert.That(model.Metadata.HorizonMs, Is.EqualTo(5000));
        });
    }

    [Test]
    public void Every_required_key_is_asked_for([Values("obs.kind", "obs.features", "obs.window", "obs.horizonMs", "obs.target", "obs.scaler.center", "obs.scaler.scale", "obs.target.center", "obs.target.scale")] string key)
    {
        SafetensorsBuilder builder = ModelFixture.Builder();
        builder.Metadata.Remove(key);
        Refuses(builder, $"metadata {key} is missing");
    }

    [TestCase("obs.kind", "cnn", "'cnn', which is not supported by this build; it runs lstm and gru")]
    [TestCase("obs.kind", "LSTM", "'LSTM'")]
    [TestCase("obs.colour", "blue", "obs.colour is not known to this build")]
    [TestCase("obs.conv", "{}", "remove obs.conv")]
    [TestCase("obs.window", "0", "from 1 to 10000")]
    [TestCase("obs.window", "10001", "from 1 to 10000")]
    [TestCase("obs.window", "4.0", "'4.0'")]
    [TestCase("obs.horizonMs", "-1", "obs.horizonMs is '-1'")]
    [TestCase("obs.horizonMs", "0", "from 1 to")]
    [TestCase("obs.target", "profit", "one of price, return, logReturn")]
    [TestCase("obs.target.center", "much", "finite number")]
    [TestCase("obs.target.center", "NaN", "finite number")]
    [TestCase("obs.target.scale", "0", "above 0")]
    [TestCase("obs.scaler.center", "[0, 0]", "has 2 values, obs.features has 3")]
    [TestCase("obs.scaler.center", "0, 0, 0", "JSON array")]
    [TestCase("obs.scaler.scale", "[1, 0, 1]", "of f1 is 0")]
    [TestCase("obs.scaler.scale", "[1, 1e999, 1]", "finite")]
    [TestCase("obs.features", "f0,,f2", "empty name")]
    [TestCase("obs.features", "f0,f1,f0", "name twice")]
    [TestCase("obs.features", "f0,f1", "obs.features has 2 names")]
    public void A_value_that_cannot_be_used_is_named(string key, string value, string message)
    {
        SafetensorsBuilder builder = ModelFixture.Builder();
        builder.Metadata[key] = value;
        Refuses(builder, message);
    }

    [TestCase("obs.window", "1"), TestCase("obs.window", "10000"), TestCase("obs.horizonMs", "1")]
    public void A_value_at_its_limit_is_taken(string key, string value)
    {
        SafetensorsBuilder builder = ModelFixture.Builder();
        builder.Metadata[key] = value;
        ModelMetadata metadata = builder.Model().Metadata;
        Assert.That((key == "obs.window" ? metadata.Window : metadata.HorizonMs).ToString(System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(value));
    }

    [TestCase(1e9, true), TestCase(-1e9, true), TestCase(1.0001e9, false), TestCase(-1.0001e9, false)]
    public void Weights_up_to_a_billion_are_taken(double weight, bool isTaken)
    {
        SafetensorsBuilder builder = ModelFixture.Builder().Replace("fc.bias", entry => entry with { Values = [weight] });
        if (isTaken)
            Assert.That(builder.Model().HeadBias, Is.EqualTo(weight));
        else
            Refuses(builder, "fc.bias holds");
    }

    [Test]
    public void Optional_keys_and_those_of_other_programs_are_taken()
    {
        SafetensorsBuilder builder = ModelFixture.Builder();
        (builder.Metadata["obs.skill"], builder.Metadata["obs.seed"], builder.Metadata["format"]) = ("r 0.1", "7", "pt");
        ModelMetadata metadata = builder.Model().Metadata;
        Assert.That((metadata.Skill, metadata.Seed, metadata.TrainingSpan), Is.EqualTo(("r 0.1", "7", "")));
    }

    [Test]
    public void Every_missing_tensor_is_named([Values("lstm.weight_ih_l0", "lstm.weight_hh_l0", "lstm.bias_ih_l1", "lstm.bias_hh_l0", "fc.weight", "fc.bias")] string tensor) =>
        Refuses(ModelFixture.Builder(layers: 2).Remove(tensor), $"tensor {tensor} is missing");

    [TestCase("lstm.weight_ih_l0", "[20, 3]")]
    [TestCase("lstm.weight_hh_l0", "20, 5]")]
    [TestCase("lstm.weight_ih_l1", "[20, 5]")]
    [TestCase("lstm.bias_hh_l1", "[20]")]
    [TestCase("fc.weight", "[1, 5]")]
    public void Another_shape_is_named_with_the_expected_one(string tensor, string expected)
    {
        SafetensorsBuilder builder = ModelFixture.Builder(layers: 2).Replace(tensor, entry => entry with { Shape = [entry.Values.Length, 1, 1] });
        ModelException refusal = Assert.Throws<ModelException>(() => builder.Model())!;
        Assert.That(refusal.Message, Does.Contain($"tensor {tensor} has shape").Or.Contain($"expected {expected}"));
    }

    [Test]
    public void Features_that_do_not_match_the_weights_are_explained()
    {
        SafetensorsBuilder builder = ModelFixture.Builder(features: 3);
        (builder.Metadata["obs.features"], builder.Metadata["obs.scaler.center"], builder.Metadata["obs.scaler.scale"]) = ("f0,f1", "[0,0]", "[1,1]");
        Refuses(builder, "tensor lstm.weight_ih_l0 has shape [20, 3], expected [20, 2] (5 hidden units, 2 features in obs.features)");
    }

    [TestCase("lstm.weight_ih_l0_reverse"), TestCase("lstm.weight_hr_l0"), TestCase("attention.weight")]
    public void A_tensor_that_would_be_ignored_is_refused(string tensor) =>
        Refuses(ModelFixture.Builder().Tensor(tensor, [1], 1), $"tensor {tensor} is not part of a 1-layer lstm");

    [Test]
    public void Eight_layers_are_taken_and_nine_refused()
    {
        Assert.That(ModelFixture.Model(layers: 8).Layers, Has.Count.EqualTo(8));
        Refuses(ModelFixture.Builder(layers: 9), "more than 8 layers");
    }

    [Test]
    public void A_stated_hash_is_checked()
    {
        SafetensorsBuilder builder = ModelFixture.Builder();
        string hash = builder.Model().Metadata.Hash;
        builder.Metadata["obs.hash"] = hash;
        Assert.That(builder.Model().Metadata.Hash, Is.EqualTo(hash), "control: the right hash is taken and does not change it");
        builder.Metadata["obs.hash"] = hash.ToUpperInvariant();
        Assert.That(builder.Model().Metadata.Hash, Is.EqualTo(hash), "digits may be upper case");
        builder.Metadata["obs.hash"] = new string('0', 64);
        Refuses(builder, $"the content hashes to {hash}");
        builder.Metadata["obs.hash"] = "";
        Refuses(builder, "obs.hash is ''");
    }

    [Test]
    public void The_hash_covers_values_names_shapes_and_metadata_but_not_the_order_of_tensors()
    {
        string[] hashes =
        [
            HashOf(builder => builder),
            HashOf(builder => builder.Replace("fc.bias", entry => entry with { Values = [0.25] })),
            HashOf(builder => builder.Replace("fc.bias", entry => entry with { Name = "fc.offset" })),
            HashOf(builder => builder.Replace("fc.bias", entry => entry with { Shape = [1, 1] })),
            HashOf(builder => { builder.Metadata["obs.seed"] = "2"; return builder; }),
            HashOf(builder => { builder.Metadata["note"] = "2"; return builder; }),
        ];
        Assert.Multiple(() =>
        {
            Assert.That(hashes, Is.Unique);
            Assert.That(HashOf(builder => builder.Reorder()), Is.EqualTo(hashes[0]));
        });
    }

    [Test]
    public void The_hash_has_the_documented_layout()
    {
        SafetensorsBuilder builder = new SafetensorsBuilder().Tensor("t", [1], 1);
        (builder.Metadata["b"], builder.Metadata["a"], builder.Metadata["obs.hash"]) = ("2", "é", "left out");
        byte[] content = [.. Text("a"), .. Text("é"), .. Text("b"), .. Text("2"), .. Text("t"), .. Text("F32"), .. Text("1"), 0, 0, 128, 63];
        string hash = ModelHash.Compute(builder.Open());
        Assert.That(hash, Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))));
        Assert.That(
            hash,
            Is.EqualTo("46cfac1460f123e78cb1a135b684a4a1e5eef30ca187186e8ce19ffe0589f9d3"),
            "tools/train-demo-model/self_test.py states the same");
    }

    private static string HashOf(Func<SafetensorsBuilder, SafetensorsBuilder> change) => ModelHash.Compute(change(ModelFixture.Builder()).Open());

    private static byte[] Text(string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return [.. BitConverter.GetBytes(bytes.Length), .. bytes];
    }

    private static void Refuses(SafetensorsBuilder builder, string message) =>
        Assert.That(
            Assert.Throws<ModelException>(() => builder.Model())!.Message,
            Does.StartWith("fixture.safetensors: ").And.Contain(message));
}
