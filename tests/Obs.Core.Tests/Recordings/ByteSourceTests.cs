using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using NUnit.Framework;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>Lines and blocks out of a stream that gives whatever it likes at a time.</summary>
internal sealed class ByteSourceTests
{
    [Test]
    public void Lines_are_the_same_whatever_the_stream_gives_at_a_time([Values(1, 2, 3, 7, 4096)] int most)
    {
        string[] expected = ["first", "", "third, longer than the rest", "\r inside", "last"];
        using ByteSource source = new("memory", new SlowStream(Encoding.UTF8.GetBytes(string.Join('\n', expected)), most));
        Assert.That(Lines(source), Is.EqualTo(expected));
    }

    [Test]
    public void A_line_end_may_be_cr_lf_and_the_last_may_be_missing()
    {
        using ByteSource source = new("memory", new MemoryStream("a\r\nb\nc"u8.ToArray()));
        Assert.That(Lines(source), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(source.LineNumber, Is.EqualTo(3));
    }

    [Test]
    public void The_end_is_the_end_however_often_one_asks()
    {
        using ByteSource source = new("memory", new MemoryStream("a\n"u8.ToArray()));
        Assert.That(Lines(source), Is.EqualTo(new[] { "a" }));
        Assert.That(source.TryReadLine(out _), Is.False);
        Assert.That(source.LineNumber, Is.EqualTo(1));
    }

    [Test]
    public void Random_lines_come_out_as_a_plain_split_gives_them([Range(1, 5)] int seed)
    {
        Random random = new(seed);
        byte[] text = new byte[600_000];
        for (int at = 0; at < text.Length; at++)
            text[at] = random.Next(50) == 0 ? (byte)'\n' : (byte)('a' + random.Next(26));
        // one line across several buffers
        text.AsSpan(100_000, 400_000).Replace((byte)'\n', (byte)'z');
        using ByteSource source = new("memory", new SlowStream(text, 1 + random.Next(100_000)));
        Assert.That(Lines(source), Is.EqualTo(Encoding.ASCII.GetString(text).TrimEnd('\n').Split('\n')), $"seed {seed}");
    }

    [Test]
    public void A_line_of_the_limit_is_read_and_one_byte_more_is_passed_over([Values(false, true)] bool inPieces)
    {
        byte[] text = new byte[2 * ByteSource.MaxLineBytes + 8];
        text.AsSpan().Fill((byte)'x');
        text[ByteSource.MaxLineBytes] = (byte)'\n';
        text[2 * ByteSource.MaxLineBytes + 2] = (byte)'\n';
        using ByteSource source = new("memory", new SlowStream(text, inPieces ? 1_000_003 : text.Length));
        Assert.That(source.TryReadLine(out ReadOnlySpan<byte> line), Is.True);
        Assert.That((line.Length, source.TooLong), Is.EqualTo((ByteSource.MaxLineBytes, false)));
        Assert.That(source.TryReadLine(out line), Is.True);
        Assert.That((line.Length, source.TooLong), Is.EqualTo((ByteSource.KeptOfLongLine, true)));
        Assert.That(source.TryReadLine(out line), Is.True);
        Assert.That((line.Length, source.TooLong, source.LineNumber), Is.EqualTo((5, false, 3L)));
    }

    [Test]
    public void A_line_without_end_beyond_every_buffer_is_passed_over_without_collecting_it()
    {
        using ByteSource source = new("memory", new EndlessLine(40L << 20));
        Assert.That(source.TryReadLine(out _), Is.True);
        Assert.That(source.TooLong, Is.True);
        Assert.That(source.TryReadLine(out _), Is.False);
    }

    [Test]
    public void Looking_ahead_takes_nothing()
    {
        using ByteSource source = new("memory", new SlowStream("abc\ndef"u8.ToArray(), 1));
        Assert.That(source.Peek(5).ToArray(), Is.EqualTo("abc\nd"u8.ToArray()));
        Assert.That(source.Peek(100).Length, Is.EqualTo(7));
        Assert.That(Lines(source), Is.EqualTo(new[] { "abc", "def" }));
    }

    [Test]
    public void Blocks_are_taken_whole_or_not_at_all()
    {
        using ByteSource source = new("memory", new SlowStream(new byte[10], 3));
        Assert.That(source.TryTake(8, out ReadOnlySpan<byte> bytes), Is.True);
        Assert.That(bytes.Length, Is.EqualTo(8));
        Assert.That(source.TryTake(3, out _), Is.False);
        Assert.That(source.TryTake(2, out _), Is.True);
    }

    [Test]
    public void A_stream_that_fails_names_the_file_and_the_line()
    {
        using ByteSource source = new("tape.gz", new BrokenStream("a\nb\n"u8.ToArray()));
        ImportException failure = Assert.Throws<ImportException>(() => Lines(source))!;
        Assert.That((failure.Problem, failure.File, failure.Line), Is.EqualTo((ImportProblem.Damaged, "tape.gz", 2L)));
        Assert.That(failure.Message, Does.Contain("behind line 2").And.Contain("Fetch the file again"));
    }

    private static string[] Lines(ByteSource source)
    {
        List<string> lines = [];
        while (source.TryReadLine(out ReadOnlySpan<byte> line))
            lines.Add(Encoding.UTF8.GetString(line));
        return [.. lines];
    }

    private sealed class SlowStream(byte[] content, int most) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));
    }

    private sealed class EndlessLine(long bytes) : MemoryStream
    {
        private long _left = bytes;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int given = (int)Math.Min(count, _left);
            buffer.AsSpan(offset, given).Fill((byte)'x');
            _left -= given;
            return given;
        }
    }

    private sealed class BrokenStream(byte[] content) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, count) is var read && read > 0 ? read : throw new InvalidDataException("the data ends early");
    }
}
