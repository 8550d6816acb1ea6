using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>How far somebody has come: a number with one writer and any readers, alone on its cache lines.</summary>
/// <remarks>128 bytes on both sides, because the adjacent-line prefetcher fetches pairs of 64-byte lines. Writing is a store with release order,
/// reading a load with acquire order: who sees sequence n sees everything written before it. Both are plain moves on x64.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 264)]
internal sealed class Sequence
{
    /// <summary>The value before the first event.</summary>
    public const long Initial = -1;

    [FieldOffset(128)]
    private long _value = Initial;

    /// <summary>The sequence; starts at <see cref="Initial"/>.</summary>
    public long Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref _value);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => Volatile.Write(ref _value, value);
    }

    /// <summary>Sets the value if it still is what the caller saw. Full fence; for several writers.</summary>
    /// <returns>Whether it was set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdvance(long expected, long value) => Interlocked.CompareExchange(ref _value, value, expected) == expected;

    /// <summary>The smallest of several sequences.</summary>
    /// <param name="sequences">At least one; with none the answer is <paramref name="ifNone"/>.</param>
    /// <param name="ifNone">What to answer without sequences.</param>
    public static long MinimumOf(Sequence[] sequences, long ifNone)
    {
        long minimum = sequences.Length == 0 ? ifNone : long.MaxValue;
        foreach (Sequence sequence in sequences)
        {
            long value = sequence.Value;
            if (value < minimum)
                minimum = value;
        }
        return minimum;
    }
}
