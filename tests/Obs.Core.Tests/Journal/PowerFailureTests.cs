using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

/// <summary>A power failure keeps, of every page written since the last wait for the disk, the old or the new content, at random.</summary>
/// <remarks>Pages that a commit waited for are safe: the image takes each page of a file from the copy made at the commit or from the end.
/// Nothing the
/// commit covered may be lost, and no record may come back with other bytes.</remarks>
[TestFixture]
public sealed class PowerFailureTests
{
    private const int PageBytes = 4096;

    [Test]
    public void Nothing_committed_is_lost_whichever_pages_survive([Range(1, 40)] int seed)
    {
        Random random = new(seed);
        long segmentBytes = random.Next(2, 17) * 4096L;
        using JournalFolder folder = new();
        int sizeMax = (int)Math.Min(3000, segmentBytes - PageBytes - 40);
        int[] sizes = Enumerable.Range(0, 600).Select(_ => random.Next(5) == 0 ? random.Next(sizeMax) : random.Next(300)).ToArray();

        JournalWriter writer = folder.OpenWriter(segmentBytes);
        JournalFolder.AppendMany(writer, random.Next(1, 300), sequence => sizes[sequence - 1]);
        long durable = writer.Commit();
        Dictionary<string, byte[]> atCommit = ReadFiles(folder.Path);
        JournalFolder.AppendMany(writer, random.Next(1, 300), sequence => sizes[sequence - 1]);
        long published = writer.PublishedSequence;
        writer.Abandon();
        Dictionary<string, byte[]> atEnd = ReadFiles(folder.Path);

        using JournalFolder image = new();
        foreach ((string name, byte[] content) in atEnd)
            WriteImage(Path.Combine(image.Path, name), atCommit.GetValueOrDefault(name), content, random);
        using (JournalWriter revived = image.OpenWriter(segmentBytes))
        {
            Assert.That(revived.Recovery.LastSequence, Is.InRange(durable, published), $"seed {seed}: {revived.Recovery.CutOff}");
            JournalFolder.AppendMany(revived, 20, static _ => 100);
        }
        List<(RecordHeader Header, byte[] Payload)> records = image.ReadAll();
        Assert.That(image.Scan().Problem, Is.Null, $"seed {seed}");
        for (int i = 0; i < records.Count - 20; i++)
            Assert.That(records[i].Payload.AsSpan().SequenceEqual(JournalFolder.PayloadOf(i + 1, sizes[i])), Is.True,
                $"seed {seed}, record {i + 1}");
    }

    /// <summary>The control: a disk that loses pages it had confirmed must be found out, so the images above really are torn.</summary>
    [Test]
    public void A_disk_that_lies_is_found_out()
    {
        using JournalFolder folder = new();
        JournalWriter writer = folder.OpenWriter(64 << 10);
        JournalFolder.AppendMany(writer, 300, static _ => 100);
        _ = writer.Commit();
        writer.Abandon();
        string path = folder.Segments()[0].Path;
        byte[] file = File.ReadAllBytes(path);
        file.AsSpan(5 * PageBytes, PageBytes).Clear();
        File.WriteAllBytes(path, file);
        JournalException error = Assert.Throws<JournalException>(() => folder.OpenWriter(64 << 10));
        Assert.That(error.Problem!.IsAcknowledged, Is.True);
        Assert.That(error.Problem.OffsetBytes, Is.InRange((5 * PageBytes) - 136, 6 * PageBytes));
    }

    private static Dictionary<string, byte[]> ReadFiles(string directory) =>
        Directory.GetFiles(directory, "*.obsj").ToDictionary(static path => Path.GetFileName(path), File.ReadAllBytes);

    /// <summary>The header page is synced before the file gets its name, so a named file's first page is never its blank self.</summary>
    private static void WriteImage(string path, byte[]? old, byte[] current, Random random)
    {
        byte[] image = (byte[])current.Clone();
        for (int at = old is null ? PageBytes : 0; at < image.Length; at += PageBytes)
        {
            if (random.Next(2) == 0)
                continue;
            Span<byte> page = image.AsSpan(at, PageBytes);
            if (old is null)
                page.Clear();
            else
                old.AsSpan(at, PageBytes).CopyTo(page);
        }
        File.WriteAllBytes(path, image);
    }
}
