using System.Collections.Generic;

namespace Obs.Bench.Harness;

/// <summary>A comparison's figures.</summary>
/// <param name="Name">The comparison.</param>
/// <param name="Unit">Unit of the figures.</param>
/// <param name="Verdict">Limit, aim and ratio, each met or missed; empty when none is set.</param>
/// <param name="Contenders">Ours first.</param>
internal sealed record ComparisonResult(string Name, BenchUnit Unit, string Verdict, IReadOnlyList<ContenderResult> Contenders);
