namespace Obs.Core.Simulation;

/// <summary>What is known about the queue ahead of one resting order.</summary>
/// <remarks>The risk-averse model uses <see cref="FrontUnits"/>, the probability models the doubles; the other part stays 0, so a place tells by itself which model
/// kept it (<see cref="QueueRules.Adopt"/>).</remarks>
internal struct QueuePosition
{
    /// <summary>Quantity ahead in size mantissas. May be below 0 by less than half a lot.</summary>
    public long FrontUnits;

    /// <summary>Quantity ahead in base currency.</summary>
    public double Front;

    /// <summary>Traded at the price since the level's last depth update, base currency: that part of a decrease is explained already.</summary>
    public double TradedSince;
}
