using System;
using System.Runtime.CompilerServices;

namespace Obs.Core.Recordings.Records;

/// <summary>A walk over one Python or JSON literal: either kind of quote, <c>None</c> or <c>null</c>, lists and dicts.</summary>
/// <remarks>More lenient than either language where that cannot change a value. No allocation, never throws, never reads outside its part of the text.</remarks>
internal ref struct LiteralCursor
{
    private const int DeepestNesting = 32;
    private readonly ReadOnlySpan<byte> _text;
    private readonly int _end;
    private int _at;

    /// <summary>Walks a part of a text; slices refer to the whole text.</summary>
    public LiteralCursor(ReadOnlySpan<byte> text, Slice part)
    {
        _text = text;
        _at = part.Start;
        _end = part.Start + part.Length;
    }

    /// <summary>True when nothing but white space is left.</summary>
    public bool IsAtEnd() => Peek() == 0 && _at == _end;

    /// <summary>The next byte that is no white space; 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Peek()
    {
        while (_at < _end)
        {
            byte next = _text[_at];
            if (next is not ((byte)' ' or (byte)'\t'))
                return next;
            _at++;
        }
        return 0;
    }

    /// <summary>Takes the next byte when it is this one.</summary>
    public bool TryTake(char expected)
    {
        if (Peek() != expected)
            return false;
        _at++;
        return true;
    }

    /// <summary>Takes a member's name and its colon.</summary>
    public bool TryReadKey(out Slice key) => TryReadString(out key) && TryTake(':');

    /// <summary>Takes a number, a string (without quotes) or a word; None and null come out empty.</summary>
    public bool TryReadScalar(out Slice value)
    {
        if (Peek() is (byte)'\'' or (byte)'"')
            return TryReadString(out value);
        int start = _at;
        while (_at < _end && IsScalarByte(_text[_at]))
            _at++;
        value = new Slice(start, _at - start);
        ReadOnlySpan<byte> word = value.Of(_text);
        if (word.SequenceEqual("None"u8) || word.SequenceEqual("null"u8))
            value = new Slice(start, 0);
        return _at > start;
    }

    /// <summary>Passes over any value.</summary>
    public bool TrySkip(int depth = 0)
    {
        byte first = Peek();
        if (first is not ((byte)'{' or (byte)'['))
            return TryReadScalar(out _);
        if (depth == DeepestNesting)
            return false;
        _at++;
        char close = first == '{' ? '}' : ']';
        if (TryTake(close))
            return true;
        do
        {
            if (first == '{' && !TryReadKey(out _))
                return false;
            if (!TrySkip(depth + 1))
                return false;
        }
        while (TryTake(','));
        return TryTake(close);
    }

    private bool TryReadString(out Slice value)
    {
        byte quote = Peek();
        value = default;
        if (quote is not ((byte)'\'' or (byte)'"'))
            return false;
        int start = ++_at;
        while (_at < _end && _text[_at] != quote)
            _at += _text[_at] == '\\' ? 2 : 1;
        if (_at >= _end)
            return false;
        value = new Slice(start, _at - start);
        _at++;
        return true;
    }

    private static bool IsScalarByte(byte value) =>
        value is (>= (byte)'0' and <= (byte)'9') or (byte)'.' or (byte)'-' or (byte)'+' or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z');
}
