using Obs.Core.Market;

namespace Obs.Core.Tests.Signals;

/// <summary>One event of a made-up market: a trade, or a diff with its levels.</summary>
internal sealed record MarketStep(MarketEvent Event, BookLevel[] Levels)
{
    private readonly MarketEvent _event = Event;

    public MarketEvent Event { get => _event; init => _event = value; }

    /// <summary>The event without a copy.</summary>
    public ref readonly MarketEvent EventRef => ref _event;

    public bool IsTrade => Event.Kind == MarketEventKind.Trade;
}
