using System;
using System.Diagnostics;
using System.Text;

namespace Obs.Core.Journal;

/// <summary>Reads and writes a segment's first 4,096 bytes: fixed part and note with their CRC32C, then two slots for the acknowledged
/// length.</summary>
/// <remarks>Bytes 0–2047: <see cref="SegmentHeader"/>, note, zeros, CRC32C in the last four. 2048 and 3072:
/// <see cref="AcknowledgedLength"/>.
/// Everything else is zero and checked, so no flipped byte goes unseen.</remarks>
internal static unsafe class SegmentHeaderPage
{
    /// <summary>Where records begin.</summary>
    public const int SizeBytes = 4096;

    /// <summary>Longest note in UTF-8 bytes.</summary>
    public const int NoteBytesMax = FixedBytes - SegmentHeader.SizeBytes - 4;

    private const int FixedBytes = 2048;

    /// <summary>Writes the fixed part and both slots (nothing acknowledged yet) into a zeroed page.</summary>
    public static void Write(byte* page, SegmentHeader header, ReadOnlySpan<byte> note)
    {
        Debug.Assert(note.Length <= NoteBytesMax, "the options check the note's length");
        new Span<byte>(page, SizeBytes).Clear();
        *(SegmentHeader*)page = header with
        {
            Magic = SegmentHeader.MagicNumber,
            Version = SegmentHeader.CurrentVersion,
            NoteBytes = note.Length,
        };
        note.CopyTo(new Span<byte>(page + SegmentHeader.SizeBytes, NoteBytesMax));
        *(uint*)(page + FixedBytes - 4) = FixedChecksum(page);
        AcknowledgedLength.Write(page, SizeBytes, generation: 0);
        AcknowledgedLength.Write(page, SizeBytes, generation: 1);
    }

    /// <summary>Reads and checks the page; false with the reason where it is damaged or another program's.</summary>
    /// <param name="page">Start of the mapped file.</param>
    /// <param name="fileBytes">Bytes of the file; fewer than a page is damage.</param>
    /// <param name="format">The log it must belong to.</param>
    /// <param name="header">The fixed part.</param>
    /// <param name="problem">What is wrong, for a message; empty if nothing.</param>
    public static bool TryRead(byte* page, long fileBytes, LogFormat format, out SegmentHeader header, out string problem)
    {
        header = default;
        problem = "";
        if (fileBytes < SizeBytes)
            problem = $"the file has {fileBytes} bytes, its header alone {SizeBytes}";
        else if (*(uint*)(page + FixedBytes - 4) != FixedChecksum(page))
            problem = "the header's checksum does not match";
        else
        {
            header = *(SegmentHeader*)page;
            problem = ProblemOf(header, format);
            if (problem.Length == 0 && !RestIsZero(page))
                problem = "bytes of the header that must be zero are not";
            if (problem.Length == 0 && !AcknowledgedLength.TryRead(page, out _))
                problem = "both copies of the acknowledged length are damaged";
        }
        return problem.Length == 0;
    }

    /// <summary>Whether the page is whole but of a version this program does not know; nobody may "repair" that.</summary>
    public static bool IsOtherVersion(byte* page, long fileBytes) =>
        fileBytes >= SizeBytes && *(uint*)(page + FixedBytes - 4) == FixedChecksum(page)
        && ((SegmentHeader*)page)->Magic == SegmentHeader.MagicNumber && ((SegmentHeader*)page)->Version != SegmentHeader.CurrentVersion;

    /// <summary>The note of a page that <see cref="TryRead"/> accepted.</summary>
    public static string Note(byte* page) =>
        Encoding.UTF8.GetString(page + SegmentHeader.SizeBytes, Math.Clamp(((SegmentHeader*)page)->NoteBytes, 0, NoteBytesMax));

    private static string ProblemOf(in SegmentHeader header, LogFormat format)
    {
        if (header.Magic != SegmentHeader.MagicNumber)
            return "it is not a segment file (wrong magic number)";
        if (header.Version != SegmentHeader.CurrentVersion)
            return $"it has format version {header.Version}, this program reads {SegmentHeader.CurrentVersion}; use the program that wrote it";
        if (header.Stream != format.Stream)
            return $"it belongs to stream {header.Stream}, a {format.Name} has {format.Stream}";
        if (header.FirstSequence < 1 || header.SegmentBytes < SizeBytes)
            return $"it claims first sequence {header.FirstSequence} and {header.SegmentBytes} bytes";
        return "";
    }

    private static bool RestIsZero(byte* page) =>
        ZeroBytes.AreAll(page + AcknowledgedLength.FirstSlotOffset + AcknowledgedLength.SlotBytes,
            AcknowledgedLength.SecondSlotOffset - AcknowledgedLength.FirstSlotOffset - AcknowledgedLength.SlotBytes)
        && ZeroBytes.AreAll(page + AcknowledgedLength.SecondSlotOffset + AcknowledgedLength.SlotBytes,
            SizeBytes - AcknowledgedLength.SecondSlotOffset - AcknowledgedLength.SlotBytes);

    private static uint FixedChecksum(byte* page) => Crc32C.Compute(new ReadOnlySpan<byte>(page, FixedBytes - 4));
}
