using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;

namespace Obs.Core.Tests.Market.Text;

/// <summary>Damages frames the way networks, venues and attackers do.</summary>
internal sealed class FrameMutator(int seed, IReadOnlyList<byte[]> frames)
{
    private static readonly byte[][] Tokens = Array.ConvertAll(
        new[]
        {
            "1e308", "-1", "0", "-0", "00.1", ".5", "5.", "1.", "9223372036854775807", "9223372036854775808", "1234567890123456789012345678901234567890",
            "8.428e-05", "1E+2", "null", "true", "[]", "{}", "\"\"", "\"x\"", ",", ":", "\"", "\\", "\\u0041", "}", "]", "[", "{", " ", "\t", "\n", "\0", "\u00e9",
            "0.00000000", "1.000000001", "{\"a\":[{\"b\":{}}]}", "\"e\":\"trade\",", "\"s\":\"BTCUSDT\",", ",\"lv\":0", ",\"lv\":1", "},{", "],[", "1723161256298000",
        },
        Encoding.UTF8.GetBytes);

    private static readonly SearchValues<byte> NumberCharacters = SearchValues.Create("0123456789."u8);

    private readonly Random _random = new(seed);

    /// <summary>The next frame: one of the given ones with one to three changes, or none.</summary>
    public byte[] Next()
    {
        byte[] frame = frames[_random.Next(frames.Count)];
        for (int change = _random.Next(0, 4); change > 0; change--)
            frame = Change(frame);
        return frame;
    }

    private byte[] Change(byte[] frame)
    {
        if (frame.Length < 2)
            return [.. frame, .. Token()];
        int at = _random.Next(frame.Length);
        switch (_random.Next(12))
        {
            case 0:
                byte[] flipped = [.. frame];
                flipped[at] ^= (byte)(1 << _random.Next(8));
                return flipped;
            case 1:
                byte[] replaced = [.. frame];
                replaced[at] = (byte)"0123456789.-\"{}[],:eE"[_random.Next(21)];
                return replaced;
            case 2:
                return frame[..at];
            case 3:
                return [.. frame[..at], .. frame[Math.Min(frame.Length, at + _random.Next(1, 12))..]];
            case 4:
                return [.. frame[..at], .. Token(), .. frame[at..]];
            case 5:
                return ReplaceNumber(frame, at);
            case 6:
                return [.. frame[..at], .. frame[at..Math.Min(frame.Length, at + _random.Next(1, 40))], .. frame[at..]];
            case 7:
                return SpaceOut(frame, at);
            case 8:
                return EscapeLetter(frame, at);
            case 9:
                byte[] other = frames[_random.Next(frames.Count)];
                return [.. frame[..at], .. other[_random.Next(other.Length)..]];
            case 10:
                return SwapMembers(frame, at);
            default:
                return [.. frame, .. Token()];
        }
    }

    private byte[] Token() => Tokens[_random.Next(Tokens.Length)];

    private byte[] ReplaceNumber(byte[] frame, int at)
    {
        int start = frame.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0)
            return frame;
        start += at;
        int length = frame.AsSpan(start).IndexOfAnyExcept(NumberCharacters);
        string text = NumberTexts.Next(_random);
        return [.. frame[..start], .. _random.Next(2) == 0 ? Token() : Encoding.ASCII.GetBytes(text), .. frame[(length < 0 ? frame.Length : start + length)..]];
    }

    private static byte[] SpaceOut(byte[] frame, int at)
    {
        int comma = frame.AsSpan(at).IndexOfAny((byte)',', (byte)':', (byte)'[');
        return comma < 0 ? frame : [.. frame[..(at + comma + 1)], (byte)' ', .. frame[(at + comma + 1)..]];
    }

    private static byte[] EscapeLetter(byte[] frame, int at)
    {
        int letter = frame.AsSpan(at).IndexOfAnyInRange((byte)'a', (byte)'z');
        if (letter < 0)
            return frame;
        letter += at;
        return [.. frame[..letter], .. Encoding.ASCII.GetBytes($"\\u{frame[letter]:x4}"), .. frame[(letter + 1)..]];
    }

    /// <summary>Exchanges the two members around a comma between plain values.</summary>
    private static byte[] SwapMembers(byte[] frame, int at)
    {
        int comma = frame.AsSpan(at).IndexOf(",\""u8) + at;
        if (comma < at)
            return frame;
        int start = frame.AsSpan(0, comma).LastIndexOfAny((byte)'{', (byte)',') + 1;
        int length = frame.AsSpan(comma + 1).IndexOfAny((byte)',', (byte)'}', (byte)'[');
        if (length < 0 || start == 0)
            return frame;
        int end = comma + 1 + length;
        return [.. frame[..start], .. frame[(comma + 1)..end], (byte)',', .. frame[start..comma], .. frame[end..]];
    }
}
