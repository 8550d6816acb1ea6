using System;
using System.Diagnostics;
using Obs.Core.Journal;

namespace Obs.Core.Recordings.Frames;

/// <summary>Reads <c>receive-time frame</c> lines. The frame is given on as the bytes it is; its venue's decoder judges it later.</summary>
/// <remarks>About 30 ns a line beside the unpacking: one search for the line end, up to 19 digits, no copy, no allocation.</remarks>
internal sealed class FrameLineReader : IRecordingReader
{
    private const int MostDigits = 19;

    /// <inheritdoc/>
    public void Read(ByteSource source, ImportContext context)
    {
        while (source.TryReadLine(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
                continue;
            context.Counts.Lines++;
            BadLineReason reason = Split(line, out long receiveNs, out ReadOnlySpan<byte> frame);
            if (source.TooLong)
                reason = BadLineReason.LineTooLong;
            if (reason != BadLineReason.None)
                context.Bad(source.LineNumber, new LineFault(reason), line);
            else if (context.InSpan(receiveNs))
                context.Frame(source.LineNumber, KindOf(frame), receiveNs, frame);
            else if (receiveNs < context.Options.FromNs && KindOf(frame) == RecordKind.RestAnswer)
                context.Counts.Note("a REST snapshot lies before --from: without it the books wait for the next one. Import without --from and give --from to replay, which builds the books from what lies before it");
        }
    }

    /// <summary>Splits a line into its receive time and its frame.</summary>
    public static BadLineReason Split(ReadOnlySpan<byte> line, out long receiveNs, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        receiveNs = 0;
        long time = 0;
        int at = 0;
        for (; at < line.Length && at <= MostDigits; at++)
        {
            uint digit = unchecked(line[at] - (uint)'0');
            if (digit > 9)
                break;
            // 19 digits fit: a 20th ends the loop and the line is refused
            time = unchecked(time * 10 + digit);
        }
        if (at == 0 || (at < line.Length && at <= MostDigits && line[at] is not ((byte)' ' or (byte)'\t')))
            return BadLineReason.NoTime;
        if (at > MostDigits || time < 0)
            return BadLineReason.ClockAbsurd;
        BadLineReason reason = ReceiveTime.ToNs(time, out receiveNs);
        if (reason != BadLineReason.None)
            return reason;
        frame = line[at..].Trim(" \t"u8);
        Debug.Assert(receiveNs > 0, "a time that was accepted lies after 2009");
        return frame.IsEmpty ? BadLineReason.EmptyPayload : BadLineReason.None;
    }

    /// <summary>A REST snapshot is an object whose first member is lastUpdateId; no stream frame begins so.</summary>
    public static RecordKind KindOf(ReadOnlySpan<byte> frame) =>
        frame[0] == '{' && frame[1..].TrimStart(" \t"u8).StartsWith("\"lastUpdateId\""u8) ? RecordKind.RestAnswer : RecordKind.VenueFrame;
}
