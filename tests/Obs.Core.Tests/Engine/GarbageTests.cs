using System;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Simulation;

namespace Obs.Core.Tests.Engine;

/// <summary>Bytes allocated between the first and the last frame of markets that were opened beforehand.</summary>
[TestFixture]
internal sealed class GarbageTests
{
    [Test]
    public void A_long_generated_run_allocates_nothing_from_its_first_frame_on() => Assert.That(BytesOf(150_000), Is.Zero);

    [Test, Category("Soak")]
    public void Ten_million_level_and_trade_events_allocate_nothing() => Assert.That(BytesOf(400_000), Is.Zero);

    [Test]
    public void A_single_small_object_in_a_long_run_is_noticed() =>
        Assert.That(BytesOf(30_000, new OnceAllocatingOutput(atTop: 10_000)), Is.AtLeast(OnceAllocatingOutput.Bytes), "control");

    [Test]
    public void A_market_that_was_not_opened_beforehand_is_noticed()
    {
        MarketGenerator market = new(new MarketGeneratorOptions { Seed = 21, Levels = 30 });
        EngineFixture fixture = new(EngineFixture.Options());
        AllocationMeter meter = AllocationMeter.Start();
        Pass(fixture, market, 10);
        Assert.That(meter.Bytes, Is.Positive, "control: the first frame opens the market and takes its memory");
    }

    private static long BytesOf(int frames, EngineOutput? output = null)
    {
        MarketGeneratorOptions made = new() { Seed = 21, Levels = 30 };
        EngineFixture first = new(EngineFixture.Options()), second = new(EngineFixture.Options(), output);
        // what a type needs once in a process is not the frame's
        Pass(first, new MarketGenerator(made), 2_000);
        second.Registry.Add(first.Registry[0]);
        second.Engine.OpenMarkets();
        MarketGenerator market = new(made);
        Pass(second, market, 0);
        AllocationMeter meter = AllocationMeter.Start();
        Pass(second, market, frames);
        long bytes = meter.Bytes;
        Assert.That(second.Engine.Counters.Trades, Is.GreaterThan(output is null ? 16_384 : 0), "more trades than ids are remembered");
        return bytes;
    }

    private static void Pass(EngineFixture fixture, MarketGenerator market, int frames)
    {
        for (int frame = 0; frame < frames && market.Next(out long receiveNs, out ReadOnlySpan<byte> bytes); frame++)
            fixture.Loop.OnRecord(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, bytes);
    }

    /// <summary>Allocates one small array at one of its rows.</summary>
    private sealed class OnceAllocatingOutput(int atTop) : EngineOutput
    {
        public const int Bytes = 16;

        private int _tops;
        private byte[]? _kept;

        public override void OnTop(in MarketEvent book, Instrument instrument, BookQuality quality, in TopOfBook top)
        {
            if (++_tops == atTop)
                _kept = new byte[Bytes];
            GC.KeepAlive(_kept);
        }
    }
}
