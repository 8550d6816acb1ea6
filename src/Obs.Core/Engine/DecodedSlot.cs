using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>One record on its way from the decode thread to the engine thread in the split layout.</summary>
internal struct DecodedSlot
{
    /// <summary>The decoded frame; meaningful for frames.</summary>
    public MarketEvent Event;

    /// <summary>A script's request; meaningful when <see cref="IsRequest"/>.</summary>
    public OrderRequest Request;

    /// <summary>A command; meaningful for commands.</summary>
    public EngineCommand Command;

    /// <summary>Settings of a settings record, else null.</summary>
    public EngineSettings? Settings;

    /// <summary>Where the frame's levels lie in the arena.</summary>
    public long LevelsAt;

    /// <summary>Arena position up to which everything is free once this slot is handled.</summary>
    public long ArenaEnd;

    /// <summary>Receive time, ns.</summary>
    public long ReceiveNs;

    /// <summary>When it was received or due, Stopwatch ticks; 0 = unknown.</summary>
    public long ReceivedTicks;

    /// <summary>Journal sequence; 0 = unknown.</summary>
    public long Sequence;

    /// <summary>Who waits for the command's outcome, or null.</summary>
    public PendingCommand? Waiting;

    /// <summary>Markets of the registry once this record was decoded: later ones are none of the engine's business yet.</summary>
    public int Markets;

    /// <summary>How many levels.</summary>
    public int LevelCount;

    /// <summary>Kind of the record.</summary>
    public RecordKind Kind;

    /// <summary>What the decoder said.</summary>
    public DecodeStatus Status;

    /// <summary>True for a script's request, which is no record.</summary>
    public bool IsRequest;
}
