using System;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Simulation;

namespace Obs.Bench.Suites.Engine;

/// <summary>A generated market without end through one engine: it must allocate nothing and cause no collection.</summary>
internal sealed class GarbageCheck
{
    // what the process needs once (types, optimised code) is made by an engine that is thrown away; the engine that counts starts at its first frame
    private const long WarmupEvents = 1_000_000;

    private MarketGenerator _market = NewMarket();
    private EngineRun _run = new(EngineRun.Options());

    /// <summary>Frames until so many level and trade events have passed.</summary>
    /// <exception cref="InvalidOperationException">Something was allocated.</exception>
    public void Run(long events)
    {
        if (_run.Engine.Sequence == 0)
        {
            Pass(WarmupEvents);
            (_run, _market) = (new EngineRun(EngineRun.Options(), _run.Registry), NewMarket());
        }
        // takes this thread's allocation buffer away: a background collection would count its unused rest as allocated
        GC.Collect();
        int collectionsBefore = GC.CollectionCount(0);
        long bytesBefore = GC.GetAllocatedBytesForCurrentThread();
        long frames = Pass(events);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - bytesBefore;
        int collections = GC.CollectionCount(0) - collectionsBefore;
        if (bytes != 0 || collections != 0)
            throw new InvalidOperationException($"{events} events in {frames} frames allocated {bytes} bytes and caused {collections} collections; both must be 0.");
    }

    private static MarketGenerator NewMarket() => new(new MarketGeneratorOptions { Seed = 10, Levels = 30 });

    private long Pass(long events)
    {
        long frames = 0;
        for (long passed = 0; passed < events && _market.Next(out long receiveNs, out ReadOnlySpan<byte> frame); frames++)
        {
            long booksBefore = _run.Engine.Counters.Books;
            _run.Loop.OnRecord(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, frame);
            passed += _run.Engine.Counters.Books == booksBefore ? 1 : 60;
        }
        return frames;
    }
}
