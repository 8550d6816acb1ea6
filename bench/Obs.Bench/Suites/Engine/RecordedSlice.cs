using System;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Bench.Suites.Engine;

/// <summary>The first seconds of a recording after its first minute, with what came before to fill books and windows.</summary>
internal sealed class RecordedSlice
{
    private const long SkipNs = 60_000_000_000;

    private readonly RecordedJournal _journal;

    private RecordedSlice(RecordedJournal journal, FrameTape tape, int begin) => (_journal, Tape, Begin) = (journal, tape, begin);

    /// <summary>Its frames.</summary>
    public FrameTape Tape { get; }

    /// <summary>First frame of the slice.</summary>
    public int Begin { get; }

    /// <summary>Reads a slice.</summary>
    public static RecordedSlice Of(string name, VenueId venue, string? symbol, double seconds, params string[] files)
    {
        RecordedJournal journal = new(name, venue, symbol, files);
        FrameTape tape = new(venue);
        int begin = 0;
        using JournalReader reader = journal.OpenRaw();
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
        {
            if (header.Kind is not (RecordKind.VenueFrame or RecordKind.RestAnswer))
                continue;
            long sinceNs = tape.Count == 0 ? 0 : header.ReceiveNs - tape.ReceiveNs(0);
            if (sinceNs < SkipNs)
                begin = tape.Count + 1;
            else if (sinceNs > SkipNs + (seconds * 1e9))
                break;
            tape.Add(header.ReceiveNs, payload);
        }
        return new RecordedSlice(journal, tape, Math.Min(begin, tape.Count - 1));
    }

    /// <summary>A fresh engine without stage stamps.</summary>
    public EngineRun NewRun() => _journal.NewRun(EngineRun.Options(int.MaxValue));
}
