using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>Checksums of packed data, and what a cut or flipped file gives.</summary>
internal sealed class PackingTests
{
    private Recorded _recorded = null!;

    [SetUp]
    public void SetUp() => _recorded = new Recorded();

    [TearDown]
    public void TearDown() => _recorded.Dispose();

    [TestCase("", 0u)]
    [TestCase("123456789", 0xCBF43926u)]
    [TestCase("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Checksum(string text, uint expected) => Assert.That(Crc32.Finish(Crc32.Add(Crc32.Start, Encoding.ASCII.GetBytes(text))), Is.EqualTo(expected));

    [Test]
    public void A_checksum_in_pieces_is_the_checksum_of_the_whole([Range(1, 5)] int seed)
    {
        Random random = new(seed);
        byte[] bytes = new byte[1000];
        random.NextBytes(bytes);
        uint state = Crc32.Start;
        for (int at = 0; at < bytes.Length;)
        {
            int piece = Math.Min(random.Next(1, 30), bytes.Length - at);
            state = Crc32.Add(state, bytes.AsSpan(at, piece));
            at += piece;
        }
        Assert.That(Crc32.Finish(state), Is.EqualTo(Crc32.Finish(Crc32.Add(Crc32.Start, bytes))), $"seed {seed}");
    }

    [Test]
    public void A_gzip_cut_at_any_byte_is_noticed([Values(CompressionLevel.NoCompression, CompressionLevel.Optimal)] CompressionLevel level)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, level))
            gzip.Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(static i => $"{1723161253937085768 + i} {{\"n\":{i}}}\n"))));
        byte[] whole = packed.ToArray();
        for (int length = 3; length < whole.Length; length++)
        {
            string path = _recorded.Bytes("cut.gz", whole[..length]);
            Assert.Throws<ImportException>(() => Recorded.Import(Recorded.Options(), path), $"cut at {length} of {whole.Length}");
        }
        Assert.That(Recorded.Import(Recorded.Options(), _recorded.Bytes("whole.gz", whole)).Result.Records, Is.EqualTo(40));
    }

    [Test]
    public void Several_gzip_members_are_checked_to_the_last()
    {
        byte[] first = Recorded.Gzip("1723161253937085768 a\n"u8.ToArray());
        byte[] last = Recorded.Gzip("1723161253937085769 b\n1723161253937085770 c\n"u8.ToArray());
        Assert.That(Recorded.Import(Recorded.Options(), _recorded.Bytes("two.gz", [.. first, .. last])).Result.Records, Is.EqualTo(3));
        for (int cut = 1; cut < last.Length - 2; cut++)
        {
            string path = _recorded.Bytes("cut.gz", [.. first, .. last[..^cut]]);
            Assert.Throws<ImportException>(() => Recorded.Import(Recorded.Options(), path), $"{cut} bytes cut off");
        }
    }

    [Test]
    public void A_zip_member_with_another_byte_is_noticed_at_its_end()
    {
        byte[] zip = Recorded.Zip(CompressionLevel.NoCompression, ("a", "1723161253937085768 aaaa\n"u8.ToArray()), ("b", "1723161253937085769 bbbb\n"u8.ToArray()));
        int at = zip.AsSpan().IndexOf("bbbb"u8);
        zip[at] = (byte)'x';
        CollectingSink sink = new();
        string path = _recorded.Bytes("flipped.zip", zip);
        ImportException failure = Assert.Throws<ImportException>(() => new Importer(Recorded.Options(), sink).Run([path]))!;
        Assert.That((failure.Problem, failure.File, failure.Line), Is.EqualTo((ImportProblem.Damaged, path + "!b", 0L)));
        Assert.That(sink.Records.Select(static r => r.Text), Is.EqualTo(new[] { "aaaa" }), "small members are judged before a line of them is given on");
    }

    [Test]
    public void A_lent_stream_stays_open()
    {
        using MemoryStream lender = new([1, 2, 3]);
        using (LentStream lent = new(lender))
            Assert.That((lent.ReadByte(), lent.CanSeek, lent.CanWrite, lent.Length), Is.EqualTo((1, false, false, 3L)));
        Assert.That(lender.ReadByte(), Is.EqualTo(2));
    }
}
