using System.Runtime.InteropServices;

namespace Obs.Core.Journal;

/// <summary>The fixed part of a segment's header: written once, before the segment gets its name. The layout is on disk and
/// frozen.</summary>
[StructLayout(LayoutKind.Explicit, Size = SizeBytes)]
internal readonly record struct SegmentHeader
{
    /// <summary>Bytes of these fields; the note follows them.</summary>
    public const int SizeBytes = 64;

    /// <summary>"OBSSEG01", read as a little-endian number.</summary>
    public const ulong MagicNumber = 0x3130_4745_5353_424F;

    /// <summary>The only version so far.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Bit of <see cref="Flags"/>: the journal was made by an import; it holds no timers and a replay inserts them
    /// (docs/decisions/004).</summary>
    public const int RecordingFlag = 1;

    /// <summary><see cref="MagicNumber"/>.</summary>
    [field: FieldOffset(0)] public ulong Magic { get; init; }

    /// <summary>Version of segments and records.</summary>
    [field: FieldOffset(8)] public int Version { get; init; }

    /// <summary><see cref="LogFormat.Stream"/>.</summary>
    [field: FieldOffset(12)] public int Stream { get; init; }

    /// <summary>Sequence of the first record; also the file's name.</summary>
    [field: FieldOffset(16)] public long FirstSequence { get; init; }

    /// <summary>Size of a full segment file; a file may be shorter when it was trimmed at a clean close.</summary>
    [field: FieldOffset(24)] public long SegmentBytes { get; init; }

    /// <summary>Receive time of the first record, nanoseconds since 1970; retention counts from it.</summary>
    [field: FieldOffset(32)] public long FirstReceiveNs { get; init; }

    /// <summary>The same in all segments of one log (receive time of its first record): segments of two logs are not mixed up.</summary>
    [field: FieldOffset(40)] public long LogId { get; init; }

    /// <summary>Bit set, see <see cref="RecordingFlag"/>.</summary>
    [field: FieldOffset(48)] public int Flags { get; init; }

    /// <summary>Bytes of the UTF-8 note behind these fields.</summary>
    [field: FieldOffset(52)] public int NoteBytes { get; init; }

    /// <summary>Zero.</summary>
    [field: FieldOffset(56)] public long Reserved { get; init; }

    /// <summary>Whether a replay must insert timers.</summary>
    public bool IsRecording => (Flags & RecordingFlag) != 0;
}
