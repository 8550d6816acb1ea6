using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market.Text;

namespace Obs.Core.Tests.Market.Text;

[TestFixture]
public sealed class FrameBytesTests
{
    [TestCase("00000000", 0)]
    [TestCase("12345678", 12345678)]
    [TestCase("99999999", 99999999)]
    [TestCase("00000001", 1)]
    [TestCase("10000000", 10000000)]
    public void Eight_digits_have_one_value(string text, long value) => Assert.That(FrameBytes.Value(FrameBytes.Digits(Word(text))), Is.EqualTo(value));

    [Test]
    public void Random_words_of_digits_have_their_value([Range(1, 3)] int seed)
    {
        Random random = new(seed);
        for (int step = 0; step < 5_000; step++)
        {
            string text = random.Next(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
            int count = random.Next(1, 9);
            ulong digits = FrameBytes.Digits(Word(text));
            Assert.That(FrameBytes.NotDigits(digits), Is.Zero);
            Assert.That(FrameBytes.Value(FrameBytes.KeepLast(digits, count)), Is.EqualTo(long.Parse(text[^count..], CultureInfo.InvariantCulture)), $"seed {seed}, step {step}: {text}");
        }
    }

    [Test]
    public void Each_byte_that_is_no_digit_is_noticed_at_each_place()
    {
        for (int value = 0; value < 256; value++)
        {
            for (int place = 0; place < 8; place++)
            {
                byte[] bytes = Encoding.ASCII.GetBytes("12345678");
                bytes[place] = (byte)value;
                ulong digits = FrameBytes.Digits(BitConverter.ToUInt64(bytes));
                bool isDigit = value is >= '0' and <= '9';
                Assert.That(FrameBytes.NotDigits(digits) == 0, Is.EqualTo(isDigit), $"byte {value} at {place}");
                Assert.That(FrameBytes.LeadingDigits(digits), Is.EqualTo(isDigit ? 8 : place), $"byte {value} at {place}");
            }
        }
    }

    [Test]
    public void Dropped_digits_must_be_zeros([Range(0, 7)] int count)
    {
        byte[] frame = Encoding.ASCII.GetBytes("1234567800000000");
        Assert.That(FrameBytes.Dropped(ref frame[0], 16, count, 16), Is.Zero);
        for (int place = 1; place <= 8; place++)
        {
            frame[16 - place] = (byte)'1';
            Assert.That(FrameBytes.Dropped(ref frame[0], 16, count, 16) != 0, Is.EqualTo(place <= count), $"a 1 at place {place} from the end");
            frame[16 - place] = (byte)'0';
        }
    }

    [Test]
    public void A_mask_counts_from_the_position_also_near_the_end()
    {
        byte[] frame = new byte[200];
        Random random = new(1);
        random.NextBytes(frame);
        for (int at = 0; at < frame.Length; at++)
        {
            Vector512<byte> block = FrameBytes.Block(ref MemoryMarshal.GetArrayDataReference(frame), at, frame.Length, out int shift);
            byte wanted = frame[Math.Min(at + 5, frame.Length - 1)];
            ulong expected = 0;
            for (int index = at; index < Math.Min(at + 64, frame.Length); index++)
                expected |= frame[index] == wanted ? 1UL << (index - at) : 0;
            Assert.That(FrameBytes.Mask(block, wanted) >> shift, Is.EqualTo(expected), $"position {at}");
        }
    }

    [Test]
    public void Plain_bytes_are_printable_ascii_without_backslash()
    {
        for (int value = 0; value < 256; value++)
        {
            byte[] frame = new byte[64];
            Array.Fill(frame, (byte)'a');
            frame[17] = (byte)value;
            Vector512<byte> block = FrameBytes.Block(ref frame[0], 0, 64, out int shift);
            bool plain = value is >= 0x20 and < 0x80 and not '\\';
            Assert.That(FrameBytes.MaskNotPlain(block, shift), Is.EqualTo(plain ? 0UL : 1UL << 17), $"byte {value}");
        }
    }

    [TestCase("{\"ap\":")]
    [TestCase(",\"ask_price\":")]
    [TestCase("abcd")]
    [TestCase("abcdefgh")]
    [TestCase("abcdefghijklmnop")]
    public void A_literal_differs_by_any_of_its_bytes(string text)
    {
        byte[] literal = Encoding.ASCII.GetBytes(text), frame = Encoding.ASCII.GetBytes("x" + text + "x");
        Assert.That(FrameBytes.Difference(ref frame[0], 1, frame.Length, literal), Is.Zero);
        Assert.That(FrameBytes.Matches(ref frame[0], 1, frame.Length, literal), Is.True);
        Assert.That(FrameBytes.Matches(ref frame[0], 1, frame.Length - 2, literal), Is.False, "it does not fit");
        for (int place = 1; place <= literal.Length; place++)
        {
            frame[place] ^= 1;
            Assert.That(FrameBytes.Difference(ref frame[0], 1, frame.Length, literal), Is.Not.Zero, $"byte {place}");
            Assert.That(FrameBytes.Matches(ref frame[0], 1, frame.Length, literal), Is.False, $"byte {place}");
            frame[place] ^= 1;
        }
    }

    private static ulong Word(string text) => BitConverter.ToUInt64(Encoding.ASCII.GetBytes(text));
}
