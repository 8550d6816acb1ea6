using System.Runtime.CompilerServices;

namespace Obs.Core.Models.Sequence;

/// <summary>tanh and the logistic function in float, by a fixed order of multiply-adds and one division: the same bits on every machine and
/// width.</summary>
/// <remarks>
/// tanh(x) ≈ x·P(x²) ÷ Q(x²), both of degree 4 in x², |x| held at 8.5 where the quotient is 1. Coefficients: our own minimax fit on [0,
/// 8.5] (weighted least squares, weights raised where the error is largest; 1e-8 in exact arithmetic). Largest error in float 2.8e-7, mean
/// 5e-8, near 0 relative to x 2.8e-7; the result may reach 1 + 1.2e-7. NaN becomes a limit: callers pass numbers only.
/// </remarks>
internal static class Activations<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const float Limit = 8.5f;
    private const float P0 = 0.9999999403953552f;
    private const float P1 = 0.1340620368719101f;
    private const float P2 = 0.0035258173011243343f;
    private const float P3 = 2.1121541067259386e-05f;
    private const float P4 = 1.4099215128737796e-08f;
    private const float Q0 = 1.0f;
    private const float Q1 = 0.467395156621933f;
    private const float Q2 = 0.025991126894950867f;
    private const float Q3 = 0.0003335687215439975f;
    private const float Q4 = 8.073604931269074e-07f;

    /// <summary>tanh, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh(TVector value)
    {
        TVector x = TLanes.Clamp(value, TLanes.Broadcast(-Limit), TLanes.Broadcast(Limit));
        TVector z = TLanes.Multiply(x, x);
        TVector p = TLanes.MultiplyAdd(TLanes.Broadcast(P4), z, TLanes.Broadcast(P3));
        TVector q = TLanes.MultiplyAdd(TLanes.Broadcast(Q4), z, TLanes.Broadcast(Q3));
        p = TLanes.MultiplyAdd(p, z, TLanes.Broadcast(P2));
        q = TLanes.MultiplyAdd(q, z, TLanes.Broadcast(Q2));
        p = TLanes.MultiplyAdd(p, z, TLanes.Broadcast(P1));
        q = TLanes.MultiplyAdd(q, z, TLanes.Broadcast(Q1));
        p = TLanes.MultiplyAdd(p, z, TLanes.Broadcast(P0));
        q = TLanes.MultiplyAdd(q, z, TLanes.Broadcast(Q0));
        return TLanes.Divide(TLanes.Multiply(x, p), q);
    }

    /// <summary>1 ÷ (1 + e^−x) = ½ + ½·tanh(x ÷ 2), lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Logistic(TVector value)
    {
        TVector half = TLanes.Broadcast(0.5f);
        return TLanes.MultiplyAdd(half, Tanh(TLanes.Multiply(value, half)), half);
    }
}
