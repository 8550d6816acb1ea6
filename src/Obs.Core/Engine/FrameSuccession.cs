using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>Makes frames of the past the next ones of a stream of their own: later times, following ids.</summary>
/// <remarks>One thread. Contents stay as they were; only what says when and after which frame it came is new.</remarks>
internal sealed class FrameSuccession
{
    private const long StepNs = 1_000_000;

    private long _updateId = 1;

    /// <summary>Time of the newest frame, ns since the stream began.</summary>
    public long NowNs { get; private set; } = StepNs;

    /// <summary>Id of the newest frame.</summary>
    public long UpdateId => _updateId;

    /// <summary>The next frame is to come.</summary>
    /// <returns>Its receive time.</returns>
    public long Advance() => NowNs += StepNs;

    /// <summary>Puts a decoded frame in its new place.</summary>
    public void Apply(ref MarketEvent e)
    {
        e.VenueNs = NowNs;
        e.MatchNs = NowNs;
        e.PreviousUpdateId = _updateId;
        e.FirstUpdateId = ++_updateId;
        e.LastUpdateId = _updateId;
    }
}
