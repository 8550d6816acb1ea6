using System;

namespace Obs.Core.Market.Text;

/// <summary>Where a validated JSON value lies in its frame.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">First byte; of a string, the first behind the quote.</param>
/// <param name="Length">Bytes; of a string, without the quotes.</param>
/// <param name="Escaped">A string with at least one escape.</param>
internal readonly record struct JsonValue(JsonKind Kind, int Start, int Length, bool Escaped = false)
{
    /// <summary>Bytes that are enough to unescape any text the decoders look at.</summary>
    public const int ScratchBytes = 64;

    /// <summary>True when the member is there.</summary>
    public bool IsPresent => Kind != JsonKind.Missing;

    /// <summary>The bytes as they stand in the frame.</summary>
    public ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> frame) => frame.Slice(Start, Length);

    /// <summary>The bytes with escapes resolved; a text with escapes that is longer than the scratch becomes empty (it is none we know).</summary>
    public ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> frame, Span<byte> scratch) =>
        Escaped ? scratch[..JsonString.Unescape(Raw(frame), scratch)] : Raw(frame);
}
