using System;
using System.Buffers;
using System.Diagnostics;
using System.IO;

namespace Obs.Core.Recordings;

/// <summary>The unpacked bytes of one file, read forward through one pooled buffer, as lines or as blocks.</summary>
/// <remarks>Importing thread only. Spans stay valid until the next call. A line takes one vectorised search; nothing is copied but what straddles two reads.</remarks>
internal sealed class ByteSource : IDisposable
{
    /// <summary>Longest line; longer ones are passed over and flagged by <see cref="TooLong"/>.</summary>
    public const int MaxLineBytes = 8 << 20;

    /// <summary>Bytes shown of a line that is too long.</summary>
    public const int KeptOfLongLine = 4096;

    private const int InitialBytes = 1 << 18;
    private readonly Stream _stream;
    private readonly Action? _onRead;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBytes);
    private byte[] _longHead = [];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Reads a stream that it then owns.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="stream">Unpacked bytes.</param>
    /// <param name="onRead">Called after each read, for progress.</param>
    public ByteSource(string name, Stream stream, Action? onRead = null)
    {
        Name = name;
        _stream = stream;
        _onRead = onRead;
    }

    /// <summary>The file, with <c>!member</c> inside an archive.</summary>
    public string Name { get; }

    /// <summary>Number of the last line, from 1; 0 before the first.</summary>
    public long LineNumber { get; private set; }

    /// <summary>True when the last line was longer than <see cref="MaxLineBytes"/>; then only its beginning was returned.</summary>
    public bool TooLong { get; private set; }

    /// <summary>The first bytes that were not read yet, without taking them; shorter only at the end.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        while (_end - _start < count && Fill())
        {
        }
        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Passes over a byte order mark.</summary>
    public void Skip(int count)
    {
        Debug.Assert(count >= 0 && count <= _end - _start, "only what was seen can be passed over");
        _start += count;
    }

    /// <summary>Takes exactly so many bytes; false when fewer are left (they stay).</summary>
    public bool TryTake(int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = Peek(count);
        if (bytes.Length < count)
            return false;
        _start += count;
        return true;
    }

    /// <summary>Takes the next line without its line end (LF or CRLF); the last may lack one.</summary>
    public bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        TooLong = false;
        int searched = 0;
        while (true)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line = Take(searched + found, 1);
                return true;
            }
            searched = _end - _start;
            if (searched > MaxLineBytes)
            {
                line = PassLongLine();
                return true;
            }
            if (Fill())
                continue;
            line = Take(searched, 0);
            LineNumber -= searched == 0 ? 1 : 0;
            return searched > 0;
        }
    }

    /// <summary>Gives the buffer back and closes the stream.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = 0;
        _ended = true;
        _stream.Dispose();
    }

    private ReadOnlySpan<byte> Take(int length, int lineEnd)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += length + lineEnd;
        LineNumber++;
        Debug.Assert(_start <= _end, "a line ends inside what was read");
        if (length > MaxLineBytes)
        {
            TooLong = true;
            return line[..KeptOfLongLine];
        }
        return length > 0 && line[^1] == '\r' ? line[..^1] : line;
    }

    private ReadOnlySpan<byte> PassLongLine()
    {
        _longHead = _buffer.AsSpan(_start, KeptOfLongLine).ToArray();
        int found;
        do
        {
            _start = _end;
            if (!Fill())
                break;
            found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            _start += found < 0 ? 0 : found + 1;
        }
        while (found < 0);
        LineNumber++;
        TooLong = true;
        return _longHead;
    }

    private bool Fill()
    {
        if (_ended)
            return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
            Grow();
        int read = ReadStream();
        _end += read;
        _ended = read == 0;
        return read > 0;
    }

    private int ReadStream()
    {
        try
        {
            int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _onRead?.Invoke();
            return read;
        }
        catch (InvalidDataException damage)
        {
            ImportThrow.Damaged(Name, LineNumber, damage, "the packed data ends early, is damaged, or its checksum is wrong");
        }
        catch (IOException failure)
        {
            ImportThrow.Damaged(Name, LineNumber, failure, failure.Message);
        }
        return 0;
    }

    private void Grow()
    {
        Debug.Assert(_buffer.Length <= 2 * MaxLineBytes, "lines beyond the limit are passed over, not collected");
        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
