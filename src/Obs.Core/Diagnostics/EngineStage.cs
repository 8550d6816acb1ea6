namespace Obs.Core.Diagnostics;

/// <summary>The stages whose latency is told apart, in the order a frame passes them. The numbers index histograms; they are not stored.</summary>
internal enum EngineStage
{
    /// <summary>Bytes of a frame into market events.</summary>
    Decode,

    /// <summary>Events applied to the book and its quality.</summary>
    Book,

    /// <summary>The feature row.</summary>
    Features,

    /// <summary>The critical part of the prediction; the part computed ahead is not in it.</summary>
    Predict,

    /// <summary>The strategy's decision.</summary>
    Decide,

    /// <summary>Pre-trade limits.</summary>
    Risk,

    /// <summary>The order handed to its venue.</summary>
    Route,

    /// <summary>From the receive time of the frame to the end of its last stage, waiting included.</summary>
    EndToEnd,
}
