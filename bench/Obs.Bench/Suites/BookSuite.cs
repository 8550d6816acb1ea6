using System.Collections.Generic;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Book;

namespace Obs.Bench.Suites;

/// <summary>Books on recorded frames, decoded beforehand, beside sorted dictionaries. Ours also keep the state hash.</summary>
internal sealed class BookSuite : IBenchSuite
{
    private const string Diffs = "data/binance/usdm_btcusdt_20240808.gz";
    private const string Full = "data/upbit/upbit_10markets_20210405.frames.gz";

    /// <inheritdoc/>
    public string Name => "book";

    /// <inheritdoc/>
    public string Title => "Order books";

    /// <inheritdoc/>
    public string? Unavailable(BenchOptions options) => BenchData.Missing(Diffs) ?? BenchData.Missing(Full);

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options)
    {
        RecordedBooks diffs = RecordedBooks.Binance(BenchData.TryPath(Diffs)!);
        RecordedBooks full = RecordedBooks.Upbit(BenchData.TryPath(Full)!);
        BookRuns runs = new(diffs, full);
        runs.SetAll();
        runs.SetAllSorted();
        long copies = options.Operations(1_000_000);
        long sets = options.Operations(5_000_000);
        int passes = (int)options.Operations(100);
        return
        [
            new Comparison("recorded diff, per level", BenchUnit.NanosecondsPerOperation, Limit: 15, Aim: 8,
                new Contender("LadderBook.Set", diffs.Levels.Length, runs.SetAll),
                [
                    new Contender("SortedDictionary", diffs.Levels.Length, runs.SetAllSorted),
                    new Contender("MarketBook (with synchronisation, Apply)", diffs.Levels.Length, runs.SyncAll),
                ]),
            new Comparison("set a level near the best", BenchUnit.NanosecondsPerOperation, Limit: null, Aim: 6,
                new Contender("LadderBook.Set", sets, () => runs.SetNearBest(sets), runs.SetAll), []),
            new Comparison("copy the best 15 levels", BenchUnit.NanosecondsPerOperation, Limit: null, Aim: 35,
                new Contender("LadderBook.CopyBest", copies, () => runs.CopyBest(copies), runs.SetAll),
                [new Contender("SortedDictionary", copies, () => runs.CopyBestSorted(copies), runs.SetAllSorted)]),
            new Comparison("complete book of 15 levels a side, per frame", BenchUnit.NanosecondsPerOperation, Limit: null, Aim: 150,
                new Contender("MarketBook<DepthBook>", (long)passes * full.Frames.Length, () => runs.FullBooks(passes)),
                [new Contender("SortedDictionary", (long)passes * full.Frames.Length, () => runs.FullBooksSorted(passes))]),
        ];
    }
}
