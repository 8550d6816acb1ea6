namespace Obs.Core.Journal;

/// <summary>What a reader wants.</summary>
internal sealed record JournalReaderOptions
{
    /// <summary>Journal or output log.</summary>
    public LogFormat Format { get; init; } = LogFormat.Journal;

    /// <summary>Sequence of the first record to read; 0 for the first that is kept.</summary>
    public long FromSequence { get; init; }

    /// <summary>Check each record's checksum. Off only for a second pass over what this process verified: 25 ns a record of 300 bytes
    /// less.</summary>
    public bool VerifyChecksums { get; init; } = true;

    /// <summary>Read only what survives a power failure, not everything published. For consumers that send what they read
    /// elsewhere.</summary>
    public bool DurableOnly { get; init; }

    /// <summary>Keep segments mapped behind the reader until <see cref="JournalReader.ReleaseThrough"/> passes them: payloads are used by
    /// later stages.</summary>
    public bool KeepMapped { get; init; }
}
