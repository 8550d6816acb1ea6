using System.Collections.Generic;
using Obs.Bench.Suites;

namespace Obs.Bench.Harness;

/// <summary>Every suite there is, in the order of the pipeline. A new suite is one more line here.</summary>
internal static class SuiteCatalog
{
    /// <summary>Fresh suites.</summary>
    public static IReadOnlyList<IBenchSuite> Create() =>
    [
        new DiagnosticsSuite(),
        new FeatureSuite(),
        new RingSuite(),
        new BookSuite(),
        new JournalSuite(),
        new DecodeSuite(),
        new PredictionSuite(),
        new RiskSuite(),
        new PaperVenueSuite(),
        new EngineSuite(),
        new OutputsSuite(),
        new LatencySuite(),
        new TimersSuite(),
    ];
}
