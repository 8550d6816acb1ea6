namespace Obs.Cli.Runs;

/// <summary>Sums over the executions of a scripted run, as data/simulation states them.</summary>
/// <param name="Balance">−Σ side × price × size, quote currency.</param>
/// <param name="Fee">Σ fees.</param>
/// <param name="Volume">Σ size.</param>
/// <param name="Value">Σ price × size.</param>
/// <param name="Position">Σ side × size.</param>
internal sealed record ExecutionTotals(decimal Balance, decimal Fee, decimal Volume, decimal Value, decimal Position);
