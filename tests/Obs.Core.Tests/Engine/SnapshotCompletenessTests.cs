using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Engine;

/// <summary>A snapshot holds every part of the state: taken from an engine in which each part is something else than at the start, restored, and taken again.</summary>
[TestFixture]
internal sealed class SnapshotCompletenessTests
{
    private static EngineOptions Options => EngineModel.Options() with
    {
        Model = EngineModel.Of(scale: "[1000, 1000, 1, 10, 0.5, 0.001]"),
        Strategy = static () => new ImbalanceStrategy(0.3),
        Fees = null,
        TradeWindow = 5,
        Risk = new RiskOptions { PriceCollarBps = 10_000, OrdersPerSecond = 2, DailyLossLimit = 1_000_000 },
    };

    [Test]
    public void What_is_restored_is_written_again_byte_for_byte([Range(1, 6)] int seed)
    {
        EngineFixture lived = Lived(seed);
        byte[] first = Saved(lived);
        Assert.That(Saved(Restored(first)), Is.EqualTo(first), $"seed {seed}");
        Assert.That(Saved(new EngineFixture(Options)), Is.Not.EqualTo(first), "control: an empty engine writes something else");
    }

    [Test]
    public void What_people_ask_of_an_engine_is_the_same_after_a_restore([Range(1, 6)] int seed)
    {
        EngineFixture lived = Lived(seed);
        EngineFixture restored = Restored(Saved(lived));
        (EngineCore was, EngineCore now) = (lived.Engine, restored.Engine);
        (MarketPipeline before, MarketPipeline after) = (was.Markets[0], now.Markets[0]);
        Assert.Multiple(() =>
        {
            Assert.That(now.Counters, Is.EqualTo(was.Counters));
            Assert.That((now.Sequence, now.EngineNs, now.NextDueNs, now.IsKilled, now.LastOutcome), Is.EqualTo((was.Sequence, was.EngineNs, was.NextDueNs, was.IsKilled, was.LastOutcome)));
            Assert.That(now.RejectedByReason.ToArray(), Is.EqualTo(was.RejectedByReason.ToArray()));
            Assert.That(now.RejectsByReason.ToArray(), Is.EqualTo(was.RejectsByReason.ToArray()));
            Assert.That((after.Top, after.Quality, after.LastSyncedBidPlusAsk, after.LastPredictedReturn), Is.EqualTo((before.Top, before.Quality, before.LastSyncedBidPlusAsk, before.LastPredictedReturn)));
            Assert.That(after.Honesty, Is.EqualTo(before.Honesty));
            Assert.That(after.Ledger.View, Is.EqualTo(before.Ledger.View));
            Assert.That(after.StateDigest, Is.EqualTo(before.StateDigest));
            Assert.That(now.StateHash, Is.EqualTo(was.StateHash));
        });
    }

    [Test]
    public void A_restored_engine_tells_no_quality_that_was_told_before()
    {
        QualityOutput output = new();
        EngineFixture restored = Restored(Saved(Lived(2)), output);
        BookQuality quality = restored.Engine.Markets[0].Quality;
        restored.Reloop();
        restored.Feed([MadeFrames.Upbit(2, 900)[^1]]);
        Assert.That((restored.Engine.Markets[0].Quality, output.Told), Is.EqualTo((quality, 0)));
        Assert.That(restored.Engine.Counters.Frames, Is.EqualTo(900), "control: the frame was taken");
    }

    [Test]
    public void Every_part_of_the_state_was_something_else_than_at_the_start()
    {
        EngineCore engine = Lived(1).Engine;
        MarketPipeline market = engine.Markets[0];
        EngineCounters counters = engine.Counters;
        Assert.Multiple(() =>
        {
            Assert.That(
                new[] { counters.Frames, counters.Rejected, counters.Books, counters.Trades, counters.Predictions, counters.Signals, counters.Orders, counters.Rejects, counters.Fills, counters.Timers, counters.InputsOutOfRange },
                Has.All.Positive);
            Assert.That(engine.IsKilled, Is.True);
            Assert.That(engine.LastOutcome.Sequence, Is.Positive);
            Assert.That(engine.NextDueNs, Is.LessThan(long.MaxValue), "a request is on its way");
            Assert.That(engine.RejectsByReason[(int)RejectReason.OrderRate], Is.Positive);
            Assert.That(market.LastPredictedReturn, Is.Not.NaN);
            Assert.That(market.Ledger.Open.Count, Is.EqualTo(3), "one rests, two are on their way");
            Assert.That((market.Ledger.FeesPaid, market.Ledger.Fills), Is.Not.EqualTo((Money.Zero, 0L)));
        });
    }

    // frames and trades with a model; then an order that rests, one on its way, more than the rate allows, a damaged frame and a kill
    private static EngineFixture Lived(int seed)
    {
        EngineFixture fixture = new(Options);
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(seed, 900);
        fixture.Feed(frames.Take(700));
        MarketPipeline market = fixture.Engine.Markets[0];
        ushort index = market.Index;
        long id = 1_000_000;
        Ask(fixture, index, ++id, market.Top.Bid.Price.Mantissa * 9 / 10);
        fixture.Feed(frames.Skip(700).Take(199));
        fixture.Feed([(fixture.Engine.EngineNs + 1, "{\"ty\":\"orderbook\",\"cd\":\"KRW-BTC\""u8.ToArray())]);
        for (int order = 0; order < 3; order++)
            Ask(fixture, index, ++id, market.Top.Bid.Price.Mantissa * 9 / 10);
        fixture.Command(EngineCommandKind.Kill, fixture.Engine.EngineNs, key: 7);
        return fixture;
    }

    private static void Ask(EngineFixture fixture, ushort index, long id, long price)
    {
        OrderRequest order = new()
        {
            OrderId = id,
            Side = Side.Bid,
            Price = new Price(price - (price % fixture.Registry[index].Ticks.StepAt(new Price(price)).Mantissa)),
            Size = new Size(100_000),
            Type = OrderType.Limit,
            RequestNs = fixture.Engine.EngineNs,
        };
        fixture.Loop.OnRequest(index, ref order);
    }

    private static EngineFixture Restored(byte[] file, EngineOutput? output = null)
    {
        EngineFixture fixture = new(Options, output);
        Assert.That(Snapshot.TryParse("memory", file, out Snapshot? snapshot, out string problem), Is.True, problem);
        EngineSnapshot.Restore(fixture.Engine, fixture.Registry, snapshot!, settings: null);
        return fixture;
    }

    private static byte[] Saved(EngineFixture fixture)
    {
        SnapshotWriter writer = new();
        EngineSnapshot.Save(fixture.Engine, fixture.Registry, writer);
        return writer.Complete(fixture.Engine.Sequence, fixture.Engine.EngineNs, EngineSnapshot.Schema).ToArray();
    }

    private sealed class QualityOutput : EngineOutput
    {
        public int Told { get; private set; }

        public override void OnQuality(ushort index, Instrument instrument, BookQuality quality) => Told++;
    }
}
