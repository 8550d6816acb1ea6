using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Obs.Core.Models;

/// <summary>The identity of a model: SHA-256 over its metadata and its tensors, written in <c>obs.hash</c> and in every record that names a
/// model.</summary>
/// <remarks>
/// Byte layout. A text is its UTF-8 bytes after their number as 4 bytes little endian. First every metadata entry except <c>obs.hash</c>
/// (also those without the <c>obs.</c> prefix), sorted by the key's UTF-8 bytes: key, value. Then every tensor, sorted by the name's UTF-8
/// bytes: name, type (<c>F32</c>), shape as text (<c>400,6</c>; empty for a scalar), then its bytes as they lie in the file. The order of
/// tensors in the file does not matter; a renamed or reshaped tensor does. tools/train-demo-model/train.py computes the same.
/// </remarks>
internal static class ModelHash
{
    /// <summary>The metadata key that holds the hash and is left out of it.</summary>
    public const string Key = "obs.hash";

    /// <summary>64 lower-case hex digits.</summary>
    public static string Compute(SafetensorsFile file)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (KeyValuePair<string, string> entry in file.Metadata.OrderBy(entry => entry.Key, Utf8Order.Instance))
        {
            if (entry.Key == Key)
                continue;
            Append(hash, entry.Key);
            Append(hash, entry.Value);
        }
        foreach (SafetensorEntry tensor in file.Tensors.Values.OrderBy(tensor => tensor.Name, Utf8Order.Instance))
        {
            Append(hash, tensor.Name);
            Append(hash, tensor.Type);
            Append(hash, string.Join(',', tensor.Shape.Select(extent => extent.ToString(CultureInfo.InvariantCulture))));
            hash.AppendData(file.Bytes(tensor));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    /// <summary>Order of UTF-8 bytes, which is also the order of code points (Python's <c>sorted</c>).</summary>
    private sealed class Utf8Order : IComparer<string>
    {
        public static readonly Utf8Order Instance = new();

        public int Compare(string? x, string? y) =>
            Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
    }
}
