using System.Runtime.InteropServices;
using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>What a strategy sees at one row.</summary>
/// <remarks>Everything is as of the record being processed; a value that does not exist is NaN, never 0.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct StrategyInput
{
    /// <summary>Best bid.</summary>
    public required BookLevel Bid { get; init; }

    /// <summary>Best ask.</summary>
    public required BookLevel Ask { get; init; }

    /// <summary>Predicted return over the model's horizon; NaN = no prediction.</summary>
    public required double PredictedReturn { get; init; }

    /// <summary>Taker fee as a fraction.</summary>
    public required double TakerFee { get; init; }
}
