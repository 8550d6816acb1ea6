using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Tests.Market.Binance;
using Obs.Core.Tests.Market.Upbit;

namespace Obs.Core.Tests.Market.Text;

/// <summary>Mutated frames: no exception, no disagreement between the paths or with the oracle, nothing read outside, nothing allocated.</summary>
[TestFixture]
public sealed class DecoderFuzzTests
{
    private const int Frames = 12_500;
    private const int SoakFrames = 1_250_000;

    private static readonly string[] Venues = ["upbit", "binance-spot", "binance-usdm"];

    [Test]
    public void Mutated_frames_find_nothing([ValueSource(nameof(Venues))] string venue, [Range(1, 3)] int seed) => Fuzz(venue, seed, Frames);

    [Test, Category("Soak")]
    public void Ten_million_mutated_frames_find_nothing([ValueSource(nameof(Venues))] string venue, [Range(101, 103)] int seed) => Fuzz(venue, seed, SoakFrames);

    [Test]
    public void The_fuzzer_finds_each_planted_fault([Values] object fault)
    {
        PlantedFaultDecoder decoder = new(Venue("binance-spot"), (PlantedFault)fault);
        DecoderFuzzer fuzzer = new DecoderFuzzer(decoder).Run(seed: 1, frames: 20_000, Examples("binance-spot", recorded: 0));
        Assert.That(fuzzer.Faults, Is.Not.Empty, "a fuzzer that finds nothing proves nothing");
    }

    [Test]
    public void Decoding_allocates_nothing([ValueSource(nameof(Venues))] string venue)
    {
        (IFuzzedDecoder decoder, byte[][] frames) = (Venue(venue), Mutated(venue, 2_000));
        BookLevel[] levels = new BookLevel[16_384];
        int accepted = DecodeAll(decoder, frames, levels);
        Assert.That(MarketFixture.BytesAllocatedBy(() => DecodeAll(decoder, frames, levels)), Is.Zero);
        Assert.That(accepted, Is.InRange(frames.Length / 10, frames.Length * 9 / 10), "both ways must be measured");
    }

    [Test]
    public void The_count_of_bytes_notices_one_allocating_frame_in_each_pass()
    {
        IFuzzedDecoder decoder = Venue("upbit");
        BookLevel[] levels = new BookLevel[16_384];
        byte[][][] passes = [.. Enumerable.Range(0, 5).Select(static pass => new[] { UpbitFrames.Bytes(UpbitFrames.Book.Replace("KRW-BTC", $"KRW-C{pass}", StringComparison.Ordinal)) })];
        int next = 0;
        Assert.That(MarketFixture.BytesAllocatedBy(() => DecodeAll(decoder, passes[next++], levels)), Is.Positive, "a market seen for the first time is added");
    }

    [Test, Platform("Linux")]
    public void Nothing_outside_the_frame_is_read([ValueSource(nameof(Venues))] string venue)
    {
        (IFuzzedDecoder decoder, byte[][] frames) = (Venue(venue), Mutated(venue, 5_000));
        BookLevel[] levels = new BookLevel[16_384];
        using GuardedBuffer guarded = new(pages: 16);
        MarketEvent e = default;
        foreach (byte[] frame in frames)
        {
            DecodeStatus atEnd = decoder.Decode(guarded.AtEnd(frame), levels, ref e);
            Assert.That(decoder.Decode(guarded.AtStart(frame), levels, ref e), Is.EqualTo(atEnd));
            Assert.That(decoder.DecodeGeneral(guarded.AtEnd(frame), levels, ref e), Is.EqualTo(atEnd));
        }
    }

    private static void Fuzz(string venue, int seed, int frames)
    {
        IFuzzedDecoder decoder = Venue(venue);
        DecoderFuzzer fuzzer = new DecoderFuzzer(decoder).Run(seed, frames, Examples(venue, recorded: 200));
        Assert.That(fuzzer.Faults, Is.Empty, string.Join('\n', fuzzer.Faults));
        // the fuzzer must reach all three outcomes often
        Assert.That(Math.Min(fuzzer.AcceptedFast, fuzzer.Refused), Is.GreaterThan(frames / 10));
        Assert.That(fuzzer.Accepted - fuzzer.AcceptedFast, Is.GreaterThan(frames / 50));
    }

    private static int DecodeAll(IFuzzedDecoder decoder, byte[][] frames, BookLevel[] levels)
    {
        int accepted = 0;
        MarketEvent e = default;
        foreach (byte[] frame in frames)
        {
            accepted += decoder.Decode(frame, levels, ref e) == DecodeStatus.Ok ? 1 : 0;
            accepted += decoder.DecodeGeneral(frame, levels, ref e) == DecodeStatus.Malformed ? 0 : 0;
        }
        return accepted;
    }

    private static IFuzzedDecoder Venue(string venue) => venue switch
    {
        "upbit" => new FuzzedUpbit(),
        "binance-spot" => new FuzzedBinance(VenueId.BinanceSpot),
        _ => new FuzzedBinance(VenueId.BinanceUsdm),
    };

    private static byte[][] Mutated(string venue, int count)
    {
        FrameMutator mutator = new(77, Examples(venue, recorded: 0));
        return [.. Enumerable.Range(0, count).Select(_ => mutator.Next())];
    }

    /// <summary>Own frames, and some from the recordings where they are.</summary>
    private static List<byte[]> Examples(string venue, int recorded)
    {
        (string[] own, string file) = venue switch
        {
            "upbit" => (UpbitFrames.All, "data/upbit/upbit_10markets_20210405.frames.gz"),
            "binance-spot" => (BinanceFrames.Spot, "data/binance/spot_btcusdt_20240808.gz"),
            _ => (BinanceFrames.Usdm, "data/binance/usdm_btcusdt_20240808.gz"),
        };
        List<byte[]> frames = [.. own.Select(UpbitFrames.Bytes)];
        if (recorded > 0 && SharedFile(file) is { } path)
            frames.AddRange(RecordedFrames.Read(path).Where(static frame => frame.Length < 4_000).Take(recorded));
        return frames;
    }

    /// <summary>A recording's path, or null where the shared data are absent: the own frames must do then.</summary>
    private static string? SharedFile(string relative)
    {
        try
        {
            return SharedData.Path(relative);
        }
        catch (IgnoreException)
        {
            return null;
        }
    }
}
