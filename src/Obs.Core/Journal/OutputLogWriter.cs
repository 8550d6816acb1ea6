using System;
using System.Buffers.Binary;
using System.Diagnostics;

namespace Obs.Core.Journal;

/// <summary>Writes what the engine derives, each record with the journal sequence that caused it, into segments of the journal's own
/// format.</summary>
/// <remarks>The journal sequence is the payload's first 8 bytes. One writing thread; no allocation. It can be computed again from the
/// journal, so by
/// default nothing waits for the disk (<see cref="DurabilityPolicy.Relaxed"/>).</remarks>
internal sealed class OutputLogWriter : IDisposable
{
    /// <summary>Bytes of the journal sequence in front of what was derived.</summary>
    internal const int PrefixBytes = 8;

    private long _lastJournalSequence;

    private OutputLogWriter(JournalWriter log) => Log = log;

    /// <summary>The log underneath: counters, commits, recovery report.</summary>
    public JournalWriter Log { get; }

    /// <summary>The options of an output log in a folder.</summary>
    public static JournalOptions OptionsFor(string directory) =>
        new() { Directory = directory, Format = LogFormat.Output, Durability = DurabilityPolicy.Relaxed };

    /// <summary>Opens or creates the log.</summary>
    /// <exception cref="JournalException">As <see cref="JournalWriter.Open"/>; also if the options are not for an output log.</exception>
    public static OutputLogWriter Open(JournalOptions options)
    {
        if (options.Format != LogFormat.Output)
            JournalThrow.Settings($"{options.Directory}: an output log was asked for with the format of a {options.Format.Name}; use OutputLogWriter.OptionsFor.");
        return new OutputLogWriter(JournalWriter.Open(options));
    }

    /// <summary>Appends a derived record.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="source">The venue's number, 0 if none.</param>
    /// <param name="journalSequence">The cause; never goes back.</param>
    /// <param name="engineTimeNs">Engine time, nanoseconds since 1970.</param>
    /// <param name="payload">Copied.</param>
    /// <returns>Its sequence in this log.</returns>
    /// <exception cref="JournalException">As <see cref="JournalWriter.Append(RecordKind, byte, long, ReadOnlySpan{byte})"/>.</exception>
    public long Append(OutputKind kind, byte source, long journalSequence, long engineTimeNs, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(Reserve(journalSequence, engineTimeNs, payload.Length));
        return Publish(kind, source);
    }

    /// <summary>Room for a derived record, to be filled in place and published.</summary>
    public Span<byte> Reserve(long journalSequence, long engineTimeNs, int payloadBytes)
    {
        Debug.Assert(_lastJournalSequence <= journalSequence, "the output log follows the journal");
        _lastJournalSequence = journalSequence;
        Span<byte> room = Log.Reserve(checked(payloadBytes + PrefixBytes), engineTimeNs);
        BinaryPrimitives.WriteInt64LittleEndian(room, journalSequence);
        return room[PrefixBytes..];
    }

    /// <summary>Completes the reserved record.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="source">The venue's number, 0 if none.</param>
    /// <param name="market">Index of its market in the run; 0xFFFF where it belongs to none.</param>
    /// <returns>Its sequence in this log.</returns>
    public long Publish(OutputKind kind, byte source, ushort market = 0) => Log.Publish((byte)kind, source, market);

    /// <summary>Commits and closes.</summary>
    public void Dispose() => Log.Dispose();
}
