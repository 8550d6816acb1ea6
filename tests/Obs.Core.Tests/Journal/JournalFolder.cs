using System;
using System.Collections.Generic;
using System.IO;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

/// <summary>A folder of its own for one test, in memory where the system has such a place, with the few steps that most journal tests
/// share.</summary>
internal sealed class JournalFolder : IDisposable
{
    public JournalFolder()
    {
        string root = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(root, "obs-journal-tests", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>Small segments and no flusher: a test says itself when bytes reach the disk.</summary>
    public JournalOptions Options(long segmentBytes = 64 << 10) =>
        new() { Directory = Path, SegmentBytes = segmentBytes, Durability = DurabilityPolicy.OnDemand, SparesAhead = 1 };

    public JournalWriter OpenWriter(long segmentBytes = 64 << 10) => JournalWriter.Open(Options(segmentBytes));

    public JournalScan Scan(ScanDepth depth = ScanDepth.Everything) => JournalScan.Run(Path, LogFormat.Journal, depth);

    public IReadOnlyList<SegmentFile> Segments() => SegmentCatalog.List(Path, LogFormat.Journal);

    public string[] Files(string pattern) => Directory.GetFiles(Path, pattern);

    /// <summary>Appends records 1, 2, … whose payloads <see cref="PayloadOf"/> gives.</summary>
    public static void AppendMany(JournalWriter writer, int count, Func<long, int>? payloadBytes = null)
    {
        for (int i = 0; i < count; i++)
        {
            long sequence = writer.NextSequence;
            _ = writer.Append(RecordKind.VenueFrame, 1, 1_000 + sequence, PayloadOf(sequence, payloadBytes?.Invoke(sequence) ?? 40));
        }
    }

    /// <summary>Bytes that tell which record they belong to.</summary>
    public static byte[] PayloadOf(long sequence, int bytes)
    {
        byte[] payload = new byte[bytes];
        for (int i = 0; i < bytes; i++)
            payload[i] = unchecked((byte)((sequence * 131) + (i * 7) + 1));
        return payload;
    }

    /// <summary>Reads everything there is.</summary>
    public List<(RecordHeader Header, byte[] Payload)> ReadAll(JournalReaderOptions? options = null)
    {
        using JournalReader reader = new(Path, options);
        List<(RecordHeader, byte[])> records = [];
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
            records.Add((header, payload.ToArray()));
        return records;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
