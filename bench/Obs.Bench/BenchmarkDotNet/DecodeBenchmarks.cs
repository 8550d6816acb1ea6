using BenchmarkDotNet.Attributes;
using Obs.Bench.Suites;

namespace Obs.Bench.BenchmarkDotNet;

/// <summary>The decode suite's frames under BenchmarkDotNet, for its allocation columns.</summary>
[MemoryDiagnoser]
public class DecodeBenchmarks
{
    private readonly DecodeBooks _books = new();
    private readonly DecodeBaselines.ClassBook _classBook = new();
    private readonly byte[][] _simple = DecodeFrames.UpbitBooks(simple: true, 15);
    private readonly byte[][] _full = DecodeFrames.UpbitBooks(simple: false, 30);
    private readonly byte[][] _diffs = DecodeFrames.BinanceDiffs(20);
    private int _next;

    [Benchmark]
    public double Upbit15() => _books.UpbitBook(Next(_simple));

    [Benchmark]
    public double Upbit15Classes() => DecodeBaselines.UpbitClasses(Next(_simple), _classBook);

    [Benchmark]
    public double Upbit30() => _books.UpbitBook(Next(_full));

    [Benchmark]
    public double Diff20() => _books.SpotBook(Next(_diffs));

    [Benchmark]
    public double Diff20Classes() => DecodeBaselines.BinanceClasses(Next(_diffs), _classBook);

    private byte[] Next(byte[][] frames) => frames[_next++ & (DecodeFrames.Count - 1)];
}
