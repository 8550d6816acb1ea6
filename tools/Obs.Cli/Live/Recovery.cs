using System;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Cli.Live;

/// <summary>Brings an engine to where its journal ends: starting up is recovering (DESIGN §1).</summary>
internal static class Recovery
{
    /// <summary>Replays the journal into the engine; nothing is sent anywhere.</summary>
    /// <param name="journalFolder">The journal.</param>
    /// <param name="engine">The engine, fresh or restored.</param>
    /// <param name="decoder">Its decoders.</param>
    /// <param name="afterSequence">Journal sequence of the snapshot it was restored from; 0 replays everything.</param>
    /// <returns>Records replayed.</returns>
    public static long Run(string journalFolder, EngineCore engine, RecordDecoder decoder, long afterSequence)
    {
        RecordLoop loop = new(engine, decoder, insertTimers: false);
        using JournalReader reader = new(journalFolder, new JournalReaderOptions { FromSequence = afterSequence == 0 ? 0 : afterSequence + 1 });
        long records = 0;
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
        {
            loop.OnRecord(header.Kind, (VenueId)header.Source, header.ReceiveNs, payload);
            records++;
        }
        return records;
    }
}
