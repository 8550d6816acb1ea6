namespace Obs.Core.Journal;

/// <summary>Where things stand in a snapshot file: a header of 64 bytes, then sections of id, length and content, each padded to 8 bytes.
/// Frozen.</summary>
internal static class SnapshotLayout
{
    /// <summary>"OBSSNAP1" as a little-endian number.</summary>
    public const ulong MagicNumber = 0x3150_414E_5353_424F;

    /// <summary>Bytes of the header: magic, CRC32C of everything behind it, section count, sequence, engine time, schema, total
    /// bytes.</summary>
    public const int HeaderBytes = 64;

    /// <summary>Bytes in front of a section's content: id, zero, length.</summary>
    public const int SectionHeaderBytes = 16;

    /// <summary>Offsets inside the header.</summary>
    public const int CrcOffset = 8, SectionCountOffset = 12, SequenceOffset = 16, EngineTimeOffset = 24, SchemaOffset = 32,
        TotalBytesOffset = 40;

    /// <summary>Rounded up to 8.</summary>
    public static int Padded(int bytes) => checked(bytes + 7) & ~7;
}
