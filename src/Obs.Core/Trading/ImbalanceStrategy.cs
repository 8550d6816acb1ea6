using Obs.Core.Journal;

namespace Obs.Core.Trading;

/// <summary>Follows the size imbalance of the best level: (bid − ask) / (bid + ask) at or beyond ± threshold. Needs no model.</summary>
/// <remarks>The single most telling number of a book (Gould and Bonart, arXiv 1512.03492; docs/decisions/008-imbalance-at-the-best-level). It is no return, so no cost is added.</remarks>
internal sealed class ImbalanceStrategy(double threshold) : IStrategy
{
    /// <inheritdoc/>
    public string Name => "imbalance";

    /// <inheritdoc/>
    public bool NeedsModel => false;

    /// <inheritdoc/>
    public void Save(SnapshotWriter writer)
    {
        // each row is judged alone
    }

    /// <inheritdoc/>
    public void Restore(SnapshotReader reader)
    {
        // each row is judged alone
    }

    /// <inheritdoc/>
    public Signal Decide(in StrategyInput input)
    {
        double bid = input.Bid.Size.Mantissa;
        double ask = input.Ask.Size.Mantissa;
        double imbalance = (bid - ask) / (bid + ask);
        SignalDirection direction = SignalDirection.None;
        if (imbalance >= threshold)
            direction = SignalDirection.Up;
        else if (imbalance <= -threshold)
            direction = SignalDirection.Down;
        return new Signal(direction, imbalance, threshold, 0);
    }
}
