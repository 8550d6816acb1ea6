using System.Threading;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>No wake-up is lost between announcing and sleeping.</summary>
internal sealed class WaitGateTests
{
    [Test]
    public void A_gate_opened_after_the_ticket_was_drawn_does_not_block()
    {
        WaitGate gate = new();
        int ticket = gate.Announce();
        gate.Open();
        gate.Block(ticket);
        Assert.That(gate.Announce(), Is.Not.EqualTo(ticket));
        gate.Leave();
    }

    [Test]
    public void A_gate_that_nobody_waits_at_keeps_its_tickets()
    {
        WaitGate gate = new();
        int before = gate.Announce();
        gate.Leave();
        gate.Open();
        Assert.That(gate.Announce(), Is.EqualTo(before), "opening cost a lock although nobody waited");
        gate.Leave();
    }

    [Test]
    public void Who_blocks_comes_back_after_the_gate_was_opened_and_not_before()
    {
        WaitGate gate = new();
        bool isOpened = false, wasOpened = false;
        using ManualResetEventSlim announced = new();
        Thread sleeper = new(() =>
        {
            int ticket = gate.Announce();
            announced.Set();
            gate.Block(ticket);
            wasOpened = Volatile.Read(ref isOpened);
        })
        { IsBackground = true, Name = "sleeper" };
        sleeper.Start();
        announced.Wait();
        SpinWait.SpinUntil(() => (sleeper.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) != 0, Line<BlockingWaitStrategy>.Limit);
        Volatile.Write(ref isOpened, true);
        gate.Open();
        Line<BlockingWaitStrategy>.EndsInTime(sleeper);
        Assert.That(wasOpened, Is.True);
    }

    [Test]
    public void Opening_wakes_all_who_sleep()
    {
        WaitGate gate = new();
        Thread[] sleepers = new Thread[3];
        using CountdownEvent announced = new(sleepers.Length);
        for (int index = 0; index < sleepers.Length; index++)
        {
            sleepers[index] = new Thread(() =>
            {
                int ticket = gate.Announce();
                announced.Signal();
                gate.Block(ticket);
            })
            { IsBackground = true, Name = $"sleeper {index}" };
            sleepers[index].Start();
        }
        announced.Wait();
        gate.Open();
        foreach (Thread sleeper in sleepers)
            Line<BlockingWaitStrategy>.EndsInTime(sleeper);
    }
}
