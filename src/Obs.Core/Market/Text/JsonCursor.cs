using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Market.Text;

/// <summary>A strict walk over one JSON text in UTF-8, for the decoders' general path.</summary>
/// <remarks>Any thread, no allocation, never throws, never reads outside the text. A false answer means: not JSON; the caller stops there.
/// Nesting deeper than <see cref="MaxDepth"/> counts as not JSON.</remarks>
internal ref struct JsonCursor
{
    /// <summary>Deepest nesting that is followed; venues use 4.</summary>
    public const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    /// <summary>Starts at a position of the text.</summary>
    public JsonCursor(ReadOnlySpan<byte> text, int at = 0)
    {
        Debug.Assert(at >= 0 && at <= text.Length, "the start lies outside the frame");
        _text = text;
        _at = at;
    }

    /// <summary>Position of the next byte that was not consumed.</summary>
    public readonly int Position => _at;

    /// <summary>The next byte that is no white space, without taking it; 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Peek()
    {
        while (_at < _text.Length)
        {
            byte next = _text[_at];
            if (next > ' ' || next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                return next;
            _at++;
        }
        return 0;
    }

    /// <summary>Takes the next byte when it is this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(char expected)
    {
        if (Peek() != expected)
            return false;
        _at++;
        return true;
    }

    /// <summary>True when nothing but white space is left.</summary>
    public bool IsAtEnd() => Peek() == 0 && _at == _text.Length;

    /// <summary>Takes a member's name and its colon.</summary>
    public bool TryReadKey(out JsonValue key) => TryReadString(out key) && TryTake(':');

    /// <summary>Takes a string.</summary>
    public bool TryReadString(out JsonValue value)
    {
        value = default;
        if (!TryTake('"'))
            return false;
        int length = JsonString.ContentLength(_text[_at..], out bool escaped);
        if (length < 0)
            return false;
        value = new JsonValue(JsonKind.Text, _at, length, escaped);
        _at += length + 1;
        return true;
    }

    /// <summary>Takes any value; the contents of arrays and objects are validated.</summary>
    /// <param name="value">Kind and place of the value.</param>
    /// <param name="depth">Nesting of the value itself.</param>
    public bool TryReadValue(out JsonValue value, int depth)
    {
        byte first = Peek();
        if (first == '"')
            return TryReadString(out value);
        int start = _at;
        JsonKind kind = first switch
        {
            (byte)'{' => SkipObject(depth + 1) ? JsonKind.Object : JsonKind.Missing,
            (byte)'[' => SkipArray(depth + 1) ? JsonKind.Array : JsonKind.Missing,
            (byte)'t' => Skip("true"u8) ? JsonKind.True : JsonKind.Missing,
            (byte)'f' => Skip("false"u8) ? JsonKind.False : JsonKind.Missing,
            (byte)'n' => Skip("null"u8) ? JsonKind.Null : JsonKind.Missing,
            _ => SkipNumber() ? JsonKind.Number : JsonKind.Missing,
        };
        value = new JsonValue(kind, start, _at - start);
        return kind != JsonKind.Missing;
    }

    private bool SkipObject(int depth)
    {
        if (depth > MaxDepth || !TryTake('{'))
            return false;
        if (TryTake('}'))
            return true;
        do
        {
            if (!TryReadKey(out _) || !TryReadValue(out _, depth))
                return false;
        }
        while (TryTake(','));
        return TryTake('}');
    }

    private bool SkipArray(int depth)
    {
        if (depth > MaxDepth || !TryTake('['))
            return false;
        if (TryTake(']'))
            return true;
        do
        {
            if (!TryReadValue(out _, depth))
                return false;
        }
        while (TryTake(','));
        return TryTake(']');
    }

    private bool Skip(ReadOnlySpan<byte> literal)
    {
        if (!_text[_at..].StartsWith(literal))
            return false;
        _at += literal.Length;
        return true;
    }

    private bool SkipNumber()
    {
        int length = JsonNumber.Length(_text[_at..]);
        _at += length;
        return length > 0;
    }
}
