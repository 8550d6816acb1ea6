namespace Obs.Core.Simulation;

/// <summary>Three stamps of one real order, ns, all on the venue's clock scale (recorder + clock offset).</summary>
/// <param name="RequestNs">When the client sent it.</param>
/// <param name="ExchangeNs">When the venue had it; 0 or below when it was refused on the way.</param>
/// <param name="ResponseNs">When the client had the answer.</param>
internal readonly record struct OrderLatencyRow(long RequestNs, long ExchangeNs, long ResponseNs);
