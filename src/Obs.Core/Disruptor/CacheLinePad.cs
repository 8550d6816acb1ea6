using System.Runtime.CompilerServices;

namespace Obs.Core.Disruptor;

/// <summary>128 bytes that nobody reads: two cache lines, see <see cref="Sequence"/>.</summary>
[InlineArray(Length)]
internal struct CacheLinePad
{
    /// <summary>Number of 8-byte words.</summary>
    public const int Length = 16;

    private long _word;
}
