using System;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Engine;

[TestFixture]
internal sealed class CommandTableTests
{
    private const long DayNs = 86_400_000_000_000;

    [Test]
    public void A_kill_is_in_force_until_a_release()
    {
        CommandTable table = new();
        table.Decide(Command(EngineCommandKind.Kill, 0), 5, 100);
        Assert.That((table.IsKilled, table.Last), Is.EqualTo((true, new CommandOutcome(5, EngineCommandKind.Kill, CommandReason.Accepted))));
        table.Decide(Command(EngineCommandKind.Kill, 0), 6, 101);
        Assert.That((table.IsKilled, table.Last.Reason), Is.EqualTo((true, CommandReason.Accepted)), "killing twice is no error");
        table.Decide(Command(EngineCommandKind.Release, 0), 7, 102);
        Assert.That((table.IsKilled, table.Last.Sequence), Is.EqualTo((false, 7L)));
    }

    [Test]
    public void A_retry_gets_the_first_answer_and_does_nothing_again()
    {
        CommandTable table = new();
        table.Decide(Command(EngineCommandKind.Kill, 77), 5, 100);
        table.Decide(Command(EngineCommandKind.Release, 78), 6, 101);
        table.Decide(Command(EngineCommandKind.Kill, 77), 7, 102);
        Assert.That((table.IsKilled, table.Last.Sequence), Is.EqualTo((false, 5L)), "the kill was answered at 5 and is over");
    }

    [Test]
    public void A_key_used_for_another_command_is_refused()
    {
        CommandTable table = new();
        table.Decide(Command(EngineCommandKind.Kill, 77), 5, 100);
        table.Decide(Command(EngineCommandKind.Release, 77), 6, 101);
        Assert.That((table.IsKilled, table.Last), Is.EqualTo((true, new CommandOutcome(6, EngineCommandKind.Release, CommandReason.KeyReused))));
    }

    [Test]
    public void A_key_is_forgotten_after_a_day()
    {
        CommandTable table = new();
        table.Decide(Command(EngineCommandKind.Kill, 77), 5, 100);
        table.Decide(Command(EngineCommandKind.Release, 77), 6, 100 + DayNs);
        Assert.That(table.IsKilled, Is.True, "a day is still remembered");
        table.Decide(Command(EngineCommandKind.Release, 77), 7, 101 + DayNs);
        Assert.That(table.IsKilled, Is.False);
    }

    [Test]
    public void Bytes_that_are_no_command_are_answered_and_change_nothing()
    {
        CommandTable table = new();
        table.Decide(default, 5, 100);
        Assert.That((table.IsKilled, table.Last.Reason), Is.EqualTo((false, CommandReason.Unreadable)));
    }

    [Test]
    public void The_table_comes_back_from_a_snapshot([Values(0, 1, 5, CommandTable.Capacity + 7)] int commands)
    {
        CommandTable table = new();
        for (int command = 1; command <= commands; command++)
            table.Decide(Command(command % 3 == 0 ? EngineCommandKind.Release : EngineCommandKind.Kill, (ulong)command), command, command);
        SnapshotWriter writer = new();
        writer.BeginSection(1);
        table.Save(writer);
        writer.EndSection();
        CommandTable restored = new();
        restored.Restore(Snapshot.OfMemory(writer).Section(1));
        Assert.That((restored.IsKilled, restored.Last, restored.StateHash), Is.EqualTo((table.IsKilled, table.Last, table.StateHash)));
        restored.Decide(Command(EngineCommandKind.Kill, (ulong)commands), 9_999, commands);
        table.Decide(Command(EngineCommandKind.Kill, (ulong)commands), 9_999, commands);
        Assert.That((restored.Last, restored.StateHash), Is.EqualTo((table.Last, table.StateHash)));
    }

    [Test]
    public void The_hash_is_zero_before_the_first_command_and_sees_a_kill()
    {
        CommandTable table = new();
        Assert.That(table.StateHash, Is.Zero, "runs without commands keep their hashes");
        table.Decide(Command(EngineCommandKind.Kill, 0), 5, 100);
        ulong killed = table.StateHash;
        table.Decide(Command(EngineCommandKind.Release, 0), 6, 100);
        Assert.That(table.StateHash, Is.Not.EqualTo(killed).And.Not.Zero);
    }

    [Test]
    public void A_command_has_its_bytes()
    {
        byte[] payload = new byte[EngineCommand.SizeBytes];
        int length = new EngineCommand { Kind = EngineCommandKind.Release, Account = 3, KeyHigh = 1, KeyLow = 2 }.Write(payload);
        Assert.That((length, Unsafe.SizeOf<EngineCommand>()), Is.EqualTo((24, 24)));
        Assert.That((payload[0], payload[8], payload[16], payload[20]), Is.EqualTo(((byte)1, (byte)2, (byte)3, (byte)2)), "the layout is on disk");
        Assert.That(EngineCommand.TryRead(payload, out EngineCommand read) && read.Account == 3, Is.True);
        Assert.That(EngineCommand.TryRead(payload.AsSpan(0, 20), out _), Is.False);
    }

    [TestCase(CommandReason.Accepted, 0), TestCase(CommandReason.Unreadable, 1), TestCase(CommandReason.KeyReused, 2)]
    public void Numbers_on_disk_only_grow(CommandReason reason, int number) => Assert.That((int)reason, Is.EqualTo(number));

    private static EngineCommand Command(EngineCommandKind kind, ulong key) => new() { Kind = kind, KeyLow = key };
}
