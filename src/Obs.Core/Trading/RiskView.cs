using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>What the risk stage may look at besides the order and its ledger, taken from the state at the record being processed.</summary>
/// <param name="EngineNs">Engine time, ns: running maximum of receive times.</param>
/// <param name="Quality">Quality of the market's book.</param>
/// <param name="HasBothSides">True when best bid and ask exist.</param>
/// <param name="BestBid">Best bid; meaningful with <paramref name="HasBothSides"/>.</param>
/// <param name="BestAsk">Best ask; meaningful with <paramref name="HasBothSides"/>.</param>
internal readonly record struct RiskView(long EngineNs, BookQuality Quality, bool HasBothSides, Price BestBid, Price BestAsk);
