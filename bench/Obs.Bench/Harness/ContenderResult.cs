namespace Obs.Bench.Harness;

/// <summary>What one contender did over all measured runs.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Median">Median over the runs, in the comparison's unit.</param>
/// <param name="Min">Smallest figure.</param>
/// <param name="Max">Largest figure.</param>
/// <param name="BytesPerOperation">Bytes allocated by all threads of the process per operation; the smallest run.</param>
/// <param name="OursIsTimesBetter">Median over the rounds of ours against this one in the same round; 1 for ours itself.</param>
internal sealed record ContenderResult(
    string Name, double Median, double Min, double Max, double BytesPerOperation, double OursIsTimesBetter);
