namespace Obs.Core.Models;

/// <summary>What a row led to. Zero is "no prediction", so that a forgotten assignment never looks like one.</summary>
internal enum PredictionStatus
{
    /// <summary>The window is not full yet; there is no value.</summary>
    None = 0,

    /// <summary>The value is a prediction in the model's own unit.</summary>
    Ready = 1,

    /// <summary>The row has another number of features than the model, or one that is not finite; it was not taken, nothing
    /// changed.</summary>
    InvalidInput = 2,
}
