using System;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Simulation;

namespace Obs.Bench.Suites.Engine;

/// <summary>A generated market without end through one engine: it must allocate nothing and cause no collection.</summary>
internal sealed class GarbageCheck
{
    // tables that grow with the market (trade ids above all: two generations of 8,192) reach their bounds
    private const long WarmupEvents = 6_000_000;

    private readonly MarketGenerator _market = new(new MarketGeneratorOptions { Seed = 10, Levels = 30 });
    private readonly EngineRun _run = new(EngineRun.Options());

    /// <summary>Frames until so many level and trade events have passed.</summary>
    /// <exception cref="InvalidOperationException">Something was allocated.</exception>
    public void Run(long events)
    {
        if (_run.Engine.Sequence == 0)
            Pass(WarmupEvents);
        int collectionsBefore = GC.CollectionCount(0);
        long bytesBefore = GC.GetAllocatedBytesForCurrentThread();
        long frames = Pass(events);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - bytesBefore;
        int collections = GC.CollectionCount(0) - collectionsBefore;
        if (bytes != 0 || collections != 0)
            throw new InvalidOperationException($"{events} events in {frames} frames allocated {bytes} bytes and caused {collections} collections; both must be 0.");
    }

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
