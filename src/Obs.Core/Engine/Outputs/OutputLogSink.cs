using System;
using System.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Engine.Outputs;

/// <summary>Writes the output log; after a restart it first compares what is computed again with what the log already holds (docs/concepts/journal.md).</summary>
/// <remarks>The line's consuming thread; no allocation but for a market's first record. The log's own sequences number the derived records from 1, so a
/// position in the log is a position in the run.</remarks>
internal sealed class OutputLogSink : OutputSink, IDisposable
{
    private readonly OutputLogWriter _log;
    private readonly long _recordedLast;
    private readonly string _folder;
    private OutputLogReader? _recorded;
    private byte[] _computed = new byte[4_096];

    /// <summary>Writes behind the log's beginning; see <see cref="StartAt"/>.</summary>
    /// <param name="log">The log, opened for writing; the caller closes it.</param>
    /// <param name="folder">Its folder.</param>
    public OutputLogSink(OutputLogWriter log, string folder)
    {
        (_log, _folder) = (log, folder);
        _recordedLast = log.Log.PublishedSequence;
        StartAt(0);
    }

    /// <summary>Says how many records the run has derived before the first one that comes (it was restored from a snapshot). What the log holds behind
    /// that position is compared, not written again. Before the first record.</summary>
    /// <exception cref="JournalException">The log ends before that position.</exception>
    public void StartAt(long position)
    {
        if (position > _recordedLast)
            OutputThrow.LogIsBehind(_folder, position, _recordedLast);
        Dispose();
        Position = position;
        if (position < _recordedLast)
            _recorded = new OutputLogReader(_folder, Math.Max(position + 1, _log.Log.Recovery.FirstSequence));
    }

    /// <summary>Records of the run so far, written or found equal. Consuming thread, or any after the line was drained.</summary>
    public long Position { get; private set; }

    /// <summary>Records that were in the log already and were computed again with the same bytes.</summary>
    public long ComparedRecords { get; private set; }

    /// <summary>True while records of the log are left that were not computed again.</summary>
    public bool HasUncomparedRecords => Position < _recordedLast;

    /// <inheritdoc/>
    public override void On(ref OutputSlot slot, Instrument? instrument, ReadOnlySpan<BookLevel> levels)
    {
        ReadOnlySpan<byte> market = slot.Kind == OutputKind.Market ? OutputEncoding.Describe(slot.Market, instrument!) : default;
        int bytes = OutputEncoding.BytesOf(slot, market);
        Position++;
        if (_recorded is not null)
        {
            Compare(ref slot, levels, market, bytes);
            return;
        }
        OutputEncoding.Write(ref slot, levels, market, _log.Reserve(slot.Sequence, slot.EngineNs, bytes));
        long sequence = _log.Publish(slot.Kind, (byte)slot.Venue, slot.Market);
        Debug.Assert(sequence == Position, "the log numbers what the run derives");
    }

    /// <summary>Called when everything in the journal was computed again: nothing may be left in the log.</summary>
    /// <exception cref="JournalException">The log holds records that the journal does not give.</exception>
    public void ExpectAllCompared()
    {
        if (HasUncomparedRecords)
            OutputThrow.LogHasMore(_folder, Position, _recordedLast);
    }

    /// <summary>Ends the comparison; the log stays open.</summary>
    public void Dispose()
    {
        _recorded?.Dispose();
        _recorded = null;
    }

    private void Compare(ref OutputSlot slot, ReadOnlySpan<BookLevel> levels, ReadOnlySpan<byte> market, int bytes)
    {
        // what retention took can be compared no more
        if (Position < _recorded!.Log.NextSequence)
            return;
        if (_computed.Length < bytes)
            _computed = new byte[2 * bytes];
        Span<byte> computed = _computed.AsSpan(0, bytes);
        OutputEncoding.Write(ref slot, levels, market, computed);
        if (!_recorded.TryRead(out OutputRecord record))
            OutputThrow.LogIsBehind(_folder, Position, _recorded.Log.NextSequence - 1);
        if (Difference(slot, record, computed) is { } difference)
            OutputThrow.Differs(_folder, Position, slot.Sequence, slot.Kind, difference);
        ComparedRecords++;
        if (Position == _recordedLast)
            Dispose();
    }

    private static string? Difference(in OutputSlot slot, in OutputRecord record, ReadOnlySpan<byte> computed)
    {
        if (record.JournalSequence != slot.Sequence)
            return $"the log's record belongs to journal sequence {record.JournalSequence}";
        if (record.Kind != slot.Kind)
            return $"the log's record is a {record.Kind}";
        if (record.Header.Source != (byte)slot.Venue || record.Header.Flags != slot.Market)
            return $"the log's record is of market {record.Header.Flags} of venue {record.Header.Source}, not {slot.Market} of {(byte)slot.Venue}";
        if (record.Header.ReceiveNs != slot.EngineNs)
            return $"the log's record was derived at {record.Header.ReceiveNs} ns, not {slot.EngineNs}";
        int at = record.Payload.CommonPrefixLength(computed);
        return at == computed.Length && at == record.Payload.Length ? null
            : $"the payloads differ from byte {at} (the log's has {record.Payload.Length} bytes, the computed one {computed.Length})";
    }
}
