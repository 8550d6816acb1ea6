using Obs.Core.Journal;

namespace Obs.Core.Trading;

/// <summary>The original product's rule: a predicted return of at least threshold + cost buys, of at most −(threshold + cost) sells.</summary>
internal sealed class ThresholdStrategy(double threshold, CostModel cost) : IStrategy
{
    /// <inheritdoc/>
    public string Name => "threshold";

    /// <inheritdoc/>
    public bool NeedsModel => true;

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
        double tradeCost = cost == CostModel.Fee ? input.TakerFee : SpreadOverMid(input) + (2 * input.TakerFee);
        double bound = threshold + tradeCost;
        SignalDirection direction = SignalDirection.None;
        // comparisons with NaN (no prediction) are false, so nothing is decided
        if (input.PredictedReturn >= bound)
            direction = SignalDirection.Up;
        else if (input.PredictedReturn <= -bound)
            direction = SignalDirection.Down;
        return new Signal(direction, input.PredictedReturn, threshold, tradeCost);
    }

    private static double SpreadOverMid(in StrategyInput input)
    {
        double bid = input.Bid.Price.Mantissa;
        double ask = input.Ask.Price.Mantissa;
        return (ask - bid) / ((ask + bid) / 2);
    }
}
