using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>A request on its way to the venue.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="ArrivalNs">When it arrives, venue clock, ns; never before an earlier request's arrival.</param>
internal readonly record struct HeldRequest(OrderRequest Request, long ArrivalNs);
