namespace Obs.Bench.Harness;

/// <summary>Ours beside what a user would pick instead, measured in one interleaved run.</summary>
/// <param name="Name">Unique in its suite; <c>--only</c> looks for text in it.</param>
/// <param name="Unit">Unit of every figure in this comparison.</param>
/// <param name="Limit">The figure ours must reach (at most for ns, at least for M/s); null when only the ratio counts.</param>
/// <param name="Aim">The figure we would like to reach; null when none is set.</param>
/// <param name="Ours">Our contender.</param>
/// <param name="Baselines">The others; the first is the one <paramref name="RatioLimit"/> refers to.</param>
/// <param name="RatioLimit">How many times better than the first baseline ours must be; null when no such rule is set.</param>
internal sealed record Comparison(
    string Name, BenchUnit Unit, double? Limit, double? Aim, Contender Ours, Contender[] Baselines, double? RatioLimit = null);
