using System.Threading.Tasks;
using NUnit.Framework;
using Obs.Core.Engine;

namespace Obs.Core.Tests.Engine;

[TestFixture]
internal sealed class CommandLaneTests
{
    [Test]
    public void The_gate_is_raised_the_moment_a_kill_is_offered()
    {
        CommandLane lane = new();
        Assert.That(lane.IsKillRaised, Is.False);
        PendingCommand kill = lane.Offer(new EngineCommand { Kind = EngineCommandKind.Kill });
        Assert.That(lane.IsKillRaised, Is.True, "no record is needed for it");
        PendingCommand release = lane.Offer(new EngineCommand { Kind = EngineCommandKind.Release });
        lane.Settle(kill, isKilled: true);
        Assert.That(lane.IsKillRaised, Is.True, "a release counts once it is in force");
        lane.Settle(release, isKilled: false);
        Assert.That(lane.IsKillRaised, Is.False);
    }

    [Test]
    public void A_release_does_not_lower_the_gate_while_a_later_kill_waits()
    {
        CommandLane lane = new();
        lane.SetGate(isKilled: true);
        PendingCommand release = lane.Offer(new EngineCommand { Kind = EngineCommandKind.Release });
        PendingCommand kill = lane.Offer(new EngineCommand { Kind = EngineCommandKind.Kill });
        lane.Settle(release, isKilled: false);
        Assert.That(lane.IsKillRaised, Is.True, "the engine trades again, but somebody has asked it not to");
        lane.Settle(kill, isKilled: true);
        lane.SetGate(isKilled: false);
        Assert.That(lane.IsKillRaised, Is.False, "control: nothing waits any more");
    }

    [Test]
    public void Commands_are_taken_in_order_and_answered()
    {
        CommandLane lane = new();
        PendingCommand kill = lane.Offer(new EngineCommand { Kind = EngineCommandKind.Kill });
        PendingCommand release = lane.Offer(new EngineCommand { Kind = EngineCommandKind.Release });
        Assert.That(lane.TryTake(out PendingCommand? first) && first == kill, Is.True);
        Assert.That(lane.TryTake(out PendingCommand? second) && second == release, Is.True);
        Assert.That(lane.TryTake(out _), Is.False);
        kill.Complete(12, new CommandOutcome(11, EngineCommandKind.Kill, CommandReason.Accepted));
        Assert.That((kill.RecordSequence, kill.Answer.Result.Sequence), Is.EqualTo((12L, 11L)));
    }

    [Test]
    public void What_the_engine_never_took_is_dropped([Values] bool closedFirst)
    {
        CommandLane lane = new();
        if (closedFirst)
            lane.Close();
        PendingCommand pending = lane.Offer(new EngineCommand { Kind = EngineCommandKind.Kill });
        lane.Close();
        Assert.That(pending.Answer.IsCanceled, Is.True);
        Assert.That(async () => await pending.Answer, Throws.InstanceOf<TaskCanceledException>());
    }
}
