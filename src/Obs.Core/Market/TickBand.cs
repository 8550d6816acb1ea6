namespace Obs.Core.Market;

/// <summary>From this price on (inclusive), prices move in this step.</summary>
internal readonly record struct TickBand(Price From, Price Step);
