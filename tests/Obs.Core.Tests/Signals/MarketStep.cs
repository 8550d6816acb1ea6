using Obs.Core.Market;

namespace Obs.Core.Tests.Signals;

/// <summary>One event of a made-up market: a trade, or a diff with its levels.</summary>
internal sealed record MarketStep(MarketEvent Event, BookLevel[] Levels)
{
    public bool IsTrade => Event.Kind == MarketEventKind.Trade;
}
