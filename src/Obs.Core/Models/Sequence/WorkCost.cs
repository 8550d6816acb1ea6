namespace Obs.Core.Models.Sequence;

/// <summary>Rough cost of background work in multiply-adds of one vector, about a quarter to a third of a nanosecond each; only slices are
/// sized by it, never results.</summary>
internal static class WorkCost
{
    /// <summary>A slice stops once it has done this much: with the largest item on top it stays below 2 µs (bench
    /// Prediction.Slice).</summary>
    public const int Slice = 2_600;

    /// <summary>One vector of a layer's gates: five rational functions.</summary>
    public const int GateVector = 60;

    /// <summary>A panel for several windows; for one window the weights' way from the cache is the limit, twice the arithmetic.</summary>
    public static int Panel(int vectors, int columns, int windows) => vectors * columns * (windows == 1 ? 2 : windows);

    /// <summary>Gates of one window and layer.</summary>
    public static int Gates(int hidden, int lanes) => (hidden + lanes - 1) / lanes * GateVector;
}
