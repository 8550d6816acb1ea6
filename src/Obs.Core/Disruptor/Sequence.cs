using System.Runtime.CompilerServices;
using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>How far somebody has come: a number with one writer and any readers, alone on its cache lines.</summary>
/// <remarks>See <see cref="PaddedLong"/>. Writing is a store with release order,
/// reading a load with acquire order: who sees sequence n sees everything written before it. Both are plain moves on x64.</remarks>
internal sealed class Sequence
{
    /// <summary>The value before the first event.</summary>
    public const long Initial = -1;

    private PaddedLong _padded = new() { Value = Initial };

    /// <summary>The sequence; starts at <see cref="Initial"/>.</summary>
    public long Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref _padded.Value);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => Volatile.Write(ref _padded.Value, value);
    }

    /// <summary>Sets the value if it still is what the caller saw. Full fence; for several writers.</summary>
    /// <returns>Whether it was set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdvance(long expected, long value) => Interlocked.CompareExchange(ref _padded.Value, value, expected) == expected;

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
