using System;
using System.IO;
using Obs.Core.Journal;

namespace Obs.Bench.Suites.Journal;

/// <summary>Reads a journal of 300-byte records from the page cache: ours with and without checksums, and a FileStream that copies each
/// record.</summary>
internal sealed class ReadRun(long records) : IDisposable
{
    private readonly JournalBenchFolder _folder = new("read");
    private bool _isWritten;

    /// <summary>Writes the journal once; untimed.</summary>
    public void Prepare()
    {
        if (_isWritten)
            return;
        _isWritten = true;
        _folder.Reset();
        byte[] payload = AppendRun.Payload();
        JournalOptions options = new() { Directory = _folder.Path, Durability = DurabilityPolicy.OnDemand };
        using JournalWriter writer = JournalWriter.Open(options);
        for (long i = 0; i < records; i++)
            _ = writer.Append(RecordKind.VenueFrame, 1, i, payload);
    }

    /// <summary>The timed work with our reader.</summary>
    public void Read(bool verifyChecksums)
    {
        using JournalReader reader = new(_folder.Path, new JournalReaderOptions { VerifyChecksums = verifyChecksums });
        long count = 0;
        while (reader.TryRead(out _, out ReadOnlySpan<byte> payload))
            count += payload.Length / AppendRun.PayloadBytes;
        if (count != records)
            throw new InvalidOperationException($"{count} records were read, {records} written.");
    }

    /// <summary>The timed work with a stream: the same bytes, each record copied out, unchecked.</summary>
    public void ReadStream()
    {
        byte[] record = new byte[RecordHeader.PaddedBytes(RecordHeader.SizeBytes + AppendRun.PayloadBytes)];
        foreach (SegmentFile segment in SegmentCatalog.List(_folder.Path, LogFormat.Journal))
        {
            using FileStream stream = new(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16);
            stream.Position = SegmentHeaderPage.SizeBytes;
            while (stream.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) == record.Length && BitConverter.ToInt32(record) > 0)
                continue;
        }
    }

    /// <summary>Deletes the journal.</summary>
    public void Dispose() => _folder.Delete();
}
