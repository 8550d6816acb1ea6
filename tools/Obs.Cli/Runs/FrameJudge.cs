using System;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Cli.Runs;

/// <summary>Says of each frame, while its line number is still known, what the engine's decoders will say of it.</summary>
/// <remarks>One decode a frame, 0.4 to 2 µs. A market that the registry lacks is no fault of the frame: a replay may describe it (--tick, --lot).</remarks>
internal sealed class FrameJudge(InstrumentCatalog catalog) : IFrameValidator
{
    private readonly RecordDecoder _decoder = new(new InstrumentRegistry(catalog));

    /// <summary>Frames seen.</summary>
    public long Frames { get; private set; }

    /// <summary>True when at least one frame was about a market, one the registry lacks included.</summary>
    public bool HasSeenMarket { get; private set; }

    /// <inheritdoc/>
    public DecodeStatus Judge(RecordKind kind, VenueId venue, ReadOnlySpan<byte> payload)
    {
        MarketEvent e = default;
        DecodeStatus status = _decoder.Decode(venue, payload, ref e, out _);
        Frames++;
        HasSeenMarket |= status == DecodeStatus.UnknownSymbol || (status == DecodeStatus.Ok && e.Kind != MarketEventKind.Other);
        return status == DecodeStatus.UnknownSymbol ? DecodeStatus.Ok : status;
    }
}
