using System.Runtime.CompilerServices;

namespace Obs.Core.Models.Sequence;

/// <summary>The second pass of a step: gates from stored pre-activations, new state in place. And the head.</summary>
/// <remarks>Pre-activations lie gate after gate, <c>hidden</c> floats each; a last vector may read into the next gate or the slack behind.
/// Those lanes belong to no unit: they stay finite and nothing reads them.</remarks>
internal static unsafe class GateKernels<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Floats a hidden state is padded to for the head, whatever the width.</summary>
    public const int HeadBlock = 16;

    /// <summary>LSTM: c ← σ(f)·c + σ(i)·tanh(g), h ← σ(o)·tanh(c), with pre-activations input + recurrent half in the order i, f, g,
    /// o.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Lstm(float* input, float* recurrent, int hidden, float* cell, float* output)
    {
        unchecked
        {
            for (nint unit = 0; unit < hidden; unit += TLanes.Count)
            {
                TVector i = Activations<TLanes, TVector>.Logistic(Sum(input, recurrent, unit));
                TVector g = Activations<TLanes, TVector>.Tanh(Sum(input, recurrent, unit + (2 * hidden)));
                TVector f = Activations<TLanes, TVector>.Logistic(Sum(input, recurrent, unit + hidden));
                TVector c = TLanes.MultiplyAdd(f, TLanes.Load(cell + unit), TLanes.Multiply(i, g));
                TLanes.Store(c, cell + unit);
                TVector o = Activations<TLanes, TVector>.Logistic(Sum(input, recurrent, unit + (3 * hidden)));
                TLanes.Store(TLanes.Multiply(o, Activations<TLanes, TVector>.Tanh(c)), output + unit);
            }
        }
    }

    /// <summary>GRU: n = tanh(input n + σ(r)·recurrent n), h ← n + σ(z)·(h − n), order r, z, n.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Gru(float* input, float* recurrent, int hidden, float* output)
    {
        unchecked
        {
            for (nint unit = 0; unit < hidden; unit += TLanes.Count)
            {
                TVector r = Activations<TLanes, TVector>.Logistic(Sum(input, recurrent, unit));
                TVector z = Activations<TLanes, TVector>.Logistic(Sum(input, recurrent, unit + hidden));
                nint candidate = unit + (2 * hidden);
                TVector n = Activations<TLanes, TVector>.Tanh(TLanes.MultiplyAdd(r, TLanes.Load(recurrent + candidate), TLanes.Load(input + candidate)));
                TLanes.Store(TLanes.MultiplyAdd(z, TLanes.Subtract(TLanes.Load(output + unit), n), n), output + unit);
            }
        }
    }

    /// <summary>Weights · h + bias in an order that no width changes: 16 running sums (unit mod 16), added pairwise 8, 4, 2, 1 apart, then
    /// the bias.</summary>
    /// <param name="weights">Zero behind the last unit up to a multiple of <see cref="HeadBlock"/>.</param>
    /// <param name="hidden">A state of as many floats.</param>
    /// <param name="blocks">Blocks of 16 in both.</param>
    /// <param name="bias">Added last.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static float Head(float* weights, float* hidden, int blocks, float bias)
    {
        unchecked
        {
            float* sums = stackalloc float[HeadBlock];
            for (int lane = 0; lane < HeadBlock; lane += TLanes.Count)
            {
                TVector sum = TLanes.Broadcast(0f);
                for (nint block = 0; block < blocks; block++)
                {
                    nint at = (block * HeadBlock) + lane;
                    sum = TLanes.MultiplyAdd(TLanes.Load(weights + at), TLanes.Load(hidden + at), sum);
                }
                TLanes.Store(sum, sums + lane);
            }
            for (int apart = HeadBlock / 2; apart > 0; apart /= 2)
            {
                for (int i = 0; i < apart; i++)
                    sums[i] += sums[i + apart];
            }
            return sums[0] + bias;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sum(float* input, float* recurrent, nint at) =>
        unchecked(TLanes.Add(TLanes.Load(input + at), TLanes.Load(recurrent + at)));
}
