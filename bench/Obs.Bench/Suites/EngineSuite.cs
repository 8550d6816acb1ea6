using System;
using System.Collections.Generic;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Engine;
using Obs.Core.Market;

namespace Obs.Bench.Suites;

/// <summary>The engine as a whole: replay speed, garbage; latency from frame to order is a suite of its own.</summary>
internal sealed class EngineSuite : IBenchSuite
{
    private const string Futures = "data/binance/usdm_btcusdt_20240808.gz";
    private static readonly string[] Nexo = ["data/binance/spot_nexousdt_20240723.dat.gz", "data/binance/spot_nexousdt_20240724.dat.gz"];

    /// <inheritdoc/>
    public string Name => "engine";

    /// <inheritdoc/>
    public string Title => "All stages: raw frames in, risk-checked paper orders out (imbalance strategy, paper venue on)";

    /// <inheritdoc/>
    public string? Unavailable(BenchOptions options) => BenchData.Missing(Futures) ?? BenchData.Missing(Nexo[1]);

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options)
    {
        RecordedJournal futures = new("engine-futures", VenueId.BinanceUsdm, "BTCUSDT", Futures);
        RecordedJournal nexo = new("engine-nexo", VenueId.BinanceSpot, "NEXOUSDT", Nexo);
        RequireSameHash(futures);
        long events = options.Operations(10_000_000);
        GarbageCheck garbage = new();
        return
        [
            new Comparison("futures from text, lines", BenchUnit.MillionsPerSecond, Limit: 2.5, Aim: 4, Text(futures, futures.Lines), [NaiveText(futures)]),
            new Comparison($"futures from the decoded cache, {futures.Events:#,0} level and trade events", BenchUnit.MillionsPerSecond, Limit: 40, Aim: null,
                Decoded(futures), [NaiveDecoded(futures)]),
            new Comparison($"NEXOUSDT 24 h with features, the whole recording ({nexo.Lines:#,0} lines)", BenchUnit.NanosecondsPerOperation, Limit: 80e6, Aim: null,
                Text(nexo, 1, withRows: true), []),
            new Comparison($"no garbage in {events:#,0} events (a run that allocates a byte or collects fails)", BenchUnit.MillionsPerSecond, Limit: null, Aim: null,
                new Contender("generated market + engine, 30 levels", events, () => garbage.Run(events)), []),
        ];
    }

    private static void RequireSameHash(RecordedJournal journal)
    {
        EngineRun text = journal.NewRun(EngineRun.Options()), decoded = journal.NewRun(EngineRun.Options());
        journal.RunText(text);
        journal.RunDecoded(decoded);
        if (text.Engine.StateHash != decoded.Engine.StateHash)
            throw new InvalidOperationException($"Text gave state {text.Engine.StateHash:x16}, the decoded cache {decoded.Engine.StateHash:x16}: the same frames must give the same state.");
    }

    private static Contender Text(RecordedJournal journal, long operations, bool withRows = false)
    {
        EngineRun run = null!;
        return new Contender("obs, all stages", operations, () => journal.RunText(run), () => run = journal.NewRun(EngineRun.Options(), withRows ? new RowSink() : null));
    }

    private static Contender Decoded(RecordedJournal journal)
    {
        EngineRun run = null!;
        return new Contender("obs, all stages", journal.Events, () => journal.RunDecoded(run), () => run = journal.NewRun(EngineRun.Options()));
    }

    private static Contender NaiveText(RecordedJournal journal) =>
        new("System.Text.Json + SortedDictionary + rule", journal.Lines, () => new NaiveBacktest().RunText(journal));

    private static Contender NaiveDecoded(RecordedJournal journal) =>
        new("SortedDictionary + rule, from the same events", journal.Events, () => new NaiveBacktest().RunDecoded(journal));
}
