namespace Obs.Core.Models.Sequence;

/// <summary>Width of the vectors a network runs on, in floats. The results are the same bits for every width; only the speed
/// differs.</summary>
internal enum VectorWidth
{
    /// <summary>The widest the machine runs in hardware.</summary>
    Widest = 0,

    /// <summary>4 floats (SSE, NEON).</summary>
    Lanes4 = 4,

    /// <summary>8 floats (AVX2).</summary>
    Lanes8 = 8,

    /// <summary>16 floats (AVX-512).</summary>
    Lanes16 = 16,
}
