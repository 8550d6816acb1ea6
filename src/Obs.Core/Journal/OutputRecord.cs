using System;

namespace Obs.Core.Journal;

/// <summary>A record of the output log, read in place.</summary>
internal readonly ref struct OutputRecord
{
    /// <summary>Takes a record apart.</summary>
    public OutputRecord(RecordHeader header, long journalSequence, ReadOnlySpan<byte> payload)
    {
        Header = header;
        JournalSequence = journalSequence;
        Payload = payload;
    }

    /// <summary>Its own sequence in the output log, engine time as receive time, market or source, flags.</summary>
    public RecordHeader Header { get; }

    /// <summary>The kind.</summary>
    public OutputKind Kind => (OutputKind)Header.KindNumber;

    /// <summary>Sequence of the journal record that caused it.</summary>
    public long JournalSequence { get; }

    /// <summary>What was derived; valid as long as a <see cref="JournalReader"/>'s payload.</summary>
    public ReadOnlySpan<byte> Payload { get; }
}
