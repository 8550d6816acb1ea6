using System;
using System.IO;
using System.Text.Json;

namespace Obs.Cli.Output;

/// <summary>Writes one JSON object to standard output.</summary>
/// <remarks>The object is complete before its first byte is written: a failure on the way leaves stdout empty, never half an object.</remarks>
internal static class JsonOut
{
    /// <summary>Writes an object and a line end.</summary>
    public static void Object(Action<Utf8JsonWriter> members)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        text.WriteByte((byte)'\n');
        using Stream stdout = Console.OpenStandardOutput();
        text.WriteTo(stdout);
    }
}
