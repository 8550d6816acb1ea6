using System;

namespace Obs.Core.Recordings;

/// <summary>A place in a line; length 0 means the field is missing or empty.</summary>
internal readonly record struct Slice(int Start, int Length)
{
    /// <summary>True when nothing is there.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text) => text.Slice(Start, Length);
}
