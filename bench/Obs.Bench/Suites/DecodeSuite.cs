using System;
using System.Collections.Generic;
using Obs.Bench.Harness;

namespace Obs.Bench.Suites;

/// <summary>UTF-8 frame in, exact levels out, and into a validated book.</summary>
internal sealed class DecodeSuite : IBenchSuite
{
    private readonly DecodeBooks _books = new();
    private readonly DecodeBaselines.ClassBook _classBook = new();
    private double _sink;

    private delegate double Work(ReadOnlySpan<byte> frame);

    /// <inheritdoc/>
    public string Name => "decode";

    /// <inheritdoc/>
    public string Title => "Frames to levels to a validated book (odd shape: spaces, escapes, exponents, as the general path takes them)";

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options)
    {
        byte[][] simple = DecodeFrames.UpbitBooks(simple: true, 15), full = DecodeFrames.UpbitBooks(simple: false, 30), diff = DecodeFrames.BinanceDiffs(20);
        byte[][] oddFull = DecodeFrames.UpbitOdd(simple: false, 30), oddDiff = DecodeFrames.BinanceDiffs(20, odd: true);
        return
        [
            Compare(options, "upbit SIMPLE 15 levels: decode + engine's book", 400, 450, simple, _books.UpbitBook, UpbitClasses),
            Compare(options, "upbit DEFAULT 30 levels: decode + engine's book", 200, 1_000, full, _books.UpbitBook, UpbitClasses),
            Compare(options, "binance diff 20x2: decode + engine's book", 300, 750, diff, _books.SpotBook, BinanceClasses),
            Compare(options, "upbit SIMPLE 15 levels: decode", 400, null, simple, _books.Upbit, UpbitClasses),
            Compare(options, "upbit DEFAULT 30 levels: decode", 200, null, full, _books.Upbit, UpbitClasses),
            Compare(options, "binance diff 20x2: decode", 300, null, diff, _books.Spot, BinanceClasses),
            Compare(options, "binance bookTicker: decode", 1_000, 150, DecodeFrames.BookTickers(), _books.Usdm, DecodeBaselines.BinanceElements),
            Compare(options, "binance trade: decode", 1_000, 150, DecodeFrames.Trades(), _books.Usdm, DecodeBaselines.BinanceElements),
            Compare(options, "upbit DEFAULT 30 levels, odd shape: decode", 40, 7_000, oddFull, _books.Upbit, UpbitClasses),
            Compare(options, "binance diff 20x2, odd shape: decode", 40, 7_000, oddDiff, _books.Spot, BinanceClasses),
        ];
    }

    private Comparison Compare(BenchOptions options, string name, long passes, double? limitNs, byte[][] frames, Work ours, Work classes)
    {
        long own = options.Operations(passes), slow = options.Operations(Math.Max(passes / 20, 4));
        return new Comparison(name, BenchUnit.NanosecondsPerOperation, limitNs, Aim: null,
            new Contender("obs", own * frames.Length, () => All(own, frames, ours)),
            [
                new Contender("System.Text.Json classes + SortedDictionary", slow * frames.Length, () => All(slow, frames, classes)),
                new Contender("bare Utf8JsonReader walk, doubles", slow * frames.Length, () => All(slow, frames, DecodeBaselines.Walk)),
            ]);
    }

    private void All(long passes, byte[][] frames, Work work)
    {
        double sum = 0;
        for (long pass = 0; pass < passes; pass++)
        {
            foreach (byte[] frame in frames)
                sum += work(frame);
        }
        _sink += sum;
    }

    private double UpbitClasses(ReadOnlySpan<byte> frame) => DecodeBaselines.UpbitClasses(frame, _classBook);

    private double BinanceClasses(ReadOnlySpan<byte> frame) => DecodeBaselines.BinanceClasses(frame, _classBook);
}
