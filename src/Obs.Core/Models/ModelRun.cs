namespace Obs.Core.Models;

/// <summary>What running a model over a file came to.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="SkippedRows">Rows with an empty feature, which entered no window.</param>
/// <param name="Predictions">Full windows.</param>
/// <param name="OutOfRangeInputs">Values outside the scaler's range.</param>
internal readonly record struct ModelRun(long Rows, long SkippedRows, long Predictions, long OutOfRangeInputs);
