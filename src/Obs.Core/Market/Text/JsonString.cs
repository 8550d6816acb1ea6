using System;
using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Unicode;

namespace Obs.Core.Market.Text;

/// <summary>JSON strings in UTF-8: finding the end, checking the contents, resolving escapes.</summary>
/// <remarks>Any thread, no allocation. Refused: control characters, unknown escapes, half surrogate pairs, bytes that are no UTF-8.</remarks>
internal static class JsonString
{
    private const int ShortBytes = 24;

    private static readonly SearchValues<byte> Special = SearchValues.Create(SpecialBytes());

    /// <summary>Length of the contents of a string whose opening quote is already passed; -1 when it is not a string or does not end.</summary>
    public static int ContentLength(ReadOnlySpan<byte> text, out bool escaped)
    {
        escaped = false;
        bool ascii = true;
        int at = 0;
        // names and numbers are short: the search in blocks pays from here on only
        for (int end = Math.Min(text.Length, ShortBytes); at < end; at++)
        {
            byte next = text[at];
            if (next == '"')
                return at;
            if (next is < 0x20 or >= 0x80 or (byte)'\\')
                break;
        }
        while (true)
        {
            int step = text[at..].IndexOfAny(Special);
            if (step < 0)
                return -1;
            at += step;
            byte special = text[at];
            if (special == '"')
                return ascii || Utf8.IsValid(text[..at]) ? at : -1;
            if (special >= 0x80)
            {
                ascii = false;
                at++;
            }
            else
            {
                int length = special == '\\' ? EscapeLength(text[at..]) : 0;
                if (length == 0)
                    return -1;
                escaped = true;
                at += length;
            }
        }
    }

    /// <summary>Resolves the escapes of contents that <see cref="ContentLength"/> accepted; 0 when the result does not fit.</summary>
    public static int Unescape(ReadOnlySpan<byte> contents, Span<byte> destination)
    {
        int from = 0, to = 0;
        while (from < contents.Length)
        {
            if (destination.Length - to < 4)
                return 0;
            if (contents[from] != '\\')
            {
                destination[to++] = contents[from++];
                continue;
            }
            int length = EscapeLength(contents[from..]);
            Debug.Assert(length is 2 or 6 or 12, "the contents were not validated before");
            if (length == 2)
                destination[to++] = Simple(contents[from + 1]);
            else
                to += ScalarOf(contents.Slice(from, length)).EncodeToUtf8(destination[to..]);
            from += length;
        }
        return to;
    }

    /// <summary>Bytes of the escape at the start of the text: 2, 6, 12 (a surrogate pair), or 0 when it is none.</summary>
    private static int EscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
            return 0;
        if (text[1] != 'u')
            return Simple(text[1]) == 0 ? 0 : 2;
        if (!TryHex(text, out int first))
            return 0;
        if (!char.IsSurrogate((char)first))
            return 6;
        bool pair = char.IsHighSurrogate((char)first) && text.Length >= 12 && text[6] == '\\' && text[7] == 'u'
            && TryHex(text[6..], out int second) && char.IsLowSurrogate((char)second);
        return pair ? 12 : 0;
    }

    private static Rune ScalarOf(ReadOnlySpan<byte> escape)
    {
        _ = TryHex(escape, out int first);
        if (escape.Length == 6)
            return new Rune(first);
        _ = TryHex(escape[6..], out int second);
        return new Rune((char)first, (char)second);
    }

    private static byte Simple(byte letter) => letter switch
    {
        (byte)'"' or (byte)'\\' or (byte)'/' => letter,
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => 0,
    };

    private static bool TryHex(ReadOnlySpan<byte> escape, out int value)
    {
        value = 0;
        if (escape.Length < 6)
            return false;
        for (int at = 2; at < 6; at++)
        {
            int letter = escape[at] | 0x20;
            int digit = escape[at] is >= (byte)'0' and <= (byte)'9' ? escape[at] - '0' : letter is >= 'a' and <= 'f' ? letter - 'a' + 10 : -1;
            if (digit < 0)
                return false;
            value = value << 4 | digit;
        }
        return true;
    }

    private static byte[] SpecialBytes()
    {
        byte[] special = new byte[0x20 + 2 + 0x80];
        int count = 0;
        for (int value = 0; value < 256; value++)
        {
            if (value < 0x20 || value >= 0x80 || value == '"' || value == '\\')
                special[count++] = (byte)value;
        }
        return special;
    }
}
