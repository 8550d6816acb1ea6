using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Engine;

/// <summary>Settings are records: they apply from their sequence on, to everybody who runs the journal, and keep what the engine has built up.</summary>
[TestFixture]
internal sealed class SettingsChangeTests
{
    private const string First = "imbalance 0.3 orders 8 fee 0.0005";
    private const string Second = "imbalance 0.5 orders 3 open 5 cash 12000000 latency 4 queue 3 fee 0.001";

    [Test]
    public void Before_a_change_everything_is_as_it_was_and_after_it_is_not([Values(51, 52)] int seed)
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(seed, 3_000);
        CollectingOutput changed = new();
        Run(frames, changed, Second);
        CollectingOutput same = new();
        Run(frames, same, First);
        List<string> changedLines = changed.Lines, sameLines = same.Lines;
        int common = changedLines.Zip(sameLines).TakeWhile(static pair => pair.First == pair.Second).Count();
        int half = sameLines.FindIndex(line => line.StartsWith("top", StringComparison.Ordinal) && long.Parse(line.Split(' ')[2]) >= frames[1_500].ReceiveNs);
        Assert.Multiple(() =>
        {
            Assert.That(common, Is.AtLeast(half), "nothing differs before the record");
            Assert.That(common, Is.LessThan(sameLines.Count), "control: a change that changes nothing proves nothing");
        });
    }

    [Test]
    public void A_change_keeps_book_ledger_and_open_orders_and_moves_only_the_cash()
    {
        EngineFixture fixture = new(EngineFixture.Options(), settings: new WordSettings());
        Settle(fixture, MadeFrames.StartNs, First);
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(53, 2_000);
        fixture.Feed(frames);
        MarketPipeline market = fixture.Engine.Markets[0];
        (TopOfBook top, long position, Money cash, Money fees, long open) = (market.Top, market.Ledger.PositionMantissa, market.Ledger.Cash, market.Ledger.FeesPaid, market.Ledger.Open.Count);
        Settle(fixture, frames[^1].ReceiveNs, First + " cash 10000500");
        Ledger after = fixture.Engine.Markets[0].Ledger;
        Assert.Multiple(() =>
        {
            Assert.That(fixture.Engine.Markets[0].Top, Is.EqualTo(top));
            Assert.That((after.PositionMantissa, after.FeesPaid, (long)after.Open.Count), Is.EqualTo((position, fees, open)));
            Assert.That(after.Cash - cash, Is.EqualTo(after.Scale.FromDecimal(500)), "half a thousand was paid in");
            Assert.That(fees, Is.GreaterThan(Money.Zero), "control: a ledger that never traded keeps nothing");
        });
    }

    [Test]
    public void Settings_that_change_nothing_change_no_state()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(54, 2_000);
        ulong settled = Run(frames, null, First).Engine.StateHash;
        EngineFixture silent = new(EngineFixture.Options(), settings: new WordSettings());
        Settle(silent, MadeFrames.StartNs, First);
        silent.Feed(frames.Take(1_500));
        silent.Loop.OnRecord(RecordKind.LiveAgain, VenueId.None, frames[1_500].ReceiveNs, default);
        silent.Feed(frames.Skip(1_500));
        Assert.That(settled, Is.EqualTo(silent.Engine.StateHash), "the same number of records, the second time with nothing in it");
    }

    [Test]
    public void Split_and_fused_apply_a_change_at_the_same_record()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(55, 3_000);
        ulong fused = Run(frames, null, Second).Engine.StateHash;
        EngineFixture split = new(EngineFixture.Options(), settings: new WordSettings());
        using (SplitLine line = new(split.Engine, split.Loop, split.Decoder, new SplitLineOptions()))
        {
            line.Start();
            line.Offer(RecordKind.ConfigurationChange, VenueId.None, MadeFrames.StartNs, WordSettings.Payload(First), 0);
            for (int at = 0; at < frames.Count; at++)
            {
                if (at == 1_500)
                    line.Offer(RecordKind.LimitChange, VenueId.None, frames[at].ReceiveNs, WordSettings.Payload(Second), 0);
                line.Offer(RecordKind.VenueFrame, VenueId.Upbit, frames[at].ReceiveNs, frames[at].Bytes, 0);
            }
            line.Finish();
        }
        Assert.That(split.Engine.StateHash, Is.EqualTo(fused));
    }

    [Test]
    public void A_snapshot_knows_the_settings_it_was_taken_under([Range(1, 10)] int cut)
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(56, 2_500);
        int at = new Random(cut).Next(1, frames.Count - 1);
        EngineFixture whole = new(EngineFixture.Options(), settings: new WordSettings());
        Settle(whole, MadeFrames.StartNs, First);
        Feed(whole, frames, 0, at);
        SnapshotWriter writer = new();
        EngineSnapshot.Save(whole.Engine, whole.Registry, writer);
        Snapshot snapshot = Snapshot.OfMemory(writer);
        Feed(whole, frames, at, frames.Count);
        EngineFixture tail = new(EngineFixture.Options(threshold: 0.9), settings: new WordSettings());
        EngineSnapshot.Restore(tail.Engine, tail.Registry, snapshot, tail.Decoder.Settings);
        tail.Reloop();
        Feed(tail, frames, at, frames.Count);
        Assert.That(tail.Engine.StateHash, Is.EqualTo(whole.Engine.StateHash), $"cut at frame {at}");
        Assert.That(tail.Engine.SettingsInForce.ToArray(), Is.EqualTo(WordSettings.Payload(Second)));
    }

    [Test]
    public void Options_that_are_given_leave_the_records_without_effect()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(57, 2_000);
        EngineFixture whatIf = new(EngineFixture.Options(threshold: 0.95));
        Settle(whatIf, MadeFrames.StartNs, First);
        whatIf.Feed(frames);
        EngineFixture recorded = new(EngineFixture.Options(threshold: 0.95), settings: new WordSettings());
        Settle(recorded, MadeFrames.StartNs, First);
        recorded.Feed(frames);
        Assert.That(recorded.Engine.Counters.Orders, Is.GreaterThan(whatIf.Engine.Counters.Orders), "a bound of 0.3 orders more than one of 0.95");
        Assert.That(whatIf.Engine.SettingsInForce.IsEmpty, Is.True);
    }

    [Test]
    public void A_kill_outlives_a_change_of_settings()
    {
        CollectingOutput output = new();
        EngineFixture fixture = new(EngineFixture.Options(), output, settings: new WordSettings());
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(60, 1_000);
        fixture.Feed(frames.Take(500));
        fixture.Command(EngineCommandKind.Kill, frames[500].ReceiveNs);
        Settle(fixture, frames[500].ReceiveNs, First);
        int before = output.Reasons.Count;
        fixture.Feed(frames.Skip(500));
        Assert.That(output.Reasons.Take(before), Has.Some.EqualTo(RejectReason.None), "control: orders passed before");
        Assert.That(output.Reasons.Skip(before), Is.Not.Empty.And.All.EqualTo(RejectReason.Killed));
    }

    [Test]
    public void Other_windows_begin_empty()
    {
        EngineFixture fixture = new(EngineFixture.Options(), new CollectingOutput(), settings: new WordSettings());
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(58, 1_000);
        fixture.Feed(frames.Take(900));
        ulong before = fixture.Engine.Markets[0].StateDigest;
        Settle(fixture, frames[900].ReceiveNs, "window 30");
        Assert.That(fixture.Engine.Markets[0].StateDigest, Is.EqualTo(before), "30 is what it was");
        Settle(fixture, frames[900].ReceiveNs, "window 10");
        Assert.That(fixture.Engine.Markets[0].StateDigest, Is.Not.EqualTo(before));
    }

    [Test]
    public void A_market_opened_beforehand_begins_under_the_settings_of_its_first_frame()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(59, 1_500);
        EngineFixture cold = new(EngineFixture.Options(threshold: 0.9), settings: new WordSettings());
        EngineFixture warm = new(EngineFixture.Options(threshold: 0.9), settings: new WordSettings());
        warm.Registry.Add(DefaultInstruments.Catalog.TryCreate(VenueId.Upbit, "KRW-BTC"u8, out Instrument? bitcoin) ? bitcoin : throw new InvalidOperationException("KRW-BTC"));
        warm.Engine.OpenMarkets();
        foreach (EngineFixture fixture in new[] { cold, warm })
        {
            Settle(fixture, MadeFrames.StartNs, First);
            fixture.Feed(frames);
        }
        Assert.That(warm.Engine.StateHash, Is.EqualTo(cold.Engine.StateHash));
    }

    private static EngineFixture Run(List<(long ReceiveNs, byte[] Bytes)> frames, EngineOutput? output, string second)
    {
        EngineFixture fixture = new(EngineFixture.Options(), output, settings: new WordSettings());
        Settle(fixture, MadeFrames.StartNs, First);
        fixture.Feed(frames.Take(1_500));
        Settle(fixture, frames[1_500].ReceiveNs, second);
        fixture.Feed(frames.Skip(1_500));
        return fixture;
    }

    private static void Feed(EngineFixture fixture, List<(long ReceiveNs, byte[] Bytes)> frames, int from, int to)
    {
        for (int at = from; at < to; at++)
        {
            if (at == 1_250)
                Settle(fixture, frames[at].ReceiveNs, Second);
            fixture.Feed([frames[at]]);
        }
        if (to == frames.Count && from > 1_250)
            Assert.That(fixture.Engine.SettingsInForce.ToArray(), Is.EqualTo(WordSettings.Payload(Second)), "the change lies in the snapshot");
    }

    private static void Settle(EngineFixture fixture, long nowNs, string words) =>
        fixture.Loop.OnRecord(RecordKind.LimitChange, VenueId.None, nowNs, WordSettings.Payload(words));
}
