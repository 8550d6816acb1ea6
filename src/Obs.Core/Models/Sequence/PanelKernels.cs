using System.Runtime.CompilerServices;

namespace Obs.Core.Models.Sequence;

/// <summary>Products of one panel with one, two or four inputs: sums start at the bias and run over the columns in order, one fused
/// multiply-add each.</summary>
/// <remarks>Unchecked: offsets stay inside the packed arrays, and checked pointer steps would double the loop. Small and never inlined on
/// purpose: with more around them the JIT spills the accumulators. The number of inputs changes how often weights
/// are read, never a sum's order, so every kernel gives a state the same bits.</remarks>
internal static unsafe class PanelKernels<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Four vectors of rows × one input.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Four1(float* weights, float* bias, int columns, float* x, float* y)
    {
        unchecked
        {
            int lanes = TLanes.Count;
            TVector a0 = TLanes.Load(bias), a1 = TLanes.Load(bias + lanes), a2 = TLanes.Load(bias + (2 * lanes)), a3 = TLanes.Load(bias + (3 * lanes));
            for (float* end = x + columns; x < end; x++)
            {
                TVector v = TLanes.Broadcast(*x);
                a0 = TLanes.MultiplyAdd(TLanes.Load(weights), v, a0);
                a1 = TLanes.MultiplyAdd(TLanes.Load(weights + lanes), v, a1);
                a2 = TLanes.MultiplyAdd(TLanes.Load(weights + (2 * lanes)), v, a2);
                a3 = TLanes.MultiplyAdd(TLanes.Load(weights + (3 * lanes)), v, a3);
                weights += 4 * lanes;
            }
            Store(y, a0, a1, a2, a3);
        }
    }

    /// <summary>Four vectors of rows × two inputs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Four2(float* weights, float* bias, int columns, float* x, float* x1, float* y, float* y1)
    {
        unchecked
        {
            int lanes = TLanes.Count;
            TVector a0 = TLanes.Load(bias), a1 = TLanes.Load(bias + lanes), a2 = TLanes.Load(bias + (2 * lanes)), a3 = TLanes.Load(bias + (3 * lanes));
            TVector b0 = a0, b1 = a1, b2 = a2, b3 = a3;
            for (float* end = x + columns; x < end; x++, x1++)
            {
                TVector w0 = TLanes.Load(weights), w1 = TLanes.Load(weights + lanes);
                TVector v = TLanes.Broadcast(*x), u = TLanes.Broadcast(*x1);
                (a0, b0) = (TLanes.MultiplyAdd(w0, v, a0), TLanes.MultiplyAdd(w0, u, b0));
                (a1, b1) = (TLanes.MultiplyAdd(w1, v, a1), TLanes.MultiplyAdd(w1, u, b1));
                TVector w2 = TLanes.Load(weights + (2 * lanes)), w3 = TLanes.Load(weights + (3 * lanes));
                (a2, b2) = (TLanes.MultiplyAdd(w2, v, a2), TLanes.MultiplyAdd(w2, u, b2));
                (a3, b3) = (TLanes.MultiplyAdd(w3, v, a3), TLanes.MultiplyAdd(w3, u, b3));
                weights += 4 * lanes;
            }
            Store(y, a0, a1, a2, a3);
            Store(y1, b0, b1, b2, b3);
        }
    }

    /// <summary>Four vectors of rows × four inputs; needs 32 vector registers to be fast.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Four4(float* weights, float* bias, int columns, float** inputs, float* y, int stride)
    {
        unchecked
        {
            int lanes = TLanes.Count;
            TVector a0 = TLanes.Load(bias), a1 = TLanes.Load(bias + lanes), a2 = TLanes.Load(bias + (2 * lanes)), a3 = TLanes.Load(bias + (3 * lanes));
            TVector b0 = a0, b1 = a1, b2 = a2, b3 = a3, c0 = a0, c1 = a1, c2 = a2, c3 = a3, d0 = a0, d1 = a1, d2 = a2, d3 = a3;
            float* xa = inputs[0], xb = inputs[1], xc = inputs[2], xd = inputs[3];
            for (nint k = 0; k < columns; k++)
            {
                TVector w0 = TLanes.Load(weights), w1 = TLanes.Load(weights + lanes);
                TVector w2 = TLanes.Load(weights + (2 * lanes)), w3 = TLanes.Load(weights + (3 * lanes));
                TVector v = TLanes.Broadcast(xa[k]);
                (a0, a1, a2, a3) = (TLanes.MultiplyAdd(w0, v, a0), TLanes.MultiplyAdd(w1, v, a1), TLanes.MultiplyAdd(w2, v, a2), TLanes.MultiplyAdd(w3, v, a3));
                v = TLanes.Broadcast(xb[k]);
                (b0, b1, b2, b3) = (TLanes.MultiplyAdd(w0, v, b0), TLanes.MultiplyAdd(w1, v, b1), TLanes.MultiplyAdd(w2, v, b2), TLanes.MultiplyAdd(w3, v, b3));
                v = TLanes.Broadcast(xc[k]);
                (c0, c1, c2, c3) = (TLanes.MultiplyAdd(w0, v, c0), TLanes.MultiplyAdd(w1, v, c1), TLanes.MultiplyAdd(w2, v, c2), TLanes.MultiplyAdd(w3, v, c3));
                v = TLanes.Broadcast(xd[k]);
                (d0, d1, d2, d3) = (TLanes.MultiplyAdd(w0, v, d0), TLanes.MultiplyAdd(w1, v, d1), TLanes.MultiplyAdd(w2, v, d2), TLanes.MultiplyAdd(w3, v, d3));
                weights += 4 * lanes;
            }
            Store(y, a0, a1, a2, a3);
            Store(y + stride, b0, b1, b2, b3);
            Store(y + (2 * stride), c0, c1, c2, c3);
            Store(y + (3 * stride), d0, d1, d2, d3);
        }
    }

    /// <summary>One vector of rows × one input.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void One1(float* weights, float* bias, int columns, float* x, float* y)
    {
        unchecked
        {
            TVector sum = TLanes.Load(bias);
            for (float* end = x + columns; x < end; x++)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(weights), TLanes.Broadcast(*x), sum);
                weights += TLanes.Count;
            }
            TLanes.Store(sum, y);
        }
    }

    /// <summary>One vector of rows × four inputs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void One4(float* weights, float* bias, int columns, float** inputs, float* y, int stride)
    {
        unchecked
        {
            TVector a = TLanes.Load(bias), b = a, c = a, d = a;
            float* xa = inputs[0], xb = inputs[1], xc = inputs[2], xd = inputs[3];
            for (nint k = 0; k < columns; k++)
            {
                TVector w = TLanes.Load(weights);
                a = TLanes.MultiplyAdd(w, TLanes.Broadcast(xa[k]), a);
                b = TLanes.MultiplyAdd(w, TLanes.Broadcast(xb[k]), b);
                c = TLanes.MultiplyAdd(w, TLanes.Broadcast(xc[k]), c);
                d = TLanes.MultiplyAdd(w, TLanes.Broadcast(xd[k]), d);
                weights += TLanes.Count;
            }
            TLanes.Store(a, y);
            TLanes.Store(b, y + stride);
            TLanes.Store(c, y + (2 * stride));
            TLanes.Store(d, y + (3 * stride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* y, TVector v0, TVector v1, TVector v2, TVector v3)
    {
        unchecked
        {
            int lanes = TLanes.Count;
            TLanes.Store(v0, y);
            TLanes.Store(v1, y + lanes);
            TLanes.Store(v2, y + (2 * lanes));
            TLanes.Store(v3, y + (3 * lanes));
        }
    }
}
