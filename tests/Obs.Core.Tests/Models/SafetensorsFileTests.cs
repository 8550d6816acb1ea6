using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Models;

namespace Obs.Core.Tests.Models;

[TestFixture]
internal sealed class SafetensorsFileTests
{
    private const string OneTensor = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    [Test]
    public void Tensors_and_metadata_come_back_as_written()
    {
        SafetensorsFile file = SafetensorsFile.Parse(
            SafetensorsBuilder.Assemble("""{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", [0, 0, 128, 63, 0, 0, 0, 192]), "a");
        Assert.Multiple(() =>
        {
            Assert.That(file.Metadata["format"], Is.EqualTo("pt"));
            Assert.That(file.Read("a", "test", 2), Is.EqualTo(new double[] { 1, -2 }));
        });
    }

    [Test]
    public void Doubles_keep_all_their_bits()
    {
        SafetensorsFile file = new SafetensorsBuilder().Tensor("a", [Math.PI, 1.0 / 3], 2).AllAs("F64").Open();
        Assert.That(file.Read("a", "test", 2), Is.EqualTo(new[] { Math.PI, 1.0 / 3 }));
    }

    [Test]
    public void A_file_cut_at_any_byte_is_refused()
    {
        byte[] whole = ModelFixture.Builder(hidden: 1, features: 1).Build();
        Assert.DoesNotThrow(() => SafetensorsFile.Parse(whole, "whole"), "control: uncut it is read");
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<ModelException>(() => SafetensorsFile.Parse(whole[..length], "cut"), $"cut at {length}");
    }

    [Test]
    public void Bytes_behind_the_tensors_are_refused() =>
        Refuses([.. SafetensorsBuilder.Assemble(OneTensor, new byte[8]), 0], "appended");

    [TestCase(ulong.MaxValue, "header is said to have 18446744073709551615")]
    [TestCase(200_000_000UL, "cut off or not safetensors")]
    public void A_header_length_beyond_the_file_is_refused(ulong length, string message) =>
        Refuses([.. BitConverter.GetBytes(length), .. new byte[64]], message);

    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "needs 8 bytes")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "begins at byte 4")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "begins at byte 0")]
    [TestCase("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "impossible shape")]
    [TestCase("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904,4611686018427387904],"data_offsets":[0,8]}}""", "impossible shape")]
    [TestCase("""{"a":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}""", "unknown type 'F99'")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "1 offsets")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2]}}""", "damaged")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "damaged")]
    [TestCase("""{"a":7}""", "damaged")]
    [TestCase("""[1,2]""", "damaged")]
    [TestCase("""{"__metadata__":{"k":null},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "metadata k is null")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "damaged")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", "damaged")]
    public void A_header_that_lies_is_refused(string header, string message) =>
        Refuses(SafetensorsBuilder.Assemble(header, new byte[8]), message);

    [TestCase("{\"learner\":{}}", "XGBoost")]
    [TestCase("tree\nversion=v4\n", "LightGBM")]
    [TestCase("PK\u0003\u0004archive/data", "zip")]
    public void Other_peoples_model_files_are_named(string content, string message) =>
        Refuses([.. content.Select(letter => (byte)letter), .. new byte[32]], message);

    [TestCase(double.NaN), TestCase(double.PositiveInfinity), TestCase(double.NegativeInfinity), TestCase(2e9)]
    public void A_value_that_is_no_weight_is_refused_with_its_place(double value)
    {
        SafetensorsFile file = new SafetensorsBuilder().Tensor("w", [0.5, value], 2).Open();
        ModelException refusal = Assert.Throws<ModelException>(() => file.Read("w", "test", 2))!;
        Assert.That(refusal.Message, Does.Contain("tensor w").And.Contain("index 1"));
    }

    [Test]
    public void Half_precision_is_refused_with_the_way_out()
    {
        SafetensorsFile file = new SafetensorsBuilder().Tensor("w", [0.5, 1], 2).AllAs("F16").Open();
        ModelException refusal = Assert.Throws<ModelException>(() => file.Read("w", "test", 2))!;
        Assert.That(refusal.Message, Does.Contain("F16").And.Contain("F32 or F64"));
    }

    [Test]
    public void A_missing_file_is_named()
    {
        string path = Path.Combine(Path.GetTempPath(), "no-such-model.safetensors");
        Assert.That(Assert.Throws<ModelException>(() => SafetensorsFile.Load(path))!.Message, Does.StartWith(path));
    }

    [Test]
    public void Random_damage_is_refused_or_harmless_but_never_another_failure([Range(1, 4)] int seed)
    {
        byte[] whole = ModelFixture.Builder(hidden: 2, features: 2, layers: 2).Build();
        Random random = new(seed);
        int refused = 0;
        for (int round = 0; round < 2_000; round++)
        {
            byte[] damaged = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                ModelFile.Read(SafetensorsFile.Parse(damaged, "damaged"));
            }
            catch (ModelException)
            {
                refused++;
            }
        }
        Assert.That(refused, Is.InRange(500, 2_000), $"seed {seed}: damage in the header must be seen");
    }

    private static void Refuses(byte[] file, string message) =>
        Assert.That(
            Assert.Throws<ModelException>(() => SafetensorsFile.Parse(file, "x.safetensors"))!.Message,
            Does.StartWith("x.safetensors: ").And.Contain(message));
}
