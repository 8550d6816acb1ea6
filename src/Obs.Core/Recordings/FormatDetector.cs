using System;
using System.Globalization;
using System.Text;

namespace Obs.Core.Recordings;

/// <summary>Says from the first bytes how a recording is written. Up to 20 lines are looked at, so that a bad first line doesn't hide the rest.</summary>
internal static class FormatDetector
{
    private const int HeadBytes = 1 << 16;
    private const int LinesLookedAt = 20;
    private const int ShownBytes = 60;

    /// <summary>Finds the format and passes over a byte order mark.</summary>
    /// <param name="content">The unpacked content; nothing but the mark is taken.</param>
    /// <param name="wanted">The caller's choice, which then is taken unseen; the encoding is checked all the same.</param>
    /// <exception cref="ImportException">Empty, UTF-16 or UTF-32, or no known format.</exception>
    public static RecordingFormat Detect(ByteSource content, RecordingFormat wanted)
    {
        ReadOnlySpan<byte> head = content.Peek(HeadBytes);
        if (head.IsEmpty)
            ImportThrow.Empty(content.Name);
        if (IsNpy(head))
            return RecordingFormat.Hftbacktest;
        CheckEncoding(content);
        head = content.Peek(HeadBytes);
        if (wanted != RecordingFormat.Detect)
            return wanted;
        RecordingFormat found = OfLines(head);
        if (found == RecordingFormat.Detect && WhyUnknown(head) is { } reason)
            ImportThrow.NotSupported(content.Name, 1, reason);
        if (found == RecordingFormat.Detect)
            ImportThrow.UnknownFormat(content.Name, Beginning(head));
        return found;
    }

    /// <summary>True for the magic of a npy array.</summary>
    public static bool IsNpy(ReadOnlySpan<byte> head) => head.Length >= 6 && head[0] == 0x93 && head[1..].StartsWith("NUMPY"u8);

    /// <summary>Refuses text in 16 or 32 bits a letter and passes over the mark of UTF-8.</summary>
    /// <exception cref="ImportException">The text is not UTF-8.</exception>
    public static void CheckEncoding(ByteSource content)
    {
        ReadOnlySpan<byte> head = content.Peek(4);
        RefuseWideText(content.Name, head);
        if (head.StartsWith("\uFEFF"u8))
            content.Skip(3);
    }

    private static void RefuseWideText(string name, ReadOnlySpan<byte> head)
    {
        if (head.Length < 2)
            return;
        if (head is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..])
            ImportThrow.WrongEncoding(name, "UTF-32");
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || (head[0] == 0) != (head[1] == 0))
            ImportThrow.WrongEncoding(name, "UTF-16");
    }

    private static RecordingFormat OfLines(ReadOnlySpan<byte> head)
    {
        for (int line = 0; line < LinesLookedAt && !head.IsEmpty; line++)
        {
            int end = head.IndexOf((byte)'\n');
            ReadOnlySpan<byte> text = (end < 0 ? head : head[..end]).TrimEnd((byte)'\r');
            RecordingFormat format = OfLine(text);
            if (format != RecordingFormat.Detect)
                return format;
            head = end < 0 ? [] : head[(end + 1)..];
        }
        return RecordingFormat.Detect;
    }

    private static RecordingFormat OfLine(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("exchange,symbol,timestamp,local_timestamp,"u8))
            return RecordingFormat.Tardis;
        int digits = line.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is >= 12 and <= 19 && line[digits] is (byte)' ' or (byte)'\t')
            return RecordingFormat.Frames;
        ReadOnlySpan<byte> inner = line.TrimStart("[ "u8);
        if (inner.Length > 2 && inner[0] == '{' && (inner.Length != line.Length || inner[^1] == '}' || inner.Length > 1000))
            return OfQuote(inner[1..].TrimStart((byte)' '));
        if (line.IndexOf(","u8) > 0 && (line.IndexOf("trade_price"u8) >= 0 || line.IndexOf("orderbook_units"u8) >= 0 || line.IndexOf("total_ask_size"u8) >= 0))
            return RecordingFormat.CsvRecords;
        return IsPolledBook(line) ? RecordingFormat.PolledBookCsv : RecordingFormat.Detect;
    }

    private static RecordingFormat OfQuote(ReadOnlySpan<byte> key) => key switch
    {
        [(byte)'\'', ..] => RecordingFormat.PythonDict,
        [(byte)'"', ..] => RecordingFormat.JsonLines,
        _ => RecordingFormat.Detect,
    };

    private static bool IsPolledBook(ReadOnlySpan<byte> line)
    {
        byte separator = line.IndexOf((byte)'|') >= 0 ? (byte)'|' : (byte)',';
        if (line.Count(separator) != 3)
            return false;
        if (line.StartsWith("price"u8))
            return line.IndexOf("quantity"u8) > 0 && line.IndexOf("type"u8) > 0 && line.IndexOf("timestamp"u8) > 0;
        return TimeText.TryParse(line[(line.LastIndexOf(separator) + 1)..], 0, out _);
    }

    // two things people try that deserve a better answer than "unknown"
    private static string? WhyUnknown(ReadOnlySpan<byte> head)
    {
        if (head is [0x1F, 0x8B, ..] or [(byte)'P', (byte)'K', 3, 4, ..])
            return "is packed inside a packed file; unpack it once and name what comes out.";
        int digits = head.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits is >= 9 and <= 11 && head[digits] is (byte)' ' or (byte)'\t'
            ? string.Create(CultureInfo.InvariantCulture, $"the receive time has {digits} digits; write ms, µs or ns since 1970 (13, 16 or 19 digits).")
            : null;
    }

    private static string Beginning(ReadOnlySpan<byte> head)
    {
        StringBuilder shown = new(ShownBytes);
        foreach (byte next in head[..Math.Min(head.Length, ShownBytes)])
            shown.Append(next is >= 0x20 and < 0x7F ? (char)next : '.');
        return shown.ToString();
    }
}
