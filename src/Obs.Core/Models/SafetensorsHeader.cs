using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Obs.Core.Models;

/// <summary>The checked JSON header of a safetensors file.</summary>
/// <param name="Metadata">Text metadata by key; empty when there is none.</param>
/// <param name="Tensors">Tensors by name; their ranges fill the data section without holes or overlaps.</param>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, SafetensorEntry> Tensors)
{
    private const string MetadataKey = "__metadata__";
    private const int DimensionsMax = 8;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Parses a header and checks it against the length of the data section.</summary>
    /// <exception cref="ModelException">The header is not what the format says.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataBytes, string file)
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        Dictionary<string, SafetensorEntry> tensors = new(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals(MetadataKey))
                    ReadMetadata(property.Value, metadata);
                else
                    tensors.Add(property.Name, ReadEntry(property, file));
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            Throw.Model(file, $"the safetensors header is damaged ({problem.Message}); export or copy the model again.", problem);
        }
        CheckRanges(tensors.Values, dataBytes, file);
        return new SafetensorsHeader(metadata, tensors);
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata)
    {
        foreach (JsonProperty property in element.EnumerateObject())
            metadata.Add(property.Name, property.Value.GetString() ?? throw new FormatException($"metadata {property.Name} is null, not text"));
    }

    private static SafetensorEntry ReadEntry(JsonProperty property, string file)
    {
        string type = property.Value.GetProperty("dtype").GetString() ?? "";
        long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt64())];
        long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets.Length != 2 || shape.Length > DimensionsMax)
            Throw.Model(file, $"tensor {property.Name} has {offsets.Length} offsets and {shape.Length} dimensions; the format has 2 and at most 8.");
        SafetensorEntry entry = new(property.Name, type, shape, offsets[0], offsets[1]);
        CheckLength(entry, file);
        return entry;
    }

    private static void CheckLength(SafetensorEntry entry, string file)
    {
        int elementBytes = SafetensorEntry.ElementBytes(entry.Type);
        if (elementBytes == 0)
            Throw.Model(file, $"tensor {entry.Name} has the unknown type '{entry.Type}'; save it as F32 or F64.");
        Int128 bytes = elementBytes;
        foreach (long extent in entry.Shape)
        {
            if (extent < 0 || bytes > long.MaxValue)
                Throw.Model(file, $"tensor {entry.Name} has the impossible shape {entry.ShapeText}; export the model again.");
            bytes *= extent;
        }
        if (entry.Begin < 0 || (Int128)entry.End - entry.Begin != bytes)
            Throw.Model(file, $"tensor {entry.Name} {entry.ShapeText} of {entry.Type} needs {bytes} bytes, its offsets are {entry.Begin} to {entry.End}.");
    }

    private static void CheckRanges(IEnumerable<SafetensorEntry> tensors, long dataBytes, string file)
    {
        long end = 0;
        foreach (SafetensorEntry entry in tensors.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != end)
                Throw.Model(file, $"tensor {entry.Name} begins at byte {entry.Begin}, the one before it ends at {end}; the header is damaged.");
            end = entry.End;
        }
        if (end != dataBytes)
            Throw.Model(file, $"the tensors need {end} bytes, the file holds {dataBytes}; it is cut off or has something appended, copy it again.");
    }
}
