using System;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

[TestFixture]
public sealed class JournalAllocationTests : InJournalFolder
{
    [Test]
    public void Appending_and_reading_allocate_nothing()
    {
        using JournalWriter writer = Folder.OpenWriter(8 << 20);
        byte[] payload = new byte[300];
        void Append() => _ = writer.Append(RecordKind.VenueFrame, 1, 1, payload);
        Append();
        using JournalReader reader = new(Folder.Path);
        Assert.That(BytesAllocatedBy(Append), Is.Zero);
        Assert.That(BytesAllocatedBy(() => _ = reader.TryRead(out _, out _)), Is.Zero);
    }

    [Test]
    public void Polling_at_the_end_allocates_nothing()
    {
        using JournalWriter writer = Folder.OpenWriter(1 << 20);
        JournalFolder.AppendMany(writer, 1);
        using JournalReader reader = new(Folder.Path);
        Assert.That(reader.TryRead(out _, out _), Is.True);
        Assert.That(BytesAllocatedBy(() => _ = reader.TryRead(out _, out _)), Is.Zero);
    }

    /// <summary>The control: the counter must see one small object per call.</summary>
    [Test]
    public void The_counter_sees_an_allocation() =>
        Assert.That(BytesAllocatedBy(static () => _ = new object()), Is.Positive);

    private static long BytesAllocatedBy(Action step)
    {
        for (int i = 0; i < 200; i++)
            step();
        AllocationMeter meter = AllocationMeter.Start();
        for (int i = 0; i < 10_000; i++)
            step();
        return meter.Bytes;
    }
}
