using System;
using System.Collections.Generic;

namespace Obs.Core.Journal;

/// <summary>Lists records of a log, also of a damaged one up to the damage; `obs journal dump`.</summary>
internal sealed class JournalDump
{
    private readonly string _directory;
    private readonly LogFormat _format;

    /// <summary>Prepares a listing; nothing is read yet.</summary>
    public JournalDump(string directory, LogFormat format)
    {
        _directory = directory;
        _format = format;
    }

    /// <summary>Whether the kinds are those of the output log.</summary>
    public bool IsOutputLog => _format == LogFormat.Output;

    /// <summary>First sequence to list; 0 for the first kept.</summary>
    public long FromSequence { get; init; }

    /// <summary>Last sequence to list.</summary>
    public long ToSequence { get; init; } = long.MaxValue;

    /// <summary>Only this kind; null for all.</summary>
    public byte? Kind { get; init; }

    /// <summary>Most payload bytes kept of a record.</summary>
    public int PayloadBytesMax { get; init; } = int.MaxValue;

    /// <summary>Why the listing ended early: damage or an unfinished tail; null if it did not. Known after the last record.</summary>
    public JournalProblem? Problem { get; private set; }

    /// <summary>The records, lazily.</summary>
    /// <exception cref="JournalException">The first sequence is not kept, or a file could not be read.</exception>
    public IEnumerable<DumpedRecord> Records()
    {
        Problem = null;
        using JournalReader reader = new(_directory, new JournalReaderOptions { Format = _format, FromSequence = FromSequence });
        while (reader.NextSequence <= ToSequence && TryTake(reader, out DumpedRecord? record))
        {
            if (record is not null)
                yield return record;
        }
    }

    private bool TryTake(JournalReader reader, out DumpedRecord? record)
    {
        record = null;
        try
        {
            if (!reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
            {
                Problem = reader.ExplainEnd();
                return false;
            }
            if (Kind is null || header.KindNumber == Kind)
            {
                long offset = reader.OffsetBytes - RecordHeader.PaddedBytes(header.LengthBytes);
                record = new DumpedRecord(reader.SegmentPath, offset, header, payload[..Math.Min(payload.Length, PayloadBytesMax)].ToArray());
            }
            return true;
        }
        catch (JournalException error) when (error.Problem is not null)
        {
            Problem = error.Problem;
            return false;
        }
    }
}
