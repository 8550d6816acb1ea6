using System;
using System.Collections.Generic;
using Obs.Bench.Harness;
using Obs.Core.Simulation;

namespace Obs.Bench.Suites;

/// <summary>What resting orders cost: nothing while there are none, a few ns a level while none stands at the level.</summary>
internal sealed class PaperVenueSuite : IBenchSuite
{
    private const int FramesPerRun = 20_000;

    /// <inheritdoc/>
    public string Name => "papervenue";

    /// <inheritdoc/>
    public string Title => "Paper venue: cost of resting orders per book frame (12 changed levels and half a print a frame)";

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options)
    {
        int frames = (int)options.Operations(FramesPerRun);
        List<Comparison> comparisons = [];
        foreach (int orders in new[] { 0, 10, 100 })
        {
            PaperVenueWorkload ours = new(frames, orders);
            PaperVenueWorkload book = new(frames, orders);
            PaperVenueWorkload scan = new(frames, orders);
            comparisons.Add(new Comparison($"{orders} resting orders, per frame", BenchUnit.NanosecondsPerOperation, Limit: null, Aim: null,
                new Contender("book + PaperVenue", frames, ours.RunVenue, ours.Prepare),
                [
                    new Contender("book + dictionary of orders scanned at each level", frames, scan.RunScan, scan.Prepare),
                    new Contender("book alone", frames, book.RunBook, book.Prepare),
                ]));
        }
        PaperVenueWorkload busy = new(frames, 10);
        comparisons.Add(new Comparison("order in and out, per order", BenchUnit.NanosecondsPerOperation, Limit: null, Aim: null,
            new Contender("submit, rest, report, cancel, report", Math.Max(1, frames / 2), () => busy.RunOrders(Math.Max(1, frames / 2)), busy.Prepare), []));
        comparisons.Add(Generated(options));
        return comparisons;
    }

    private static Comparison Generated(BenchOptions options)
    {
        long frames = options.Operations(20_000);
        MarketGenerator full = new(new MarketGeneratorOptions());
        MarketGenerator simple = new(new MarketGeneratorOptions { Format = UpbitFrameFormat.Simple, Levels = 15 });
        return new Comparison("a generated frame", BenchUnit.NanosecondsPerOperation, Limit: null, Aim: null,
            new Contender("DEFAULT, 30 levels", frames, () => Generate(full, frames)),
            [new Contender("SIMPLE, 15 levels", frames, () => Generate(simple, frames))]);
    }

    private static void Generate(MarketGenerator market, long frames)
    {
        for (long frame = 0; frame < frames; frame++)
            _ = market.Next(out _, out _);
    }
}
