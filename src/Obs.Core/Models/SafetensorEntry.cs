using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Obs.Core.Models;

/// <summary>One tensor's line in a safetensors header.</summary>
/// <param name="Name">Name as PyTorch wrote it.</param>
/// <param name="Type">Element type as the file spells it: F32, F64, F16 …</param>
/// <param name="Shape">Extent of each dimension, slowest first.</param>
/// <param name="Begin">First byte in the data section.</param>
/// <param name="End">One past the last byte in the data section.</param>
internal sealed record SafetensorEntry(string Name, string Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>Number of elements; 1 for a scalar.</summary>
    public long Elements => Shape.Aggregate(1L, (product, extent) => product * extent);

    /// <summary>The shape as people write it: <c>[400, 6]</c>.</summary>
    public string ShapeText => Describe(Shape);

    /// <summary>Bytes of one element, 0 for a type this reader does not know.</summary>
    public static int ElementBytes(string type) => type switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" or "F8_E4M3" or "F8_E5M2" => 1,
        _ => 0,
    };

    /// <summary>A shape as people write it.</summary>
    public static string Describe(IReadOnlyList<long> shape) =>
        $"[{string.Join(", ", shape.Select(extent => extent.ToString(CultureInfo.InvariantCulture)))}]";
}
