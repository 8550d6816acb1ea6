using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Obs.Core.Models;

namespace Obs.Core.Tests.Models;

/// <summary>Writes safetensors bytes for fixtures: tensors in the order given, header as the format says.</summary>
internal sealed class SafetensorsBuilder
{
    private readonly List<(string Name, string Type, long[] Shape, double[] Values)> _tensors = [];

    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => [.. _tensors.Select(tensor => tensor.Name)];

    public SafetensorsBuilder Tensor(string name, double[] values, params long[] shape)
    {
        _tensors.Add((name, "F32", shape, values));
        return this;
    }

    public SafetensorsBuilder Replace(string name, Func<(string Name, string Type, long[] Shape, double[] Values), (string Name, string Type, long[] Shape, double[] Values)> change)
    {
        int at = _tensors.FindIndex(tensor => tensor.Name == name);
        _tensors[at] = change(_tensors[at]);
        return this;
    }

    public SafetensorsBuilder Remove(string name)
    {
        _tensors.RemoveAll(tensor => tensor.Name == name);
        return this;
    }

    public SafetensorsBuilder Reorder()
    {
        _tensors.Reverse();
        return this;
    }

    public SafetensorsBuilder AllAs(string type)
    {
        for (int i = 0; i < _tensors.Count; i++)
            _tensors[i] = _tensors[i] with { Type = type };
        return this;
    }

    public byte[] Build()
    {
        MemoryStream data = new();
        Dictionary<string, object> header = new() { ["__metadata__"] = Metadata };
        foreach ((string name, string type, long[] shape, double[] values) in _tensors)
        {
            long begin = data.Length;
            foreach (double value in values)
                Write(data, type, value);
            header[name] = new { dtype = type, shape, data_offsets = new[] { begin, data.Length } };
        }
        return Assemble(JsonSerializer.Serialize(header), data.ToArray());
    }

    public static byte[] Assemble(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. data];
    }

    public SafetensorsFile Open() => SafetensorsFile.Parse(Build(), "fixture.safetensors");

    public SequenceModel Model() => ModelFile.Read(Open());

    private static void Write(MemoryStream data, string type, double value)
    {
        byte[] bytes = type switch
        {
            "F64" => BitConverter.GetBytes(value),
            "F16" => BitConverter.GetBytes((Half)value),
            _ => BitConverter.GetBytes((float)value),
        };
        data.Write(bytes);
    }
}
