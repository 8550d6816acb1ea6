using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Obs.Core.Models;

/// <summary>A safetensors file in memory: text metadata, named tensors, and their bytes.</summary>
/// <remarks>Layout: 8 bytes header length (little endian), a JSON header, then the data section that the tensors fill without holes
/// (huggingface.co/docs/safetensors, "Format"). Everything the header says is checked before it is used. Loading only; allocates.</remarks>
internal sealed class SafetensorsFile
{
    private const int LengthBytes = 8;
    private const long HeaderBytesMax = 100_000_000;
    private const long FileBytesMax = 1L << 30;

    private readonly byte[] _file;
    private readonly int _dataStart;

    private SafetensorsFile(string name, byte[] file, int dataStart, SafetensorsHeader header)
    {
        Debug.Assert(dataStart >= LengthBytes && dataStart <= file.Length, "the data section lies inside the file");
        Name = name;
        _file = file;
        _dataStart = dataStart;
        Metadata = header.Metadata;
        Tensors = header.Tensors;
    }

    /// <summary>Path or label used in messages.</summary>
    public string Name { get; }

    /// <summary>Text metadata by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorEntry> Tensors { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelException">It is missing, unreadable, too large or not safetensors.</exception>
    public static SafetensorsFile Load(string path)
    {
        byte[] file = [];
        try
        {
            long bytes = new FileInfo(path).Length;
            if (bytes > FileBytesMax)
                Throw.Model(path, $"the file has {bytes} bytes, more than the {FileBytesMax} a model may have; give the model file itself.");
            // a device or pipe has no length: it is refused below as empty, not read without end
            file = bytes == 0 ? [] : File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            Throw.Model(path, $"cannot be read ({problem.Message}); check the path and its permissions.", problem);
        }
        return Parse(file, path);
    }

    /// <summary>Parses a file's bytes; the array is kept, not copied.</summary>
    /// <exception cref="ModelException">The bytes are not safetensors.</exception>
    public static SafetensorsFile Parse(byte[] file, string name)
    {
        if (file.Length < LengthBytes)
            Throw.Model(name, $"{file.Length} bytes are too few for a safetensors file; it is empty or cut off, copy it again.");
        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (headerBytes > (ulong)HeaderBytesMax || headerBytes > (ulong)(file.Length - LengthBytes))
            Throw.Model(name, DescribeWrongStart(file, headerBytes));
        int dataStart = LengthBytes + (int)headerBytes;
        SafetensorsHeader header = SafetensorsHeader.Parse(file.AsMemory(LengthBytes, (int)headerBytes), file.Length - dataStart, name);
        return new SafetensorsFile(name, file, dataStart, header);
    }

    /// <summary>The bytes of one tensor, row-major, little endian.</summary>
    public ReadOnlySpan<byte> Bytes(SafetensorEntry entry)
    {
        Debug.Assert(entry.Begin >= 0 && entry.Begin <= entry.End, "the header check lets no such entry pass");
        Debug.Assert(_dataStart + entry.End <= _file.Length, "an entry reaches past the file");
        return _file.AsSpan(_dataStart + (int)entry.Begin, (int)(entry.End - entry.Begin));
    }

    /// <summary>Reads a tensor as doubles (exact for F32), after checking its shape, its type and every value.</summary>
    /// <param name="tensor">Its name.</param>
    /// <param name="why">Where the expected shape comes from; ends the message when it differs.</param>
    /// <param name="shape">The expected shape.</param>
    /// <exception cref="ModelException">It is missing, has another shape or type, or holds a value that is no usable weight.</exception>
    public double[] Read(string tensor, string why, params long[] shape)
    {
        if (!Tensors.TryGetValue(tensor, out SafetensorEntry? entry))
        {
            Throw.Model(Name, $"tensor {tensor} is missing, expected with shape {SafetensorEntry.Describe(shape)} ({why}); save the whole state dict.");
            return [];
        }
        if (!entry.Shape.SequenceEqual(shape))
            Throw.Model(Name, $"tensor {tensor} has shape {entry.ShapeText}, expected {SafetensorEntry.Describe(shape)} ({why}).");
        return TensorValues.Read(this, entry);
    }

    private static string DescribeWrongStart(byte[] file, ulong headerBytes)
    {
        if (file[0] == (byte)'{')
            return "this is JSON, not safetensors; tree models (XGBoost JSON) are not supported by this build, give an lstm or gru model.";
        if (file.AsSpan().StartsWith("tree"u8))
            return "this is a LightGBM text model; tree models are not supported by this build, give an lstm or gru model.";
        if (file.AsSpan().StartsWith("PK"u8))
            return "this is a zip (a PyTorch .pt file?), not safetensors; save the weights with safetensors.torch.save_file.";
        return $"the header is said to have {headerBytes} bytes, the file has {file.Length}; it is cut off or not safetensors, copy or export it again.";
    }
}
