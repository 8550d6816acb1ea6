using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Tests.Engine;

[TestFixture]
internal sealed class IntakeTests
{
    [Test]
    public void Records_come_out_as_they_went_in_small_and_large([Values(0, 1, 300, IntakeSlot.InlineBytes, IntakeSlot.InlineBytes + 1, 200_000)] int length)
    {
        Intake intake = new(8);
        byte[] payload = new byte[length];
        new Random(length).NextBytes(payload);
        Assert.That(intake.TryOffer(RecordKind.VenueFrame, VenueId.Upbit, 7, 9, payload), Is.True);
        Assert.That(intake.TryTake(out long sequence), Is.True);
        ref IntakeSlot slot = ref intake[sequence];
        Assert.That(Intake.BytesOf(ref slot).SequenceEqual(payload), Is.True);
        Assert.That((slot.ReceiveNs, slot.ReceivedTicks, slot.Venue, slot.Kind), Is.EqualTo((7L, 9L, VenueId.Upbit, RecordKind.VenueFrame)));
        intake.Release(sequence);
        Assert.That(intake.TryTake(out _), Is.False);
    }

    [Test]
    public void A_full_ring_refuses_and_counts()
    {
        Intake intake = new(4);
        for (int record = 0; record < 4; record++)
            Assert.That(intake.TryOffer(RecordKind.VenueFrame, VenueId.Upbit, 1, 0, "x"u8), Is.True);
        Assert.That(intake.TryOffer(RecordKind.VenueFrame, VenueId.Upbit, 1, 0, "x"u8), Is.False);
        Assert.That(intake.Refused, Is.EqualTo(1));
    }

    [Test]
    public void Many_producers_lose_nothing_and_each_keeps_its_order()
    {
        const int Producers = 4, Each = 3_000;
        Intake intake = new(64);
        Thread[] threads = new Thread[Producers];
        for (int producer = 0; producer < Producers; producer++)
        {
            int own = producer;
            threads[producer] = new Thread(() =>
            {
                for (int record = 0; record < Each; record++)
                {
                    byte[] text = Encoding.ASCII.GetBytes($"{own}:{record}");
                    while (!intake.TryOffer(RecordKind.VenueFrame, VenueId.Upbit, record, 0, text))
                        Thread.Yield();
                }
            });
            threads[producer].Start();
        }
        int[] next = new int[Producers];
        for (int taken = 0; taken < Producers * Each;)
        {
            if (!intake.TryTake(out long sequence))
                continue;
            string[] parts = Encoding.ASCII.GetString(Intake.BytesOf(ref intake[sequence])).Split(':');
            int producer = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
            Assert.That(int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(next[producer]++));
            intake.Release(sequence);
            taken++;
        }
        Array.ForEach(threads, static thread => thread.Join());
        Assert.That(next, Has.All.EqualTo(Each));
    }

    [Test]
    public void A_status_is_never_torn()
    {
        StatusBoard board = new();
        using CancellationTokenSource stop = new();
        Thread writer = new(() =>
        {
            for (long value = 1; !stop.IsCancellationRequested; value++)
                board.Write(new LiveStatus { EngineNs = value, BidPlusAsk = value, Instrument = (int)(value & 1023) });
        });
        writer.Start();
        List<LiveStatus> torn = [];
        for (int read = 0; read < 200_000; read++)
        {
            LiveStatus status = board.Read();
            if (status.EngineNs != status.BidPlusAsk)
                torn.Add(status);
        }
        stop.Cancel();
        writer.Join();
        Assert.That(torn, Is.Empty);
    }
}
