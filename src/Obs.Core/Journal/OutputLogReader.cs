using System;
using System.Buffers.Binary;

namespace Obs.Core.Journal;

/// <summary>Reads an output log in place; a consumer keeps its position in a <see cref="CursorFile"/>. One thread.</summary>
internal sealed class OutputLogReader : IDisposable
{
    /// <summary>Opens a folder.</summary>
    /// <param name="directory">The output log's.</param>
    /// <param name="fromSequence">First record to read; 0 for the first kept. A consumer passes its cursor's sequence + 1.</param>
    /// <param name="durableOnly">Only what survives a power failure.</param>
    /// <exception cref="JournalException">As <see cref="JournalReader"/>.</exception>
    public OutputLogReader(string directory, long fromSequence = 0, bool durableOnly = false) =>
        Log = new JournalReader(directory, new JournalReaderOptions
        {
            Format = LogFormat.Output,
            FromSequence = fromSequence,
            DurableOnly = durableOnly,
        });

    /// <summary>The log underneath: position, end, problems.</summary>
    public JournalReader Log { get; }

    /// <summary>Reads the next record; false if there is none (yet).</summary>
    /// <exception cref="JournalException">A record is damaged or too short to be one of the output log.</exception>
    public bool TryRead(out OutputRecord record)
    {
        record = default;
        if (!Log.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
            return false;
        if (payload.Length < OutputLogWriter.PrefixBytes)
            JournalThrow.WrongContent(Log.SegmentPath, $"{Log.SegmentPath}: record {header.Sequence} has {payload.Length} payload bytes, an output record at least 8.");
        record = new OutputRecord(header, BinaryPrimitives.ReadInt64LittleEndian(payload), payload[OutputLogWriter.PrefixBytes..]);
        return true;
    }

    /// <summary>Unmaps.</summary>
    public void Dispose() => Log.Dispose();
}
