using System;
using System.Runtime;
using NUnit.Framework;
using Obs.Core.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Simulation;

namespace Obs.Core.Tests.Engine;

/// <summary>Bytes allocated between the first and the last frame of markets that were opened beforehand.</summary>
[TestFixture]
internal sealed class GarbageTests
{
    private const int Slices = 20;

    [Test]
    public void A_long_generated_run_allocates_nothing_from_its_first_frame_on() => Assert.That(BytesOf(150_000), Is.Zero);

    [Test, Category("Soak")]
    public void Ten_million_level_and_trade_events_allocate_nothing() => Assert.That(BytesOf(400_000), Is.Zero);

    [Test]
    public void A_market_that_was_not_opened_beforehand_is_noticed()
    {
        MarketGenerator market = new(new MarketGeneratorOptions { Seed = 21, Levels = 30 });
        EngineFixture fixture = new(EngineFixture.Options());
        AllocationMeter meter = AllocationMeter.Start();
        Pass(fixture, market, 10);
        Assert.That(meter.Bytes, Is.Positive, "control: the first frame opens the market and takes its memory");
    }

    private static long BytesOf(int frames)
    {
        MarketGeneratorOptions made = new() { Seed = 21, Levels = 30 };
        EngineFixture first = new(EngineFixture.Options()), second = new(EngineFixture.Options());
        // what a type needs once in a process is not the frame's
        Pass(first, new MarketGenerator(made), 2_000);
        second.Registry.Add(first.Registry[0]);
        second.Engine.OpenMarkets();
        MarketGenerator market = new(made);
        Pass(second, market, 0);
        long[] slices = new long[Slices];
        (int collections, long compiled) = (GC.CollectionCount(0), JitInfo.GetCompiledMethodCount(currentThread: true));
        AllocationMeter meter = AllocationMeter.Start();
        for (int slice = 0; slice < Slices; slice++)
        {
            Pass(second, market, frames / Slices);
            slices[slice] = meter.Bytes;
        }
        long bytes = meter.Bytes;
        // where and beside what: a buffer that grows, and what the runtime needed once, look alike in the sum
        if (bytes > 0)
            TestContext.Out.WriteLine($"bytes after each {frames / Slices} frames: {string.Join(' ', slices)}; {GC.CollectionCount(0) - collections} collections, {JitInfo.GetCompiledMethodCount(currentThread: true) - compiled} methods compiled on this thread");
        Assert.That(second.Engine.Counters.Trades, Is.GreaterThan(16_384), "more trades than ids are remembered");
        return bytes;
    }

    private static void Pass(EngineFixture fixture, MarketGenerator market, int frames)
    {
        for (int frame = 0; frame < frames && market.Next(out long receiveNs, out ReadOnlySpan<byte> bytes); frame++)
            fixture.Loop.OnRecord(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, bytes);
    }
}
