using System;
using System.IO;
using System.Text.Json;

namespace Obs.Cli.Output;

/// <summary>Prints one JSON object on stdout.</summary>
internal static class JsonOut
{
    /// <summary>Writes the object whose members the caller writes.</summary>
    public static void Object(Action<Utf8JsonWriter> members)
    {
        using Stream stdout = Console.OpenStandardOutput();
        using (Utf8JsonWriter json = new(stdout, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        stdout.WriteByte((byte)'\n');
    }
}
