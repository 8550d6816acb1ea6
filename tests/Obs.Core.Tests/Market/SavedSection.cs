using System;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Market;

/// <summary>What a part of the engine writes into a snapshot, without the file around it.</summary>
internal static class SavedSection
{
    public static byte[] Of(Action<SnapshotWriter> save)
    {
        SnapshotWriter writer = new();
        writer.BeginSection(1);
        save(writer);
        writer.EndSection();
        ReadOnlySpan<byte> file = writer.Complete(1, 1, 1);
        ReadOnlySpan<byte> section = file[SnapshotLayout.HeaderBytes..];
        int bytes = (int)BitConverter.ToInt64(section[(SnapshotLayout.SectionHeaderBytes - 8)..]);
        return section.Slice(SnapshotLayout.SectionHeaderBytes, bytes).ToArray();
    }
}
