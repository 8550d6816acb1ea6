using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Tests.Engine;

[TestFixture]
internal sealed class SnapshotKeeperTests : InFolder
{
    private JournalWriter _journal = null!;

    [SetUp]
    public void Open() => _journal = JournalWriter.Open(new JournalOptions { Directory = Folder, SegmentBytes = 1 << 17, Durability = DurabilityPolicy.OnDemand });

    [TearDown]
    public void Close() => _journal.Dispose();

    [Test]
    public void Snapshots_taken_while_records_flow_restore_to_what_the_whole_gives([Values] bool byTime)
    {
        EngineFixture fixture = new(EngineFixture.Options(), insertTimers: false);
        using (SnapshotKeeper keeper = new(fixture.Engine, fixture.Registry, _journal, Options() with { EveryRecords = byTime ? long.MaxValue : 150, EveryNs = byTime ? 3_000_000_000 : long.MaxValue }))
        {
            Feed(fixture, keeper, MadeFrames.Upbit(71, 1_000));
            keeper.SaveNow();
            Assert.That(keeper.Stored, Is.GreaterThan(3));
            Assert.That(keeper.PauseNs.Count, Is.EqualTo(keeper.Stored - 1), "all but the last stopped the engine's thread");
        }
        IReadOnlyList<string> files = Store().List();
        Assert.That(files, Has.Count.EqualTo(3), "older ones went");
        foreach (string file in files)
            Assert.That(Restored(file).StateHash, Is.EqualTo(fixture.Engine.StateHash), file);
    }

    // where another thread decodes, the registry knows markets of records that the engine has not come to, and that a crash may take back
    [Test]
    public void A_snapshot_holds_the_markets_of_the_records_it_covers_and_no_later_ones()
    {
        EngineFixture fixture = new(EngineFixture.Options());
        fixture.Feed(MadeFrames.Upbit(76, 200));
        int known = fixture.Registry.Count;
        Assert.That(fixture.Registry.TryFind(VenueId.Upbit, "KRW-XRP"u8, out _), Is.True, "decoded, not yet processed");
        foreach (bool isCovering in new[] { false, true })
        {
            SnapshotWriter writer = new();
            EngineSnapshot.Save(fixture.Engine, fixture.Registry, writer, knownMarkets: isCovering ? known + 1 : known);
            EngineFixture restored = new(EngineFixture.Options());
            EngineSnapshot.Restore(restored.Engine, restored.Registry, Snapshot.OfMemory(writer), settings: null);
            Assert.That(restored.Registry.TryFind(VenueId.Upbit, "KRW-ETC"u8, out ushort next), Is.True);
            Assert.That((int)next, Is.EqualTo(isCovering ? known + 1 : known), "the number the journal gives it");
        }
    }

    [Test]
    public void Nothing_is_taken_before_it_is_due()
    {
        EngineFixture fixture = new(EngineFixture.Options(), insertTimers: false);
        using SnapshotKeeper keeper = new(fixture.Engine, fixture.Registry, _journal, Options() with { EveryRecords = 10_000, EveryNs = long.MaxValue });
        Feed(fixture, keeper, MadeFrames.Upbit(72, 500));
        Assert.That((keeper.PauseNs.Count, Store().List().Count), Is.EqualTo((0L, 0)));
    }

    [Test]
    public void A_busy_engine_is_left_alone_for_a_second_more()
    {
        EngineFixture fixture = new(EngineFixture.Options(), insertTimers: false);
        using SnapshotKeeper keeper = new(fixture.Engine, fixture.Registry, _journal, Options() with { EveryNs = 1_000_000_000 });
        Append(fixture, MadeFrames.StartNs);
        keeper.BetweenRecords(isIdle: false, fixture.Registry.Count);
        Append(fixture, MadeFrames.StartNs + 1_500_000_000);
        keeper.BetweenRecords(isIdle: false, fixture.Registry.Count);
        Assert.That(keeper.PauseNs.Count, Is.Zero, "due, but busy");
        keeper.BetweenRecords(isIdle: true, fixture.Registry.Count);
        Assert.That(keeper.PauseNs.Count, Is.EqualTo(1));
    }

    [Test]
    public void Old_segments_go_once_a_snapshot_stands_behind_them()
    {
        EngineFixture fixture = new(EngineFixture.Options(), insertTimers: false);
        RetentionLimits limits = new() { KeepBytes = 1 << 18 };
        using SnapshotKeeper keeper = new(fixture.Engine, fixture.Registry, _journal, Options() with { EveryRecords = 10_000, EveryNs = long.MaxValue, Retention = limits });
        foreach ((long ReceiveNs, byte[] Bytes)[] part in MadeFrames.Upbit(73, 2_500).Chunk(500))
        {
            Feed(fixture, keeper, part);
            keeper.SaveNow();
        }
        long oldest = Store().OldestSequence!.Value;
        long first = SegmentCatalog.List(Folder, LogFormat.Journal)[0].FirstSequence;
        Assert.That(keeper.DeletedSegments, Is.Positive, "control: this much data fills more than one segment");
        Assert.That(first, Is.GreaterThan(1).And.AtMost(oldest + 1), "the oldest kept snapshot still has its tail");
        Assert.That(Restored(Store().List()[0]).StateHash, Is.EqualTo(fixture.Engine.StateHash));
    }

    [Test]
    public void AFolder_that_takes_no_snapshot_is_told_and_ends_nothing()
    {
        string blocked = Path.Combine(Folder, "blocked");
        File.WriteAllText(blocked, "a file where a folder should be");
        EngineFixture fixture = new(EngineFixture.Options(), insertTimers: false);
        SnapshotKeeperOptions options = Options() with { Store = new SnapshotStore(Path.Combine(blocked, "snapshots")), EveryRecords = 50, EveryNs = long.MaxValue };
        using SnapshotKeeper keeper = new(fixture.Engine, fixture.Registry, _journal, options);
        Feed(fixture, keeper, MadeFrames.Upbit(74, 300));
        Soon.Holds(() => keeper.Problem is not null, "the failure");
        Assert.That(() => keeper.SaveNow(), Throws.InstanceOf<JournalException>(), "the last one is asked for, so its failure is told");
    }

    private SnapshotKeeperOptions Options() => new() { Store = Store(), JournalFolder = Folder };

    private SnapshotStore Store() => new(Path.Combine(Folder, "snapshots"), "engine-own");

    private void Feed(EngineFixture fixture, SnapshotKeeper keeper, IEnumerable<(long ReceiveNs, byte[] Bytes)> frames)
    {
        foreach ((long receiveNs, byte[] bytes) in frames)
        {
            _journal.Append(RecordKind.VenueFrame, (byte)VenueId.Upbit, receiveNs, bytes);
            fixture.Feed([(receiveNs, bytes)]);
            keeper.BetweenRecords(isIdle: true, fixture.Registry.Count);
            // a live run is slower than this; here the next one would fall due while this one is still written
            Soon.Holds(() => !keeper.IsStoring, "the end of a snapshot's writing");
        }
    }

    private void Append(EngineFixture fixture, long nowNs)
    {
        _journal.Append(RecordKind.Timer, 0, nowNs, default);
        fixture.Loop.OnRecord(RecordKind.Timer, VenueId.None, nowNs, default);
    }

    private EngineCore Restored(string path)
    {
        Assert.That(Snapshot.TryParse(path, File.ReadAllBytes(path), out Snapshot? snapshot, out string problem), Is.True, problem);
        EngineFixture fixture = new(EngineFixture.Options(), insertTimers: false);
        EngineSnapshot.Restore(fixture.Engine, fixture.Registry, snapshot!, settings: null);
        return fixture.Read(Folder, snapshot!.Sequence + 1).Engine;
    }
}
