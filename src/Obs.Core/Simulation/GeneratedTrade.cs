using Obs.Core.Market;

namespace Obs.Core.Simulation;

/// <summary>One generated print, at 8 decimals.</summary>
/// <param name="VenueMs">When it matched, ms since 1970 UTC.</param>
/// <param name="Id">Its sequential id, rising.</param>
/// <param name="Aggressor">The taker's side.</param>
/// <param name="Price">Its price.</param>
/// <param name="Size">Its size.</param>
internal readonly record struct GeneratedTrade(long VenueMs, long Id, Side Aggressor, Price Price, Size Size);
