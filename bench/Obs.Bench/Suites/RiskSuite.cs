using System;
using System.Collections.Generic;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Engine;

namespace Obs.Bench.Suites;

/// <summary>The risk stage, without a time stamp around it.</summary>
internal sealed class RiskSuite : IBenchSuite
{
    /// <inheritdoc/>
    public string Name => "risk";

    /// <inheritdoc/>
    public string Title => "Risk stage: an order through every rule and onto the list of open orders";

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options)
    {
        List<Comparison> all = [];
        long orders = options.Operations(2_000_000), few = Math.Max(1, orders / 20);
        foreach (int resting in new[] { 0, 20 })
        {
            RiskWorkload both = new(resting), linq = new(resting);
            Contender close = new("RiskGate.Admit + taking the order off the list", orders, () => both.RunAdmitAndClose(orders));
            Contender rules = new("rules over decimal and LINQ + taking it off", few, () => linq.RunLinq(few));
            if (resting == 0)
            {
                all.Add(new Comparison("risk stage, per order", BenchUnit.NanosecondsPerOperation, Limit: 25, Aim: null, AdmitAlone(options, allLimits: false), [rules]));
                all.Add(new Comparison("risk stage with every limit set, per order", BenchUnit.NanosecondsPerOperation, Limit: 25, Aim: null, AdmitAlone(options, allLimits: true), []));
            }
            all.Add(new Comparison($"risk stage and its list, {resting} orders resting, per order", BenchUnit.NanosecondsPerOperation, Limit: null, Aim: null, close, [rules]));
        }
        return all;
    }

    // lists of 1,000 orders are filled in the timed part and emptied between: admission alone, as the engine's risk stage
    private static Contender AdmitAlone(BenchOptions options, bool allLimits)
    {
        RiskWorkload[] gates = new RiskWorkload[(int)options.Operations(100)];
        for (int index = 0; index < gates.Length; index++)
            gates[index] = new RiskWorkload(room: RiskWorkload.Room, allLimits: allLimits);
        return new Contender("RiskGate.Admit", gates.Length * RiskWorkload.Room,
            () => Array.ForEach(gates, static gate => gate.RunAdmit(RiskWorkload.Room)), () => Array.ForEach(gates, static gate => gate.Close()));
    }
}
