using System;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Models;

namespace Obs.Core.Tests.Models;

/// <summary>Headers that other writers produce and that are right: all of them must be read.</summary>
[TestFixture]
internal sealed class SafetensorsLayoutTests
{
    private static readonly byte[] Data = [0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64];

    [Test]
    public void Spaces_behind_the_header_are_padding()
    {
        string header = """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""" + new string(' ', 9);
        Assert.That(Parse(header, Data).Read("a", "test", 3), Is.EqualTo(new double[] { 1, 2, 3 }));
    }

    [Test]
    public void Tensors_may_stand_in_any_order_in_the_header()
    {
        SafetensorsFile file = Parse(
            """{"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]},"a":{"data_offsets":[0,4],"shape":[1],"dtype":"F32"}}""",
            Data);
        Assert.Multiple(() =>
        {
            Assert.That(file.Read("a", "test", 1), Is.EqualTo(new double[] { 1 }));
            Assert.That(file.Read("b", "test", 2), Is.EqualTo(new double[] { 2, 3 }));
        });
    }

    [Test]
    public void A_scalar_has_an_empty_shape_and_one_value()
    {
        SafetensorsFile file = Parse("""{"s":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", Data[..4]);
        Assert.That(file.Tensors["s"].Elements, Is.EqualTo(1));
        Assert.That(file.Read("s", "test"), Is.EqualTo(new double[] { 1 }));
    }

    [Test]
    public void An_empty_tensor_has_no_bytes()
    {
        SafetensorsFile file = Parse("""{"e":{"dtype":"F32","shape":[0,7],"data_offsets":[0,0]}}""", []);
        Assert.That(file.Tensors["e"].Elements, Is.Zero);
        Assert.That(file.Read("e", "test", 0, 7), Is.Empty);
    }

    [Test]
    public void A_file_without_tensors_or_metadata_is_a_file_but_no_model()
    {
        SafetensorsFile file = Parse("{}", []);
        Assert.That((file.Metadata.Count, file.Tensors.Count), Is.EqualTo((0, 0)));
        Assert.That(
            Assert.Throws<ModelException>(() => ModelFile.Read(file))!.Message,
            Does.Contain("metadata obs.kind is missing"));
    }

    [Test]
    public void Names_and_texts_may_hold_any_letters()
    {
        SafetensorsFile file = Parse("""{"__metadata__":{"설명":"값\n\"x\""},"층.가중치":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", Data);
        Assert.That(file.Metadata["설명"], Is.EqualTo("값\n\"x\""));
        Assert.That(file.Tensors.Keys.Single(), Is.EqualTo("층.가중치"));
    }

    [Test]
    public void Whole_numbers_are_read_over_but_are_no_weights([Values("I64", "U8", "BOOL", "BF16", "I32")] string type)
    {
        int bytes = SafetensorEntry.ElementBytes(type);
        SafetensorsFile file = Parse($$$"""{"n":{"dtype":"{{{type}}}","shape":[1],"data_offsets":[0,{{{bytes}}}]}}""", new byte[bytes]);
        Assert.That(
            Assert.Throws<ModelException>(() => file.Read("n", "test", 1))!.Message,
            Does.Contain($"tensor n has type {type}").And.Contain("F32 or F64"));
    }

    [TestCase("F64", 8), TestCase("I64", 8), TestCase("U64", 8), TestCase("F32", 4), TestCase("I32", 4), TestCase("U32", 4)]
    [TestCase("F16", 2), TestCase("BF16", 2), TestCase("I16", 2), TestCase("U16", 2), TestCase("I8", 1), TestCase("U8", 1)]
    [TestCase("BOOL", 1), TestCase("F8_E4M3", 1), TestCase("F8_E5M2", 1), TestCase("F33", 0), TestCase("", 0), TestCase("f32", 0)]
    public void Every_type_of_the_format_has_its_size(string type, int bytes) =>
        Assert.That(SafetensorEntry.ElementBytes(type), Is.EqualTo(bytes));

    [Test]
    public void A_shape_is_told_as_people_write_it()
    {
        Assert.That(SafetensorEntry.Describe([400, 6]), Is.EqualTo("[400, 6]"));
        Assert.That(SafetensorEntry.Describe([]), Is.EqualTo("[]"));
    }

    [Test]
    public void Bytes_of_a_tensor_are_those_in_the_file()
    {
        SafetensorsFile file = Parse(
            """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""",
            Data);
        Assert.That(file.Bytes(file.Tensors["b"]).ToArray(), Is.EqualTo(Data[4..]));
    }

    [TestCase(0), TestCase(1), TestCase(7)]
    public void A_file_shorter_than_its_first_number_is_refused(int bytes) =>
        Assert.That(
            Assert.Throws<ModelException>(() => SafetensorsFile.Parse(new byte[bytes], "short"))!.Message,
            Does.Contain($"{bytes} bytes are too few"));

    [Test]
    public void Bytes_that_are_no_utf8_are_refused()
    {
        byte[] file = SafetensorsBuilder.Assemble("""{"__metadata__":{"k":"ab"}}""", []);
        file[Array.IndexOf(file, (byte)'a', 20)] = 0xFF;
        Assert.That(Encoding.UTF8.GetString(file), Does.Contain("\uFFFD"), "the damage is where it should be");
        Assert.Throws<ModelException>(() => SafetensorsFile.Parse(file, "x"));
    }

    private static SafetensorsFile Parse(string header, byte[] data) => SafetensorsFile.Parse(SafetensorsBuilder.Assemble(header, data), "x");
}
