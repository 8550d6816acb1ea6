using System;
using System.Collections.Generic;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Tests.Engine;

/// <summary>The live split under random pauses of all its threads, with commands from a thread of their own: whatever order comes out, its replay gives the same state.</summary>
/// <remarks>That the comparison can fail is shown by the control of <see cref="LiveEqualsReplayTests"/> (two records in another order).</remarks>
[TestFixture]
internal sealed class LiveStressTests : InFolder
{
    [Test]
    public void Any_interleaving_replays_to_the_state_it_had([Values(301, 302, 303)] int seed) => Run(seed, frames: 2_500);

    [Test, Category("Soak")]
    public void Any_interleaving_replays_to_the_state_it_had_in_long_runs([Range(401, 410)] int seed) => Run(seed, frames: 60_000);

    private void Run(int seed, int frames)
    {
        Random random = new(seed);
        List<(long ReceiveNs, byte[] Bytes)> made = MadeFrames.Upbit(seed, frames);
        using LiveFixture live = new LiveFixture(Folder, isSplit: true, new PausingOutput(seed), slots: 4, wrap: line => new PausingLine(line, seed)).Begin(made[0].ReceiveNs - 1);
        List<PendingCommand> asked = [];
        int fed = 0;
        Thread desk = new(() => Ask(live, asked, new Random(~seed), made.Count, () => Volatile.Read(ref fed))) { IsBackground = true, Name = "desk" };
        desk.Start();
        foreach ((long, byte[]) frame in made)
        {
            live.Feed([frame]);
            Volatile.Write(ref fed, fed + 1);
            Jitter.Pause(random);
        }
        Soon.Ends(desk);
        live.Stop();
        EngineFixture replay = LiveFixture.Replayed(Folder), split = LiveFixture.ReplayedSplit(Folder);
        Assert.Multiple(() =>
        {
            Assert.That(live.Failure, Is.Null, $"seed {seed}");
            Assert.That((replay.Engine.StateHash, replay.Engine.Sequence), Is.EqualTo((live.Engine.Engine.StateHash, live.Journal.PublishedSequence)), $"seed {seed}");
            Assert.That(split.Engine.StateHash, Is.EqualTo(replay.Engine.StateHash), $"seed {seed}");
            Assert.That(asked, Has.Count.GreaterThan(20).And.All.Matches<PendingCommand>(static one => one.Answer.IsCompletedSuccessfully), "each command was answered");
            Assert.That(asked.FindAll(one => !IsCommandAt(one)), Is.Empty, "and its record stands where the answer says");
        });
    }

    private static void Ask(LiveFixture live, List<PendingCommand> asked, Random random, int frames, Func<int> fed)
    {
        for (int command = 1; command <= 30; command++)
        {
            int until = frames * command / 31;
            while (fed() < until)
                Thread.Yield();
            asked.Add(live.Ask(random.Next(2) == 0 ? EngineCommandKind.Kill : EngineCommandKind.Release, (ulong)random.Next(1, 25)));
        }
    }

    private bool IsCommandAt(PendingCommand command)
    {
        using JournalReader reader = new(Folder, new JournalReaderOptions { FromSequence = command.RecordSequence });
        return reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload) && header.Kind == RecordKind.Command
            && EngineCommand.TryRead(payload, out EngineCommand stored) && stored.Kind == command.Command.Kind && stored.KeyLow == command.Command.KeyLow;
    }

    private sealed class PausingOutput(int seed) : EngineOutput
    {
        private readonly Random _random = new(seed + 1);

        public override void OnTop(in MarketEvent book, Instrument instrument, BookQuality quality, in TopOfBook top) => Jitter.Pause(_random);
    }

    private sealed class PausingLine(IEngineLine line, int seed) : PassingLine(line)
    {
        private readonly Random _random = new(seed + 2);

        public override void Offer(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload, long receivedTicks, long sequence = 0, PendingCommand? command = null)
        {
            Jitter.Pause(_random);
            base.Offer(kind, venue, receiveNs, payload, receivedTicks, sequence, command);
        }
    }
}
