using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;
using Obs.Core.Recordings.Cache;

namespace Obs.Core.Tests.Engine;

/// <summary>A journal replayed from its decoded cache is the journal replayed from its bytes, bit for bit.</summary>
[TestFixture]
internal sealed class DecodedReplayTests : InFolder
{
    [Test]
    public void The_cache_gives_the_same_states_lines_and_counts([Values(21, 22)] int seed)
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(seed, 2_000);
        frames[700] = (frames[700].ReceiveNs, "{\"ty\":\"orderbook\",\"cd\":\"KRW-BTC\""u8.ToArray());
        WriteJournal(frames);
        CollectingOutput rawLines = new(), cachedLines = new();
        EngineFixture raw = new(EngineFixture.Options(), rawLines), cached = new(EngineFixture.Options(), cachedLines);
        raw.Read(Folder);
        RunCached(cached);
        Assert.Multiple(() =>
        {
            Assert.That(cachedLines.Lines, Is.EqualTo(rawLines.Lines), $"seed {seed}");
            Assert.That(cached.Engine.StateHash, Is.EqualTo(raw.Engine.StateHash), $"seed {seed}");
            Assert.That(cached.Engine.Counters, Is.EqualTo(raw.Engine.Counters), $"seed {seed}");
            Assert.That(raw.Engine.Counters.Rejected, Is.EqualTo(1), "the broken frame is refused, and counted, both ways");
            Assert.That(raw.Engine.Counters.Fills, Is.GreaterThan(10), "a run without fills shows nothing");
        });
    }

    [Test]
    public void A_cache_of_other_frames_gives_another_state()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(23, 1_000);
        WriteJournal(frames);
        EngineFixture raw = new(EngineFixture.Options());
        raw.Feed(frames.Take(999));
        EngineFixture cached = new(EngineFixture.Options());
        RunCached(cached);
        Assert.That(cached.Engine.StateHash, Is.Not.EqualTo(raw.Engine.StateHash), "control: a hash that sees nothing proves nothing");
    }

    [Test]
    public void A_cache_is_stale_once_the_journal_changed()
    {
        WriteJournal(MadeFrames.Upbit(24, 50));
        DecodedCacheBuilder.Write(Folder, DefaultInstruments.Catalog, null, null);
        string segment = Directory.GetFiles(Folder, "*" + LogFormat.Journal.Extension).Single();
        using (FileStream file = new(segment, FileMode.Append))
            file.WriteByte(1);
        ImportException failure = Assert.Throws<ImportException>(() =>
            DecodedCacheReader.Open(DecodedCacheBuilder.PathOf(Folder), DecodedCacheBuilder.StampOf(Folder)).Dispose());
        Assert.That(failure.Problem, Is.EqualTo(ImportProblem.Stale));
    }

    private void WriteJournal(List<(long ReceiveNs, byte[] Bytes)> frames)
    {
        using JournalWriter journal = JournalWriter.Open(new JournalOptions { Directory = Folder, IsRecording = true, TrimOnClose = true });
        foreach ((long receiveNs, byte[] bytes) in frames)
            journal.Append(RecordKind.VenueFrame, (byte)VenueId.Upbit, receiveNs, bytes);
    }

    private void RunCached(EngineFixture fixture)
    {
        DecodedCacheBuilder.Write(Folder, DefaultInstruments.Catalog, null, null);
        using DecodedCacheReader cache = DecodedCacheReader.Open(DecodedCacheBuilder.PathOf(Folder), DecodedCacheBuilder.StampOf(Folder));
        cache.Configuration.Register(fixture.Registry);
        DecodedCursor cursor = cache.Start();
        while (cursor.MoveNext())
            fixture.Loop.OnDecoded(cursor);
    }
}
