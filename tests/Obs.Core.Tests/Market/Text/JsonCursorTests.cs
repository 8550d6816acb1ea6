using System;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market.Text;

namespace Obs.Core.Tests.Market.Text;

[TestFixture]
public sealed class JsonCursorTests
{
    [TestCase("{}", JsonKind.Object)]
    [TestCase(" [ 1 , \"a\" , { \"b\" : [ ] } ]\r\n\t", JsonKind.Array)]
    [TestCase("true", JsonKind.True)]
    [TestCase("false", JsonKind.False)]
    [TestCase("null", JsonKind.Null)]
    [TestCase("-1.5e-7", JsonKind.Number)]
    [TestCase("\"a\\u0041\\n\\\\ \\ud83d\\ude00 é\"", JsonKind.Text)]
    public void Json_is_accepted(string text, object kind)
    {
        Assert.That(Read(Encoding.UTF8.GetBytes(text), out JsonKind read), Is.True);
        Assert.That(read, Is.EqualTo((JsonKind)kind));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("{")]
    [TestCase("[1,]")]
    [TestCase("[,1]")]
    [TestCase("{\"a\"}")]
    [TestCase("{\"a\":}")]
    [TestCase("{\"a\":1,}")]
    [TestCase("{a:1}")]
    [TestCase("[1 2]")]
    [TestCase("[1]]")]
    [TestCase("truer")]
    [TestCase("tru")]
    [TestCase("01")]
    [TestCase("1.")]
    [TestCase(".5")]
    [TestCase("+1")]
    [TestCase("\"a")]
    [TestCase("\"\\x\"")]
    [TestCase("\"\\u12\"")]
    [TestCase("\"\\u12G4\"")]
    [TestCase("\"\\ud800\"")]
    [TestCase("\"\\ud800\\u0041\"")]
    [TestCase("\"\\udc00\"")]
    [TestCase("\"a\tb\"")]
    [TestCase("// c\n1")]
    [TestCase("1\0")]
    public void Anything_else_is_refused(string text) => Assert.That(Read(Encoding.UTF8.GetBytes(text), out _), Is.False);

    [Test]
    public void Bytes_that_are_no_utf8_are_refused_inside_a_string()
    {
        Assert.That(Read([(byte)'"', 0xC3, 0xA9, (byte)'"'], out _), Is.True);
        Assert.That(Read([(byte)'"', 0xC3, (byte)'"'], out _), Is.False);
        Assert.That(Read([(byte)'"', 0xFF, (byte)'"'], out _), Is.False);
        Assert.That(Read([(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'], out _), Is.False, "a surrogate in UTF-8");
    }

    [Test]
    public void Nesting_is_followed_down_to_the_limit_and_not_further()
    {
        Assert.That(Read(Nested(JsonCursor.MaxDepth), out _), Is.True);
        Assert.That(Read(Nested(JsonCursor.MaxDepth + 1), out _), Is.False);
        Assert.That(Read(Nested(100_000), out _), Is.False);
    }

    [TestCase("plain", "plain")]
    [TestCase("\\u0061p", "ap")]
    [TestCase("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t")]
    [TestCase("\\ud83d\\ude00", "\U0001F600")]
    public void Escapes_are_resolved(string contents, string plain)
    {
        byte[] text = Encoding.UTF8.GetBytes(contents + "\"");
        Span<byte> scratch = stackalloc byte[JsonValue.ScratchBytes];
        int length = JsonString.ContentLength(text, out bool escaped);
        Assert.That(length, Is.EqualTo(text.Length - 1));
        JsonValue value = new(JsonKind.Text, 0, length, escaped);
        Assert.That(Encoding.UTF8.GetString(value.Plain(text, scratch)), Is.EqualTo(plain));
    }

    [Test]
    public void A_text_with_escapes_that_is_too_long_to_be_known_becomes_empty()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("\\u0041", 100)) + "\"");
        JsonValue value = new(JsonKind.Text, 0, JsonString.ContentLength(text, out bool escaped), escaped);
        Assert.That(value.Plain(text, new byte[JsonValue.ScratchBytes]).Length, Is.Zero);
    }

    private static byte[] Nested(int depth) => Encoding.ASCII.GetBytes(new string('[', depth) + new string(']', depth));

    private static bool Read(byte[] text, out JsonKind kind)
    {
        JsonCursor cursor = new(text);
        bool read = cursor.TryReadValue(out JsonValue value, 0) && cursor.IsAtEnd();
        kind = value.Kind;
        return read;
    }
}
