using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Obs.Core.Tests.Market.Text;

/// <summary>Writes a frame again with the same meaning: members in another order, white space, escapes, numbers in another notation, unknown members.</summary>
internal sealed class FrameRewriter(int seed)
{
    private readonly Random _random = new(seed);

    public byte[] Rewrite(string frame)
    {
        using JsonDocument document = JsonDocument.Parse(frame);
        StringBuilder text = new();
        Write(text, document.RootElement);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private void Write(StringBuilder text, JsonElement value)
    {
        Space(text);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value);
                break;
            case JsonValueKind.Array:
                text.Append('[').AppendJoin(',', value.EnumerateArray().Select(Part)).Append(']');
                break;
            case JsonValueKind.String:
                WriteString(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.GetRawText()));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
        Space(text);
    }

    private void WriteObject(StringBuilder text, JsonElement value)
    {
        string[] members = [.. value.EnumerateObject().Select(Member)];
        _random.Shuffle(members);
        if (_random.Next(2) == 0)
            members = [.. members, "\"unknown \\ud83d\\ude00\":[{\"a\":[null,true,-1.5e-7]},\"\u00e9\"]"];
        text.Append('{').AppendJoin(',', members).Append('}');
    }

    private string Member(JsonProperty member)
    {
        StringBuilder text = new();
        Space(text);
        WriteString(text, member.Name);
        Space(text);
        text.Append(':');
        Write(text, member.Value);
        return text.ToString();
    }

    private string Part(JsonElement element)
    {
        StringBuilder text = new();
        Write(text, element);
        return text.ToString();
    }

    private void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char letter in value.Length > 0 && char.IsAsciiDigit(value[0]) ? Number(value) : value)
            text.Append(_random.Next(12) == 0 ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}") : letter);
        text.Append('"');
    }

    /// <summary>The same number as an integer with an exponent, with more zeros, or as it is.</summary>
    private string Number(string text)
    {
        if (text.Contains('e', StringComparison.OrdinalIgnoreCase))
            return text;
        int point = text.IndexOf('.', StringComparison.Ordinal);
        return _random.Next(4) switch
        {
            0 => point < 0 ? text + ".000" : text + "00",
            1 => (text.Replace(".", "", StringComparison.Ordinal).TrimStart('0') is { Length: > 0 } digits ? digits : "0") + "e-" + (point < 0 ? 0 : text.Length - point - 1).ToString(CultureInfo.InvariantCulture),
            _ => text,
        };
    }

    private void Space(StringBuilder text)
    {
        if (_random.Next(3) == 0)
            text.Append(" \t\r\n"[_random.Next(4)]);
    }
}
