using System.Collections.Generic;
using Obs.Core.Market;

namespace Obs.Core.Simulation;

/// <summary>What a generated market looks like. Equal options give equal bytes, on every machine.</summary>
internal sealed record MarketGeneratorOptions
{
    /// <summary>Seed of every draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Market code quoted in KRW, at most 16 letters. Default the market most people look at.</summary>
    public string Market { get; init; } = "KRW-BTC";

    /// <summary>Price at the start in KRW, 1 to 1,000,000,000.</summary>
    public decimal StartPrice { get; init; } = 95_000_000;

    /// <summary>Levels of each side of a book, 1 to 30. Upbit's own choices are 1, 5, 15 and 30.</summary>
    public int Levels { get; init; } = 30;

    /// <summary>Names of the members.</summary>
    public UpbitFrameFormat Format { get; init; } = UpbitFrameFormat.Default;

    /// <summary>Frames a second on average over a long time, 0.1 to 10,000; a quarter of them are trades. Quiet and busy minutes differ by a factor of a few.
    /// Default 12: a busy KRW market.</summary>
    public double FramesPerSecond { get; init; } = 12;

    /// <summary>How often quotes give way by a tick, a second, on average over a long time, 0 to 1,000; trades that empty a level come on top. Default 0.8.</summary>
    public double MovesPerSecond { get; init; } = 0.8;

    /// <summary>Venue time of the start, ns since 1970 UTC. Default 2026-01-01.</summary>
    public long StartNs { get; init; } = 1_767_225_600_000_000_000;

    /// <summary>No frame is received later. Default never.</summary>
    public long EndNs { get; init; } = long.MaxValue;

    /// <summary>Every problem of these settings, each with the remedy.</summary>
    public IEnumerable<string> Problems()
    {
        if (Market.Length > 16 || UpbitMarkets.TryCreate(Market) is not { QuoteCurrency: "KRW" })
            yield return $"Market '{Market}' is no KRW market of at most 16 letters; write it as KRW-BTC.";
        if (StartPrice is < 1 or > 1_000_000_000)
            yield return $"StartPrice is {StartPrice}; set it between 1 and 1000000000 KRW.";
        if (Levels is < 1 or > 30)
            yield return $"Levels is {Levels}; set it between 1 and 30.";
        if (!(FramesPerSecond is >= 0.1 and <= 10_000))
            yield return $"FramesPerSecond is {FramesPerSecond}; set it between 0.1 and 10000.";
        if (!(MovesPerSecond is >= 0 and <= 1_000))
            yield return $"MovesPerSecond is {MovesPerSecond}; set it between 0 and 1000.";
        if (StartNs is < 1_230_768_000_000_000_000 or > 4_102_444_800_000_000_000)
            yield return $"StartNs is {StartNs}; set it between 2009 and 2100, in ns since 1970.";
    }
}
