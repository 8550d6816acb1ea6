using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>Makes frames of the past the next ones of a stream of their own: later times, following ids.</summary>
/// <remarks>One thread. Contents stay as they were; only what says when and after which frame it came is new.</remarks>
internal sealed class FrameSuccession
{
    // so far apart that the default limit on orders a second is not met
    private const long StepNs = 150_000_000;

    private long _updateId = 1;
    private long _tradeId;

    /// <summary>Time of the newest frame, ns since the stream began.</summary>
    public long NowNs { get; private set; } = StepNs;

    /// <summary>Update id of the newest diff.</summary>
    public long UpdateId => _updateId;

    /// <summary>The next frame is to come.</summary>
    /// <returns>Its receive time.</returns>
    public long Advance() => NowNs += StepNs;

    /// <summary>The book is thrown away and begins anew at a later id.</summary>
    /// <returns>The id of the snapshot that the next diff follows.</returns>
    public long SkipUpdate() => ++_updateId;

    /// <summary>Puts a decoded frame in its new place.</summary>
    public void Apply(ref MarketEvent e)
    {
        e.VenueNs = NowNs;
        e.MatchNs = NowNs;
        // diffs are a chain of their own: a trade between two of them must not look like a gap
        switch (e.Kind)
        {
            case MarketEventKind.Diff:
                e.PreviousUpdateId = _updateId;
                e.FirstUpdateId = ++_updateId;
                e.LastUpdateId = _updateId;
                break;
            case MarketEventKind.Trade:
                e.LastUpdateId = ++_tradeId;
                break;
            default:
                e.LastUpdateId = _updateId;
                break;
        }
    }
}
