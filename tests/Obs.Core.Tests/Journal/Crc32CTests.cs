using System;
using System.Text;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

[TestFixture]
public sealed class Crc32CTests
{
    [TestCase("", 0x00000000u)]
    [TestCase("123456789", 0xE3069283u)]
    [TestCase("The quick brown fox jumps over the lazy dog", 0x22620404u)]
    public void Known_texts_have_their_published_checksums(string text, uint expected) =>
        Assert.That(Crc32C.Compute(Encoding.ASCII.GetBytes(text)), Is.EqualTo(expected));

    /// <summary>RFC 3720 §B.4: 32 bytes of zeros, of ones, rising and falling.</summary>
    [Test]
    public void Vectors_of_the_iscsi_standard_hold()
    {
        byte[] rising = new byte[32], falling = new byte[32], ones = new byte[32];
        for (int i = 0; i < 32; i++)
            (rising[i], falling[i], ones[i]) = ((byte)i, (byte)(31 - i), 0xFF);
        Assert.That(Crc32C.Compute(new byte[32]), Is.EqualTo(0x8A9136AAu));
        Assert.That(Crc32C.Compute(ones), Is.EqualTo(0x62A8AB43u));
        Assert.That(Crc32C.Compute(rising), Is.EqualTo(0x46DD794Eu));
        Assert.That(Crc32C.Compute(falling), Is.EqualTo(0x113FDB5Cu));
    }

    [Test]
    public void Fast_way_equals_bit_by_bit_at_every_length()
    {
        byte[] bytes = new byte[9000];
        new Random(1).NextBytes(bytes);
        for (int length = 0; length < bytes.Length; length += length < 700 ? 1 : 97)
        {
            ReadOnlySpan<byte> part = bytes.AsSpan(bytes.Length - length);
            Assert.That(Crc32C.Compute(part), Is.EqualTo(BitByBit(part)), $"{length} bytes");
        }
    }

    [Test]
    public unsafe void Lanes_equal_one_word_after_the_other()
    {
        ulong[] words = new ulong[4000];
        new Random(2).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()));
        fixed (ulong* start = words)
        {
            for (int count = 0; count < words.Length; count += count < 100 ? 1 : 83)
                Assert.That(Crc32C.AddWords(77, (byte*)start, count), Is.EqualTo(Crc32C.AddWordsPlainly(77, (byte*)start, count)),
                    $"{count} words");
        }
    }

    [Test]
    public void Every_flipped_bit_of_a_record_changes_the_checksum()
    {
        byte[] bytes = JournalFolder.PayloadOf(1, 328);
        uint whole = Crc32C.Compute(bytes);
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(Crc32C.Compute(bytes), Is.Not.EqualTo(whole), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    /// <summary>The control: the comparison must notice another polynomial (CRC-32 of zip).</summary>
    [Test]
    public void Other_polynomial_is_told_apart() =>
        Assert.That(BitByBit("123456789"u8, 0xEDB88320), Is.EqualTo(0xCBF43926u).And.Not.EqualTo(Crc32C.Compute("123456789"u8)));

    private static uint BitByBit(ReadOnlySpan<byte> bytes, uint polynomial = 0x82F63B78)
    {
        uint state = uint.MaxValue;
        foreach (byte value in bytes)
        {
            state ^= value;
            for (int bit = 0; bit < 8; bit++)
                state = (state >> 1) ^ ((state & 1) * polynomial);
        }
        return ~state;
    }
}
